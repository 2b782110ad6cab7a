"""One's own contact details. An address is written to only when its owner has opened a link sent there."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import get_language

from skolnav.core.accounts.limits import Budget, take
from skolnav.core.accounts.links import use_link
from skolnav.core.accounts.mailbox import put
from skolnav.core.accounts.models import Account, OneTimeLink, WaitingMail
from skolnav.core.audit.log import record
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .owning import own_account

ASKING = Budget("asking for a link to an address", 5, timedelta(hours=1))


@transaction.atomic
def confirm_contact(*, actor: Viewer, email: str, mobile: str, phone: str) -> bool:
    """Write the actor's own details; True when a new address awaits its link.

    To a new address a link is sent; until it is opened, the old one holds. An empty address is one that nothing is
    sent to. Raises `TooManyAttempts` for somebody who would have us write to one address after another.
    """
    account = own_account(actor, to_change=True)
    person = Person.everything.select_for_update().get(pk=actor.person_id)
    changed = [
        name for name, value in (("mobile", mobile), ("phone", phone)) if getattr(person, name) != value
    ]
    if changed:
        person.mobile, person.phone, person.version = mobile, phone, person.version + 1
        person.save(update_fields=[*changed, "version"])
    awaits = _take_email(account, email)
    account.contact_confirmed_at = clock.now()
    account.save(update_fields=["contact_confirmed_at"])
    record(actor, "confirm_contact", account, changed=changed, email_awaits=awaits)
    return awaits


@transaction.atomic
def verify_email(*, link: OneTimeLink) -> Account:
    """The link was opened: its address is the account's. Raises `LinkUsedUp`. The old address is told."""
    use_link(link)
    account = Account.objects.select_for_update().get(pk=link.account_id)
    left = account.verified_email
    account.verified_email, account.unverified_email = link.email, ""
    account.save(update_fields=["verified_email", "unverified_email"])
    record(None, "verify_email", account)
    if left and left != link.email:
        put(WaitingMail.Kind.EMAIL_CHANGED, account=account, email=left)
    return account


def _take_email(account: Account, email: str) -> bool:
    if email == account.verified_email:
        account.unverified_email = ""
        account.save(update_fields=["unverified_email"])
        return False
    if not email:
        if account.verified_email:
            put(WaitingMail.Kind.EMAIL_CHANGED, account=account, email=account.verified_email)
        account.verified_email = account.unverified_email = ""
        account.save(update_fields=["verified_email", "unverified_email"])
        return False
    take(ASKING, str(account.pk))
    account.unverified_email = email
    account.save(update_fields=["unverified_email"])
    put(
        WaitingMail.Kind.VERIFY_EMAIL,
        account=account,
        email=email,
        language=account.language or get_language() or "",
    )
    return True
