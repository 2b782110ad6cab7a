"""All that the page of one person shows. At most ten statements, whoever it is."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.models import Account, Credential
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import (
    AssignmentRole,
    Duty,
    Enrolment,
    Guardianship,
    Membership,
    Person,
    Protection,
)
from skolnav.core.people.validity import valid_on

from .history import Deed, deeds


@dataclass(frozen=True)
class Login:
    """How a person logs in, and how far they have come."""

    username: str
    is_active: bool
    must_change_password: bool
    verified_email: str
    last_login: datetime | None
    issued_at: datetime | None
    channel: str
    expires_at: datetime | None
    used_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True)
class Place:
    """A school that a pupil goes to, and their groups there."""

    enrolment: Enrolment
    memberships: list[Membership] = field(default_factory=list)


@dataclass(frozen=True)
class Work:
    """A duty, and what it does for which groups."""

    duty: Duty
    assignments: list[AssignmentRole] = field(default_factory=list)


@dataclass(frozen=True)
class PersonPage:
    person: Person
    places: list[Place]
    guardians: list[Guardianship]
    children: list[Guardianship]
    works: list[Work]
    login: Login | None
    protection: Protection | None
    history: list[Deed]
    # Ended custodies that can begin anew: the latest of each pair that has none today.
    restorable: frozenset[int]

    @property
    def is_sensitive(self) -> bool:
        """Whether contact details are hidden: the person is protected, or somebody of the family is, whose address
        may well be the same."""
        family = [relation.guardian for relation in self.guardians] + [one.pupil for one in self.children]
        return self.person.is_protected or any(relative.is_protected for relative in family)


def lives_with_protected(viewer: Viewer, person: Person) -> bool:
    """Whether a guardian or child of the person is protected."""
    relations = Guardianship.objects.editable_by(viewer)
    return relations.filter(
        Q(pupil=person, guardian__is_protected=True) | Q(guardian=person, pupil__is_protected=True)
    ).exists()


def person_page(viewer: Viewer, person: Person) -> PersonPage:
    """The page of a person whom the caller got through the door."""
    places = _places(viewer, person)
    relations = _relations(viewer, person)
    protection = None
    if person.is_protected:
        protection = Protection.objects.visible_to(viewer).filter(person=person, lowered_at=None).first()
    return PersonPage(
        person=person,
        places=places,
        guardians=[relation for relation in relations if relation.pupil_id == person.pk],
        children=[relation for relation in relations if relation.guardian_id == person.pk],
        works=_works(viewer, person),
        login=login_of(person),
        protection=protection,
        history=deeds(viewer, person, most=8),
        restorable=_restorable(viewer, relations),
    )


def _places(viewer: Viewer, person: Person) -> list[Place]:
    not_over = Q(valid_until=None) | Q(valid_until__gte=viewer.today)
    enrolments = Enrolment.objects.editable_by(viewer).filter(not_over, pupil=person)
    found = list(enrolments.select_related("school").order_by("valid_from"))
    if not found:
        return []
    memberships: dict[int, list[Membership]] = defaultdict(list)
    of_person = Membership.objects.editable_by(viewer).filter(
        Membership.valid_on(viewer.today), person=person
    )
    for membership in of_person.select_related("group").order_by("group__kind", "group__name"):
        memberships[membership.group.school_id].append(membership)
    return [Place(enrolment, memberships[enrolment.school_id]) for enrolment in found]


def _relations(viewer: Viewer, person: Person) -> list[Guardianship]:
    """Both sides, the ended ones last: an end can be undone from the page."""
    relations = Guardianship.objects.editable_by(viewer).filter(Q(pupil=person) | Q(guardian=person))
    found = relations.select_related("pupil", "guardian").order_by("valid_from", "pk")
    return sorted(found, key=lambda relation: is_over(relation, viewer))


def _restorable(viewer: Viewer, relations: list[Guardianship]) -> frozenset[int]:
    going_on = {(one.pupil_id, one.guardian_id) for one in relations if not is_over(one, viewer)}
    latest = {(one.pupil_id, one.guardian_id): one.pk for one in relations}
    return frozenset(pk for pair, pk in latest.items() if pair not in going_on)


def is_over(relation: Guardianship, viewer: Viewer) -> bool:
    """Whether a custody has ended, by the office's hand or by its dates."""
    past = relation.valid_until is not None and relation.valid_until < viewer.today
    return relation.ended_at is not None or past


def _works(viewer: Viewer, person: Person) -> list[Work]:
    """The duties that the viewer may change."""
    not_over = Q(valid_until=None) | Q(valid_until__gte=viewer.today)
    duties = Duty.objects.editable_by(viewer).filter(not_over, person=person)
    found = list(duties.select_related("school").order_by("valid_from", "pk"))
    if not found:
        return []
    assignments: dict[int, list[AssignmentRole]] = defaultdict(list)
    of_duties = AssignmentRole.objects.visible_to(viewer).filter(valid_on(viewer.today), duty__in=found)
    for assignment in of_duties.select_related("group").order_by("kind", "group__name"):
        assignments[assignment.duty_id].append(assignment)
    return [Work(duty, assignments[duty.pk]) for duty in found]


def login_of(person: Person) -> Login | None:
    """The person's account in one statement; None without one."""
    latest = Credential.objects.filter(account=OuterRef("pk")).order_by("-issued_at", "-pk")
    entered = AuditRecord.objects.filter(
        organiser_id=person.organiser_id,
        subject_type="accounts.account",
        subject_id=Cast(OuterRef("pk"), CharField()),
        act="log_in",
    ).order_by("-at")
    row = (
        Account.objects.filter(person=person)
        .values_list(
            "username",
            "is_active",
            "must_change_password",
            "verified_email",
            Subquery(entered.values("at")[:1]),
            *(
                Subquery(latest.values(name)[:1])
                for name in ("issued_at", "channel", "expires_at", "used_at", "failed_at")
            ),
        )
        .first()
    )
    return Login(*row) if row else None
