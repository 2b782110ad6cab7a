"""The worker's half of the mails about logging in: finds whom they are for, makes the links, sends.

A mail names neither child nor school, is for one person, and goes to an address that its owner has confirmed. Only
the first link (which the school asks for) and the link that proves an address go to one that is not confirmed yet.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from skolnav.core.access.building import build_viewer
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .mail_texts import Written, email_changed, first_password, forgotten, password_changed, verify_email
from .models import Account, Credential, OneTimeLink, WaitingMail, as_typed, folded

log = logging.getLogger("skolnav.account-mail")

Kind = WaitingMail.Kind
AT_ONCE_AT_MOST = 100
# A worker that dies while it sends leaves the mail to the next one after this long.
SENDING_TAKES_AT_MOST = timedelta(minutes=5)
RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
LINKS_AN_HOUR = 5


def send_waiting_mail() -> int:
    """Send what is due, at most a hundred; gives how many rows were dealt with. Safe beside another worker."""
    due = WaitingMail.objects.filter(next_try_at__lte=clock.now()).order_by("next_try_at")
    return sum(_deal_with(mail) for mail in due.select_related("account__person")[:AT_ONCE_AT_MOST])


def _deal_with(mail: WaitingMail) -> bool:
    if not _claim(mail):
        return False
    try:
        for written in _write(mail):
            _send(written)
    except (OSError, SMTPException) as trouble:
        _put_off(mail, trouble)
    else:
        mail.delete()
    return True


def _claim(mail: WaitingMail) -> bool:
    """Ours if the row still is as we read it."""
    same = WaitingMail.objects.filter(pk=mail.pk, next_try_at=mail.next_try_at)
    return bool(same.update(next_try_at=clock.now() + SENDING_TAKES_AT_MOST))


def _put_off(mail: WaitingMail, trouble: Exception) -> None:
    log.warning("kind=%s attempt=%s %s", mail.kind, mail.attempts + 1, type(trouble).__name__)
    if mail.attempts >= len(RETRY_AFTER) or _is_final(trouble):
        _give_up(mail)
        return
    later = clock.now() + RETRY_AFTER[mail.attempts]
    WaitingMail.objects.filter(pk=mail.pk).update(attempts=mail.attempts + 1, next_try_at=later)


def _is_final(trouble: Exception) -> bool:
    """RFC 5321: an answer of 5xx is the receiver's last word, 4xx passes."""
    codes = [trouble.smtp_code] if isinstance(trouble, SMTPResponseException) else []
    if isinstance(trouble, SMTPRecipientsRefused):
        codes = [code for code, _text in trouble.recipients.values()]
    return any(code >= 500 for code in codes)


@transaction.atomic
def _give_up(mail: WaitingMail) -> None:
    """The office is told of a first link that does not come through: a letter has to go instead."""
    if mail.kind == Kind.FIRST_PASSWORD and mail.account:
        handed_out = Credential.objects.filter(account=mail.account, channel=Credential.Channel.EMAIL)
        handed_out.filter(used_at=None, replaced_at=None).update(failed_at=clock.now())
    mail.delete()


def _write(mail: WaitingMail) -> Iterable[Written]:
    """The mails that a row leads to: none when nobody is found."""
    if mail.kind == Kind.FORGOTTEN:
        return _forgotten(mail)
    account = mail.account
    if account is None or not _may_enter(account):
        return []
    with translation.override(_language(mail, account)):
        if mail.kind == Kind.FIRST_PASSWORD:
            return [first_password(account, mail.email)] if _still_goes_to(account.person, mail.email) else []
        if mail.kind == Kind.VERIFY_EMAIL:
            return [verify_email(account, mail.email)] if account.unverified_email == mail.email else []
        if mail.kind == Kind.PASSWORD_CHANGED:
            return [password_changed(mail.email)]
        return [email_changed(mail.email)]


def _forgotten(mail: WaitingMail) -> list[Written]:
    """One mail to each address, with a link for each of its accounts that was meant."""
    accounts = [one for one in _meant_by(mail.typed) if _may_enter(one) and not _has_had_enough(one)]
    by_address: dict[str, list[Account]] = {}
    for account in accounts:
        by_address.setdefault(account.verified_email, []).append(account)
    mails = []
    for address, of_address in by_address.items():
        with translation.override(_language(mail, of_address[0])):
            mails.append(forgotten(of_address, address))
    return mails


def _meant_by(typed: str) -> list[Account]:
    """By user name (in whatever case: who has forgotten it may have forgotten that too), else by address."""
    reachable = Account.objects.filter(is_active=True).exclude(verified_email="").order_by("username_folded")
    by_name = reachable.filter(Q(username=as_typed(typed)) | Q(username_folded=folded(typed)))
    return list(by_name) or list(reachable.filter(verified_email__iexact=typed)[:20])


def _still_goes_to(person: Person, email: str) -> bool:
    """The register's address may have been mended since, and protection may have come."""
    return person.email == email and not person.is_protected


def _may_enter(account: Account) -> bool:
    """Nobody whose last role has ended is sent a way in, even if it was asked for before."""
    return account.is_active and build_viewer(account.person_id).has_a_role


def _has_had_enough(account: Account) -> bool:
    hour_ago = clock.now() - timedelta(hours=1)
    sent = OneTimeLink.objects.filter(
        account=account, purpose=OneTimeLink.Purpose.NEW_PASSWORD, created_at__gte=hour_ago
    )
    return sent.count() >= LINKS_AN_HOUR


def _language(mail: WaitingMail, account: Account) -> str:
    return account.language or mail.language or settings.LANGUAGE_CODE


def _send(written: Written) -> None:
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    EmailMessage(written.subject, written.text, to=[written.to], headers=headers).send()
