"""Groups and who is in them."""

from skolnav.core.people.models import Group as GroupRow
from skolnav.exchange.ss12000.entities import Group, Member
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import Row

KINDS = {
    "Klass": GroupRow.Kind.CLASS,
    "Undervisning": GroupRow.Kind.TEACHING,
    "Mentor": GroupRow.Kind.MENTOR,
    "Avdelning": GroupRow.Kind.EDUCARE,
    "Provgrupp": GroupRow.Kind.OTHER,
    "Schema": GroupRow.Kind.OTHER,
    "Personalgrupp": GroupRow.Kind.OTHER,
    "Övrigt": GroupRow.Kind.OTHER,
}


def parse_group(row: Row) -> Group | None:
    name = row.text("displayName", longest=80)
    kind = row.choice("groupType", KINDS)
    organisation = row.reference("organisation")
    period = row.period()
    if not name and row.raw.get("displayName") in (None, ""):
        row.report(Reason.MISSING_FIELD, "displayName")
    if kind is None and row.raw.get("groupType") is None:
        row.report(Reason.MISSING_FIELD, "groupType")
    if not name or kind is None or organisation is None or period is None:
        return None
    members, understood = row.each("groupMemberships", _member)
    return Group(
        id=row.id,
        name=name,
        kind=kind,
        organisation=organisation,
        period=period,
        members=members,
        unreadable=frozenset() if understood else frozenset({"groupMemberships"}),
    )


def _member(row: Row) -> Member | None:
    person, period = row.reference("person"), row.period()
    return Member(person, period) if person and period else None
