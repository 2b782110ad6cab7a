"""An account for a person."""

from itertools import count

from django.db import IntegrityError, transaction

from skolnav.core.accounts.models import Account
from skolnav.core.accounts.usernames import is_taken, suggestions
from skolnav.core.audit.log import record
from skolnav.core.people.models import Person
from skolnav.core.tenancy.viewer import Viewer


def create_account(person: Person, username: str | None = None, *, actor: Viewer | None = None) -> Account:
    """The person's account, made if they have none. It has no password: nobody logs in until one is issued.

    Without `username` the first free of anna.larsson, anna.larsson2, … is taken. With one that somebody has, also
    in another case, it raises IntegrityError.
    """
    found = Account.objects.filter(person=person).first()
    if found:
        return found
    if username is not None:
        return _create(person, username, actor)
    nth = suggestions(person)
    for number in count(1):
        suggested = nth(number)
        if is_taken(suggested):
            continue
        try:
            return _create(person, suggested, actor)
        except IntegrityError:
            # Somebody took the name, or made the account, between the question and the answer.
            if found := Account.objects.filter(person=person).first():
                return found
    raise AssertionError("count() does not end")


def _create(person: Person, username: str, actor: Viewer | None) -> Account:
    with transaction.atomic():
        account = Account(person=person, organiser_id=person.organiser_id, username=username)
        account.set_unusable_password()
        account.save(force_insert=True)
        record(actor, "create_account", account, person=person.pk)
    return account
