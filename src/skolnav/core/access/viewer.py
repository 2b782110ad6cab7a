"""The Viewer: who somebody is, and for whom, as the rules see it. Frozen for one request, job or import."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.http import Http404


@dataclass(frozen=True, slots=True)
class SchoolRef:
    id: int
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupRef:
    id: int
    public_id: str
    name: str
    kind: str
    school_id: int
    role: str = ""  # what the viewer does for it: mentor, teacher, educare; empty for a pupil's own group


@dataclass(frozen=True, slots=True)
class PupilInCare:
    """One of the viewer's children, or the pupil that the viewer is."""

    id: int
    public_id: str
    given_name: str
    family_name: str
    is_protected: bool
    hue: int
    schools: tuple[SchoolRef, ...]
    groups: tuple[GroupRef, ...]
    keys: Mapping[str, date]

    @property
    def short_name(self) -> str:
        return self.given_name.split()[0] if self.given_name else self.family_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        return (self.given_name[:1] + self.family_name[:1]).upper()

    @property
    def class_name(self) -> str:
        """ "5B"; empty where the pupil has no class today."""
        return next((group.name for group in self.groups if group.kind == "class"), "")

    @property
    def school_id(self) -> int:
        """The school whose calendar is the pupil's; 0 where they go to none today."""
        return self.schools[0].id if self.schools else 0


@dataclass(frozen=True)
class Viewer:
    """Somebody logged in. Built from one statement; what is not valid today in Stockholm is not in it."""

    organiser_id: int
    person_id: int
    today: date
    given_name: str = ""
    family_name: str = ""
    person_public_id: str = ""
    organiser_name: str = ""
    account_id: int | None = None
    username: str = ""
    language: str = ""
    must_change_password: bool = False
    unread_bell: int = 0
    children: tuple[PupilInCare, ...] = ()
    as_pupil: PupilInCare | None = None
    staff_schools: tuple[SchoolRef, ...] = ()
    staff_groups: tuple[GroupRef, ...] = ()
    roles: frozenset[tuple[int, str]] = frozenset()  # (school, role)
    # school -> box key -> (enabled, order), where the school has chosen
    box_choices: Mapping[int, Mapping[str, tuple[bool, int]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def is_guardian(self) -> bool:
        return bool(self.children)

    @property
    def is_pupil(self) -> bool:
        return self.as_pupil is not None

    @property
    def is_family(self) -> bool:
        return self.is_guardian or self.is_pupil

    @property
    def is_staff(self) -> bool:
        return bool(self.roles)

    @property
    def is_administrator(self) -> bool:
        return bool(self.administered_school_ids)

    @property
    def has_a_role(self) -> bool:
        """Whether there is anything here for them today; without it the session ends."""
        return self.is_family or self.is_staff

    @cached_property
    def pupils(self) -> tuple[PupilInCare, ...]:
        """Everybody whose pages the viewer opens as family: the children, or themself."""
        return ((self.as_pupil,) if self.as_pupil else ()) + self.children

    @cached_property
    def pupil_ids(self) -> frozenset[int]:
        return frozenset(pupil.id for pupil in self.pupils)

    @cached_property
    def child_ids(self) -> frozenset[int]:
        """Whom the viewer has custody of: not themself, also when they are a pupil."""
        return frozenset(child.id for child in self.children)

    @cached_property
    def guardian_keys(self) -> Mapping[str, date]:
        """Audience keys that reach the viewer as a guardian -> since when."""
        return _earliest(self.children)

    @cached_property
    def pupil_keys(self) -> Mapping[str, date]:
        """Audience keys that reach the viewer as a pupil -> since when."""
        return self.as_pupil.keys if self.as_pupil else {}

    @cached_property
    def staff_school_ids(self) -> frozenset[int]:
        return frozenset(school for school, _ in self.roles)

    @cached_property
    def led_school_ids(self) -> frozenset[int]:
        """Where the viewer is principal or administrator."""
        return frozenset(school for school, role in self.roles if role in ("principal", "administrator"))

    @cached_property
    def administered_school_ids(self) -> frozenset[int]:
        return frozenset(school for school, role in self.roles if role == "administrator")

    @cached_property
    def staff_group_ids(self) -> frozenset[int]:
        return frozenset(group.id for group in self.staff_groups)

    @cached_property
    def mentor_group_ids(self) -> frozenset[int]:
        """The groups that the viewer has as mentor or class teacher."""
        return frozenset(group.id for group in self.staff_groups if group.role == "mentor")

    @cached_property
    def educare_group_ids(self) -> frozenset[int]:
        """The fritids sections that the viewer works in."""
        return frozenset(group.id for group in self.staff_groups if group.role == "educare")

    def chosen(self, public_id: str | None) -> tuple[PupilInCare, ...]:
        """The pupil of a URL, or all of the viewer's where it names none; Http404 for somebody else's."""
        return (self.pupil(public_id),) if public_id else self.pupils

    def pupil(self, public_id: str) -> PupilInCare:
        """The viewer's own pupil of a URL, or Http404: the same answer for "none" and "not yours"."""
        for pupil in self.pupils:
            if pupil.public_id == public_id:
                return pupil
        raise Http404


def _earliest(pupils: tuple[PupilInCare, ...]) -> dict[str, date]:
    keys: dict[str, date] = {}
    for pupil in pupils:
        for key, since in pupil.keys.items():
            keys[key] = min(since, keys.get(key, since))
    return keys
