"""Credentials that the school hands out: on paper, or as a link by e-mail (row 3-account-1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from skolnav.core.accounts import letters
from skolnav.core.accounts.initial_passwords import new_initial_password
from skolnav.core.accounts.mailbox import put
from skolnav.core.accounts.models import Account, Credential, WaitingMail
from skolnav.core.accounts.password_queue import hashed
from skolnav.core.accounts.sessions import end_all
from skolnav.core.audit.log import record
from skolnav.core.people.models import Person
from skolnav.core.schools.models import Organiser
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.viewer import Viewer

from .creating import create_account

Channel = Credential.Channel
VALID_FOR = timedelta(days=30)


class CannotIssue(Exception):
    """Why this person gets no credential by this channel, in words for the office."""


class Issued(NamedTuple):
    """The account, and the initial password to put in somebody's hand; none when a link is mailed."""

    account: Account
    initial_password: str | None


@dataclass(frozen=True)
class IssuedLetters:
    """What came of issuing to many. `pdf` has a page for each letter and is empty when there is none."""

    pdf: bytes
    letters: int
    mailed: int
    without_email: tuple[Person, ...] = ()


def issue_credential(*, actor: Viewer | None, person: Person, channel: str) -> Issued:
    """Give a person a first or a new credential; an earlier one is void and every session ends.

    `actor` is an administrator of the person's school, or None for the operator's command; for anybody else the
    person does not exist (Http404). Raises `CannotIssue`. The password is valid for thirty days, until the person
    has chosen their own; it is nowhere but in the answer.
    """
    _check(actor, [person])
    if channel == Channel.EMAIL:
        return Issued(_mail_link(actor, person), None)
    account = create_account(person, actor=actor)
    password = new_initial_password()
    _hand_out(actor, account, password)
    return Issued(account, password)


def issue_many(
    *,
    actor: Viewer | None,
    organiser: Organiser,
    people: Sequence[Person],
    channel: str,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> IssuedLetters:
    """Credentials for all these people of one organiser; `progress(done, of)` is called after each.

    By e-mail, those without an address of their own, or with protected identity, are given back in `without_email`
    and get nothing: print letters for them. Rules and errors are those of `issue_credential`.
    """
    if any(person.organiser_id != organiser.pk for person in people):
        raise ValueError("All people must belong to the organiser.")
    _check(actor, people)
    if channel == Channel.EMAIL:
        return _mail_many(actor, people, progress)
    # The letters first: if they cannot be made, nobody's old password has been replaced.
    issued = [(create_account(person, actor=actor), new_initial_password()) for person in people]
    pages = letters.pages_for(people, issued)
    pdf = letters.as_pdf(pages) if pages else b""
    for done, (account, password) in enumerate(issued, start=1):
        _hand_out(actor, account, password)
        progress(done, len(people))
    return IssuedLetters(pdf, letters=len(issued), mailed=0)


def _mail_many(
    actor: Viewer | None, people: Sequence[Person], progress: Callable[[int, int], None]
) -> IssuedLetters:
    left = []
    for done, person in enumerate(people, start=1):
        try:
            _mail_link(actor, person)
        except CannotIssue:
            left.append(person)
        progress(done, len(people))
    return IssuedLetters(b"", letters=0, mailed=len(people) - len(left), without_email=tuple(left))


def _check(actor: Viewer | None, people: Sequence[Person]) -> None:
    """Every person is one whom the actor's office administers, or none of it happens."""
    if actor is None:
        return
    asked = {person.pk for person in people}
    if Person.objects.editable_by(actor).filter(pk__in=asked).count() != len(asked):
        raise Http404


def _hand_out(actor: Viewer | None, account: Account, password: str) -> None:
    stored = hashed(password)
    with transaction.atomic():
        account.refresh_from_db(from_queryset=Account.objects.select_for_update())
        account.password, account.must_change_password = stored, True
        account.save(update_fields=["password", "must_change_password"])
        _replace(actor, account, Channel.LETTER)


def _mail_link(actor: Viewer | None, person: Person) -> Account:
    """A link in a neutral mail; a password of the person's own holds until it is opened."""
    if person.is_protected:
        raise CannotIssue(
            _("Den här personen har skyddade personuppgifter. Lämna över ett brev personligen.")
        )
    if not person.email:
        raise CannotIssue(_("Det finns ingen e-postadress. Skriv ut ett brev i stället."))
    account = create_account(person, actor=actor)
    with transaction.atomic():
        account.refresh_from_db(from_queryset=Account.objects.select_for_update())
        if account.must_change_password:
            # The password of an earlier letter is void with its credential.
            account.set_unusable_password()
            account.must_change_password = False
            account.save(update_fields=["password", "must_change_password"])
        _replace(actor, account, Channel.EMAIL)
        put(WaitingMail.Kind.FIRST_PASSWORD, account=account, email=person.email)
    return account


def _replace(actor: Viewer | None, account: Account, channel: Credential.Channel) -> None:
    now = clock.now()
    Credential.objects.filter(account=account, used_at=None, replaced_at=None).update(replaced_at=now)
    Credential.objects.create(
        account=account,
        channel=channel,
        issued_by_id=actor.person_id if actor else None,
        expires_at=now + VALID_FOR,
    )
    end_all(account)
    record(actor, "issue_credential", account, channel=str(channel), person=account.person_id)
