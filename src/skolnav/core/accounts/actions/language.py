"""The language that pages and mails speak to somebody."""

from django.conf import settings

from skolnav.core.accounts.models import Account
from skolnav.core.tenancy.viewer import Viewer


def choose_language(*, actor: Viewer, language: str) -> None:
    """Write the actor's choice; raises ValueError for a language that there is not."""
    if language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    Account.objects.filter(person_id=actor.person_id).update(language=language)
