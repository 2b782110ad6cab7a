"""Persons, with what hangs on them in the standard: enrolments and responsibles."""

from datetime import date

from skolnav.core.people import identity_numbers
from skolnav.core.people.models import Guardianship
from skolnav.core.people.models import Person as PersonRow
from skolnav.core.people.models.protection import SecurityMarking
from skolnav.exchange.ss12000.entities import Enrolment, Person, PersonStatus, Responsible
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import EARLIEST, MARKINGS, UNMARKED, Row

from .contact import parse_contact

LONGEST_NAME = 80
SEXES = {sex.value: sex.value for sex in PersonRow.Sex}
STATUSES = {status.value: status for status in PersonStatus}
# Only these give access. To be a parent, or somebody to ring, is another thing (standards 5.3).
CUSTODY = {
    "Vårdnadshavare": Guardianship.Kind.CUSTODY,
    "God man": Guardianship.Kind.APPOINTED,
    "Särskilt förordnad vårdnadshavare": Guardianship.Kind.APPOINTED,
}
WITHOUT_ACCESS = ("Förälder", "Annan ansvarig", "Annan behörig")
RELATIONS: dict[str, Guardianship.Kind | str] = {**CUSTODY, **dict.fromkeys(WITHOUT_ACCESS, "")}
# SS 12000's own list, what Skolverket added, and what the school-unit register says today (standards 3.6).
SCHOOL_TYPES = {
    word: word
    for word in (
        "FS", "FKLASS", "FTH", "OPPFTH", "GR", "GRS", "GRAN", "SP", "SAM", "GY", "GYS", "GYAN", "SV", "SFI",
        "VUX", "VUXGR", "VUXGY", "VUXSFI", "VUXSARGR", "VUXSARTR", "VUXSARGY", "TR", "STF", "KU", "YH", "FHS",
        "STR", "AF", "FSK",
    )
}  # fmt: skip


def parse_person(row: Row) -> Person | None:
    marking = _marking(row)
    if marking:
        row.notes.mark(row.id, marking)  # also where the rest of the row cannot be read
    given, family = _name(row, "givenName"), _name(row, "familyName")
    if not given and not family:
        return None
    birth_date = _birth_date(row)
    enrolments, enrolments_read = row.each("enrolments", _enrolment)
    responsibles, responsibles_read = row.each("responsibles", _responsible)
    return Person(
        id=row.id,
        given_name=given,
        family_name=family,
        birth_date=birth_date,
        sex=row.choice("sex", SEXES),
        identity_number=_identity_number(row, birth_date),
        marking=marking,
        says_unmarked=row.raw.get("securityMarking") == UNMARKED,
        status=row.choice("personStatus", STATUSES),
        contact=parse_contact(row),
        enrolments=enrolments,
        responsibles=responsibles,
        unreadable=_unreadable(enrolments=enrolments_read, responsibles=responsibles_read),
    )


def _unreadable(**was_read: bool) -> frozenset[str]:
    return frozenset(name for name, understood in was_read.items() if not understood)


def _name(row: Row, key: str) -> str:
    name = row.text(key, longest=LONGEST_NAME)
    if name:
        return name
    if row.raw.get(key) in (None, ""):
        row.report(Reason.MISSING_FIELD, key)
    return ""


def _birth_date(row: Row) -> date | None:
    day = row.date("birthDate")
    if day and not EARLIEST <= day <= row.notes.today:
        # The year alone: a birth date belongs in no report.
        row.report(Reason.IMPLAUSIBLE_DATE, "birthDate", str(day.year))
        return None
    return day


def _identity_number(row: Row, birth_date: date | None) -> str | None:
    """Twelve characters, or None where there is none or it does not hold; the person comes in all the same."""
    civic = row.raw.get("civicNo")
    if civic is None:
        return None
    if not isinstance(civic, dict):
        row.report(Reason.WRONG_TYPE, "civicNo")
        return None
    text = Row(row.type, row.id, civic, row.notes, "civicNo").text("value", longest=20)
    if not text:
        return None
    try:
        number = identity_numbers.parse(text, birth_date=birth_date)
    except identity_numbers.IdentityNumberError as error:
        _report_number(row, error.reason)
        return None
    if birth_date and number.birth_date and abs(number.birth_date.year - birth_date.year) > 1:
        # A neighbouring day is in order (a day's numbers run out); another year is somebody else's number.
        row.report(Reason.IDENTITY_NUMBER_NOT_OF_BIRTH_DATE, "civicNo")
        return None
    return number.value


def _report_number(row: Row, reason: identity_numbers.Reason) -> None:
    if reason is identity_numbers.Reason.CHECKSUM:
        row.report(Reason.IDENTITY_NUMBER_CHECKSUM, "civicNo")
    else:
        row.report(Reason.IDENTITY_NUMBER_INVALID, "civicNo", reason.value)


def _marking(row: Row) -> SecurityMarking | None:
    """The person's own marking. An unknown one protects: that can be put right, a leak can not."""
    word = row.text("securityMarking", longest=60)
    if word is None:
        return SecurityMarking.CONFIDENTIALITY if row.raw.get("securityMarking") else None
    if word in (UNMARKED, ""):
        return None
    if word not in MARKINGS:
        row.report(Reason.UNKNOWN_VALUE, "securityMarking", word)
    return MARKINGS.get(word, SecurityMarking.CONFIDENTIALITY)


def _enrolment(row: Row) -> Enrolment | None:
    if row.boolean("cancelled"):
        return None
    organisation, period = row.reference("enroledAt"), row.period()
    if organisation is None or period is None:
        return None
    return Enrolment(
        organisation=organisation,
        school_year=row.whole_number("schoolYear", 0, 10),
        school_type=row.choice("schoolType", SCHOOL_TYPES) or "",
        period=period,
    )


def _responsible(row: Row) -> Responsible | None:
    person = row.reference("person")
    kind = row.choice("relationType", RELATIONS)
    if kind is None and row.raw.get("relationType") is None:
        row.report(Reason.MISSING_FIELD, "relationType")
    if person is None or kind is None:
        return None
    if person == row.id:
        row.report(Reason.OWN_GUARDIAN)
        return None
    return Responsible(person, Guardianship.Kind(kind)) if kind else None
