"""Finding people: by name, user name, e-mail, class, or the exact identity number."""

import re
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Q

from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.models import Account, folded
from skolnav.core.people.identity_numbers import IdentityNumberError, parse
from skolnav.core.people.models import Duty, Enrolment, Group, Guardianship, Membership, Person
from skolnav.core.people.secrets import keyed_hashes
from skolnav.core.people.validity import valid_on
from skolnav.core.tenancy.managers import DoorQuerySet
from skolnav.core.tenancy.statements import is_postgresql

from .figures import guardians_today, verified_ids, with_login_ids
from .ties import tie_lines

PER_PAGE = 25
MOST_WORDS = 5
_NUMBER_LIKE = re.compile(r"[0-9][0-9 +-]{8,}|.*TF[0-9]{2}", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A person in a list, and what they are at the viewer's schools."""

    person: Person
    ties: list[str] = field(default_factory=list)


def is_number_like(text: str) -> bool:
    """Whether somebody seems to have typed an identity number: it must never come into an address or a log."""
    return bool(_NUMBER_LIKE.fullmatch(text.strip()))


def find_by_number(viewer: Viewer, text: str) -> Person | None:
    """The person of the viewer's schools with exactly this number, in any written form."""
    hashes: list[str] = []
    # Ten digits without a sign leave the century open: here both may be tried, since only a true hit answers.
    compact = re.sub(r"[\s-]", "", text)
    for written in {text, f"19{compact}", f"20{compact}"}:
        try:
            hashes += keyed_hashes(parse(written).value)
        except IdentityNumberError:
            continue
    return Person.objects.editable_by(viewer).filter(identity_number_hash__in=hashes).first()


def search(viewer: Viewer, text: str, role: str, page_number: str) -> Page[Found]:
    """People of the viewer's schools whose name, user name or class begins so, by family name."""
    people = _with_role(viewer, Person.objects.editable_by(viewer), role)
    for word in text.split()[:MOST_WORDS]:
        people = people.filter(_says(viewer, word))
    page: Page[Found] = Paginator(people.order_by("family_name", "given_name", "pk"), PER_PAGE).get_page(
        page_number
    )  # type: ignore[assignment]
    on_page: list[Person] = list(page.object_list)  # type: ignore[arg-type]
    ties = tie_lines(viewer, [person.pk for person in on_page]) if on_page else {}
    page.object_list = [Found(person, ties.get(person.pk, [])) for person in on_page]
    return page


def _says(viewer: Viewer, word: str) -> Q:
    """Whether a word stands in a person's name, or names their class or their account."""
    # SQLite folds the case of ASCII alone: there the word is also tried as people write names.
    forms = {word} if is_postgresql() else {word, word.lower(), word.upper(), word.capitalize()}
    names = Q()
    for form in forms:
        names |= Q(given_name__icontains=form) | Q(family_name__icontains=form)
    members = Membership.objects.editable_by(viewer).filter(
        Membership.valid_on(viewer.today), group__kind=Group.Kind.CLASS, group__name__iexact=word
    )
    accounts = Account.objects.filter(
        organiser_id=viewer.organiser_id, username_folded__startswith=folded(word)
    )
    if "@" in word:
        names |= Q(email__istartswith=word, is_protected=False)
    return names | Q(pk__in=members.values("person_id")) | Q(pk__in=accounts.values("person_id"))


def _with_role(viewer: Viewer, people: DoorQuerySet[Person], role: str) -> DoorQuerySet[Person]:
    today = valid_on(viewer.today)
    if role == "elever":
        return people.filter(pk__in=Enrolment.objects.editable_by(viewer).filter(today).values("pupil_id"))
    if role == "vardnadshavare":
        relations = Guardianship.objects.editable_by(viewer).filter(today, ended_at=None)
        return people.filter(pk__in=relations.values("guardian_id"))
    if role == "obekraftade":
        unsure = (
            guardians_today(viewer).exclude(guardian__in=verified_ids()).filter(guardian__in=with_login_ids())
        )
        return people.filter(pk__in=unsure)
    if role == "personal":
        return people.filter(pk__in=Duty.objects.editable_by(viewer).filter(today).values("person_id"))
    return people
