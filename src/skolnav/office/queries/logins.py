"""Who can log in and who can not yet: by class, for a school, and person by person for a class."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Duty, Enrolment, Group, Guardianship, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit
from skolnav.office.models import CredentialRun, CredentialRunItem

from .figures import has_login, with_login_ids
from .schools import groups_of

State = CredentialRunItem.State


@dataclass(frozen=True)
class Share:
    """So many people, of whom so many have a login."""

    people: int
    with_login: int

    @property
    def without(self) -> int:
        return self.people - self.with_login


@dataclass(frozen=True)
class ClassRow:
    group: Group
    pupils: Share
    guardians: Share


@dataclass(frozen=True)
class SchoolLogins:
    """A school's state: its classes, and each kind of people as a whole."""

    classes: list[ClassRow]
    pupils: Share
    guardians: Share
    staff: Share


@dataclass(frozen=True)
class Somebody:
    """A person of a class list, and whether they have a login."""

    person: Person
    has_login: bool
    about: str = ""


@dataclass(frozen=True)
class RunState:
    """How far a run has come."""

    run: CredentialRun
    total: int
    done: int
    refused: list[CredentialRunItem]

    @property
    def handled(self) -> int:
        return self.done + len(self.refused)


def pupil_ids(viewer: Viewer, school: SchoolUnit) -> QuerySet[Enrolment, int]:
    enrolments = Enrolment.objects.editable_by(viewer).filter(valid_on(viewer.today), school=school)
    return enrolments.values_list("pupil_id", flat=True)


def guardian_ids(viewer: Viewer, pupils: Iterable[int]) -> QuerySet[Guardianship, int]:
    relations = Guardianship.objects.editable_by(viewer).filter(Guardianship.gives_access_on(viewer.today))
    return relations.filter(pupil__in=pupils).values_list("guardian_id", flat=True)


def staff_ids(viewer: Viewer, school: SchoolUnit) -> QuerySet[Duty, int]:
    duties = Duty.objects.editable_by(viewer).filter(valid_on(viewer.today), school=school)
    return duties.values_list("person_id", flat=True)


def member_ids(viewer: Viewer, group: Group) -> QuerySet[Membership, int]:
    members = Membership.objects.editable_by(viewer).filter(Membership.valid_on(viewer.today), group=group)
    return members.values_list("person_id", flat=True)


def school_logins(viewer: Viewer, school: SchoolUnit) -> SchoolLogins:
    """The whole school in five statements."""
    able = set(with_login_ids().filter(organiser_id=viewer.organiser_id).values_list("person_id", flat=True))
    pupils = set(pupil_ids(viewer, school))
    guardians = _guardians_of(viewer, school)
    members: dict[int, set[int]] = defaultdict(set)
    classes = list(groups_of(viewer, school, Group.Kind.CLASS))
    of_classes = Membership.objects.editable_by(viewer).filter(
        Membership.valid_on(viewer.today), group__in=classes
    )
    for group_id, person_id in of_classes.values_list("group_id", "person_id"):
        members[group_id].add(person_id)

    def families(ids: Iterable[int]) -> set[int]:
        return {guardian for pupil in ids for guardian in guardians[pupil]}

    return SchoolLogins(
        classes=[
            ClassRow(group, _share(members[group.pk], able), _share(families(members[group.pk]), able))
            for group in classes
        ],
        pupils=_share(pupils, able),
        guardians=_share(families(pupils), able),
        staff=_share(set(staff_ids(viewer, school)), able),
    )


def _guardians_of(viewer: Viewer, school: SchoolUnit) -> dict[int, set[int]]:
    relations = Guardianship.objects.editable_by(viewer).filter(Guardianship.gives_access_on(viewer.today))
    of_school: dict[int, set[int]] = defaultdict(set)
    pairs = relations.filter(pupil__in=pupil_ids(viewer, school)).values_list("pupil_id", "guardian_id")
    for pupil_id, guardian_id in pairs:
        of_school[pupil_id].add(guardian_id)
    return of_school


def _share(people: set[int], able: set[int]) -> Share:
    return Share(len(people), len(people & able))


def class_list(viewer: Viewer, group: Group) -> tuple[list[Somebody], list[Somebody]]:
    """The pupils of a group and their guardians, by name, with whose guardian each is: four statements."""
    pupils = _people(viewer, member_ids(viewer, group))
    by_id = {one.person.pk: one.person for one in pupils}
    children: dict[int, list[str]] = defaultdict(list)
    relations = Guardianship.objects.editable_by(viewer).filter(
        Guardianship.gives_access_on(viewer.today), pupil__in=list(by_id)
    )
    for pupil_id, guardian_id in relations.values_list("pupil_id", "guardian_id"):
        children[guardian_id].append(by_id[pupil_id].given_name)
    guardians = _people(viewer, list(children))
    return pupils, [
        Somebody(one.person, one.has_login, ", ".join(sorted(children[one.person.pk]))) for one in guardians
    ]


def staff_list(viewer: Viewer, school: SchoolUnit) -> list[Somebody]:
    return _people(viewer, staff_ids(viewer, school))


def _people(viewer: Viewer, ids: Iterable[int]) -> list[Somebody]:
    people = Person.objects.editable_by(viewer).filter(pk__in=ids).annotate(able=has_login())
    return [Somebody(person, person.able) for person in people.order_by("given_name", "family_name", "pk")]


def run_state(viewer: Viewer, run: CredentialRun) -> RunState:
    """Two statements: how many of each, and who was refused and why."""
    items = CredentialRunItem.objects.visible_to(viewer).filter(run=run)
    counted = items.aggregate(total=Count("pk"), done=Count("pk", filter=Q(state=State.DONE)))
    refused = items.filter(state=State.REFUSED).select_related("person").order_by("pk")
    return RunState(run, counted["total"], counted["done"], list(refused))


def latest_runs(viewer: Viewer) -> list[CredentialRun]:
    """The viewer's own runs of late."""
    return list(CredentialRun.objects.visible_to(viewer).order_by("-asked_at")[:8])
