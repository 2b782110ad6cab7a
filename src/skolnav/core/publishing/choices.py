"""To whom somebody may publish: teachers to their own groups, those who lead a school to all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from skolnav.core.access.viewer import SchoolRef, Viewer
from skolnav.core.feed.models import Side, group_key, school_key, year_key
from skolnav.core.people.models import Enrolment, Group
from skolnav.core.people.validity import valid_on
from skolnav.core.schools.models import SchoolUnit

from .models import Target

# Somebody who leads more schools than this picks whole schools; their classes would be thousands of boxes to tick.
MOST_SCHOOLS_IN_DETAIL = 8
_GROUP_ORDER = ("class", "mentor", "educare", "teaching", "other")


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick. `value` is what the form sends, made of public ids; `key` what the feed knows."""

    value: str
    key: str
    label: str
    school_id: int

    def target(self, sides: Side) -> Target:
        return Target(self.key, self.school_id, sides)


@dataclass(frozen=True, slots=True)
class SchoolChoices:
    """A school's heading with what can be picked below it."""

    name: str
    choices: tuple[Choice, ...]


def may_publish_to(viewer: Viewer, targets: Iterable[Target]) -> bool:
    """Whether every target is a group of one's own, or belongs to a school that one leads. No statement."""
    own = {group_key(group_id) for group_id in viewer.staff_group_ids}
    return all(target.key in own or target.school_id in viewer.led_school_ids for target in targets)


def choices_for(viewer: Viewer, already: Sequence[Target] = ()) -> list[SchoolChoices]:
    """What the viewer may pick, by school; `already` picked ones are kept though they are no longer theirs.

    At most two statements, and two more where something is kept.
    """
    led = [school for school in viewer.staff_schools if school.id in viewer.led_school_ids]
    in_detail = led if len(led) <= MOST_SCHOOLS_IN_DETAIL else []
    years, groups = _years(viewer, in_detail), _groups(viewer, in_detail)
    found = {
        school.id: [
            *([_school(school)] if school in led else []),
            *years.get(school.id, ()),
            *groups.get(school.id, ()),
        ]
        for school in viewer.staff_schools
    }
    names = {school.id: school.name for school in viewer.staff_schools}
    _keep(already, found, names)
    return [
        SchoolChoices(names[school_id], tuple(choices)) for school_id, choices in found.items() if choices
    ]


def labels_of(targets: Iterable[Target]) -> dict[str, str]:
    """What each key is called: "Hela Ekdalsskolan", "Årskurs 5, Ekdalsskolan", "5B". At most two statements."""
    return {choice.key: choice.label for choice in _named(list(targets))}


def _school(school: SchoolRef) -> Choice:
    return Choice(
        f"s:{school.public_id}",
        school_key(school.id),
        _("Hela %(school)s") % {"school": school.name},
        school.id,
    )


def _year(school_id: int, public_id: str, year: int) -> Choice:
    label = _("Årskurs %(year)s") % {"year": year} if year else _("Förskoleklass")
    return Choice(f"y:{public_id}:{year}", year_key(school_id, year), label, school_id)


def _years(viewer: Viewer, schools: Sequence[SchoolRef]) -> dict[int, list[Choice]]:
    """The years that have pupils today."""
    if not schools:
        return {}
    public_ids = {school.id: school.public_id for school in schools}
    pairs = (
        Enrolment.everything.filter(valid_on(viewer.today), school__in=public_ids)
        .exclude(school_year=None)
        .order_by("school", "school_year")
        .values_list("school_id", "school_year")
        .distinct()
    )
    found: dict[int, list[Choice]] = {}
    for school_id, year in pairs:
        found.setdefault(school_id, []).append(_year(school_id, public_ids[school_id], year or 0))
    return found


def _groups(viewer: Viewer, led: Sequence[SchoolRef]) -> dict[int, list[Choice]]:
    """All groups of the schools that one leads, and one's own elsewhere; classes first."""
    rows = {
        (group.kind, group.name, group.public_id, group.id, group.school_id) for group in viewer.staff_groups
    }
    if led:
        columns = ("kind", "name", "public_id", "id", "school_id")
        led_groups = Group.everything.filter(valid_on(viewer.today), school__in=[school.id for school in led])
        rows |= set(led_groups.values_list(*columns))
    found: dict[int, list[Choice]] = {}
    for _kind, name, public_id, group_id, school_id in sorted(rows, key=_classes_first):
        found.setdefault(school_id, []).append(Choice(f"g:{public_id}", group_key(group_id), name, school_id))
    return found


def _classes_first(row: tuple[str, str, str, int, int]) -> tuple[int, int, str]:
    """ "2A" before "10A"."""
    kind, name = row[:2]
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return (_GROUP_ORDER.index(kind), int(digits or 99), name)


def _keep(already: Sequence[Target], found: dict[int, list[Choice]], names: dict[int, str]) -> None:
    """Add what a piece is for already to what may be picked."""
    pickable = {choice.key for choices in found.values() for choice in choices}
    missing = [target for target in already if target.key not in pickable]
    if not missing:
        return
    kept = _named(missing)
    unknown = {choice.school_id for choice in kept} - names.keys()
    names |= dict(SchoolUnit.objects.filter(pk__in=unknown).values_list("pk", "name")) if unknown else {}
    for choice in kept:
        found.setdefault(choice.school_id, []).append(choice)


def _named(targets: Sequence[Target]) -> list[Choice]:
    """Choices for keys alone, with labels that stand without a school's heading."""
    school_ids = {target.school_id for target in targets if target.key[0] in "sy"}
    group_ids = [int(target.key[2:]) for target in targets if target.key.startswith("g:")]
    schools = (
        {
            pk: SchoolRef(pk, public_id, name)
            for pk, public_id, name in SchoolUnit.objects.filter(pk__in=school_ids).values_list(
                "pk", "public_id", "name"
            )
        }
        if school_ids
        else {}
    )
    groups = Group.everything.in_bulk(group_ids) if group_ids else {}
    return [choice for target in targets if (choice := _one_named(target, schools, groups))]


def _one_named(target: Target, schools: dict[int, SchoolRef], groups: dict[int, Group]) -> Choice | None:
    sort, _colon, rest = target.key.partition(":")
    if sort == "g" and int(rest) in groups:
        group = groups[int(rest)]
        return Choice(f"g:{group.public_id}", target.key, group.name, target.school_id)
    if sort not in "sy" or target.school_id not in schools:
        return None
    school = schools[target.school_id]
    if sort == "s":
        return _school(school)
    choice = _year(school.id, school.public_id, int(rest.partition(":")[2]))
    return Choice(choice.value, choice.key, f"{choice.label}, {school.name}", school.id)
