"""The standard's nouns, after validation. What the source does not say is None; what it says is empty is empty."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from skolnav.core.people.models import AssignmentRole as RoleRow
from skolnav.core.people.models import Duty as DutyRow
from skolnav.core.people.models import Group as GroupRow
from skolnav.core.people.models import Guardianship as GuardianshipRow
from skolnav.core.people.models.protection import SecurityMarking
from skolnav.core.timetable.models import Activity as ActivityRow


class OrganisationType(StrEnum):
    ORGANISER = "Huvudman"
    DISTRICT = "Stadsdel"
    PRINCIPAL_AREA = "Rektorsområde"
    SCHOOL = "Skola"
    UNIT = "Skolenhet"
    OTHER = "Övrigt"


class PersonStatus(StrEnum):
    ACTIVE = "Aktiv"
    EMIGRATED = "Utvandrad"
    DECEASED = "Avliden"


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive at both ends. No start: the source does not say; it is then the day of the import."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Address:
    street_address: str
    postal_code: str
    locality: str


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    name: str
    type: OrganisationType
    parent: str | None
    period: Period
    school_unit_code: str | None = None
    organisation_number: str | None = None
    municipality_code: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    organisation: str
    school_year: int | None
    school_type: str
    period: Period


@dataclass(frozen=True, slots=True)
class Responsible:
    """A relation that gives access. The standard's other relations (Förälder, Annan ansvarig) do not."""

    person: str
    kind: GuardianshipRow.Kind


@dataclass(frozen=True, slots=True)
class Contact:
    """Each None where the source says nothing, and empty where it says that there is none."""

    email: str | None = None
    mobile: str | None = None
    phone: str | None = None
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    given_name: str
    family_name: str
    birth_date: date | None
    sex: str | None
    identity_number: str | None
    marking: SecurityMarking | None
    says_unmarked: bool
    status: PersonStatus | None
    contact: Contact
    enrolments: tuple[Enrolment, ...] = ()
    responsibles: tuple[Responsible, ...] = ()
    # Lists of this row that held something unreadable: nothing that hangs on them may be ended.
    unreadable: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Member:
    person: str
    period: Period


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    kind: GroupRow.Kind
    organisation: str
    period: Period
    members: tuple[Member, ...] = ()
    unreadable: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Assignment:
    group: str
    kind: RoleRow.Kind
    period: Period


@dataclass(frozen=True, slots=True)
class Duty:
    id: str
    person: str
    organisation: str
    role: DutyRow.Role
    signature: str
    period: Period
    assignments: tuple[Assignment, ...] = ()
    unreadable: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Activity:
    """A subject for some groups, with its teachers; calendar events are its times."""

    id: str
    name: str
    period: Period
    groups: tuple[str, ...]
    teacher_duties: tuple[str, ...]
    # Real servers name the person where the standard names the duty.
    teacher_persons: tuple[str, ...]
    kind: ActivityRow.Kind = ActivityRow.Kind.TEACHING
    organisation: str | None = None
    subject_code: str = ""
    subject: str = ""
    # Lists of this row that held something unreadable: nothing that hangs on them may be ended.
    unreadable: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One lesson on one day. `starts` and `ends` are aware, in Stockholm, on the same day."""

    id: str
    activity: str
    starts: datetime
    ends: datetime
    is_cancelled: bool
    room: str | None = None
    room_id: str = ""
