"""High absence: what mentor, principal and those who investigate are told. No notice names a child."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skolnav.core.notifications.kinds import Kind, register_kind
from skolnav.core.notifications.terms import Who

register_kind(
    Kind(
        key="absence.follow_up",
        title=_("Elever med hög eller upprepad frånvaro"),
        text=lambda params: gettext("En elev har frånvaro att följa upp."),
        who=Who.STAFF,
        defaults={},
        box="absence",
        icon="trending-up",
    )
)
register_kind(
    Kind(
        key="absence.investigation",
        title=_("Utredningar av frånvaro"),
        text=lambda params: gettext("Du arbetar nu med en utredning av frånvaro."),
        who=Who.STAFF,
        defaults={},
        box="absence",
        icon="folder-open",
    )
)
