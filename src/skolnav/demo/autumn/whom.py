"""Who writes, and to whom, by the words that the texts use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from skolnav.core.access.building import build_viewer
from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.models import Account
from skolnav.core.feed.models import Side, group_key, school_key, year_key
from skolnav.core.people.models import AssignmentRole, Group
from skolnav.core.publishing.models import Target
from skolnav.core.schools.models import SchoolUnit

SIDES = {"guardians": Side.GUARDIANS, "pupils": Side.PUPILS, "both": Side.BOTH}


@cache
def viewer_of(person_id: int) -> Viewer:
    """The viewer of a person, built once."""
    return build_viewer(person_id)


@dataclass
class Whom:
    """One organiser's writers and readers. Needs its scope."""

    organiser_id: int

    def writer(self, name: str) -> Viewer:
        """The viewer of a user name; "mentor 4A" is whoever leads that class."""
        if name.startswith("mentor "):
            role = AssignmentRole.everything.get(kind="mentor", group__name=name.removeprefix("mentor "))
            return viewer_of(role.duty.person_id)
        return viewer_of(Account.objects.get(username=name).person_id)

    def targets(self, words: str, sides: str = "both") -> Sequence[Target]:
        """What "5B, Fritids Eken", "Ekdalsskolan", "åk 6" or "alla" means."""
        found = [target for word in words.split(",") for target in self._targets[word.strip()]]
        return [replace(target, sides=SIDES[sides]) for target in found]

    @cached_property
    def _targets(self) -> dict[str, list[Target]]:
        schools = SchoolUnit.objects.filter(organiser=self.organiser_id)
        whole = {school.name: [Target(school_key(school.pk), school.pk)] for school in schools}
        groups = {
            group.name: [Target(group_key(group.pk), group.school_id)] for group in Group.everything.all()
        }
        years = {
            f"åk {year}": [Target(year_key(group[0].school_id, year), group[0].school_id)]
            for name, group in groups.items()
            if (year := _year(name)) is not None
        }
        return {
            "alla": [target for targets in whole.values() for target in targets],
            **whole,
            **years,
            **groups,
        }


def _year(class_name: str) -> int | None:
    """The year of a class by its name."""
    return int(class_name[0]) if class_name[0].isdigit() else None
