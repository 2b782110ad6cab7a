"""Duties: who works where as what, and with which groups."""

from skolnav.core.people.models import AssignmentRole as RoleRow
from skolnav.core.people.models import Duty as DutyRow
from skolnav.exchange.ss12000.entities import Assignment, Duty
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import Row

# SS 12000's six and Skolverket's later list (standards 3.6). "Annan personal" says nothing of what somebody
# does, so it gives no more than staff without a group: never read from the free text of `description`.
ROLES = {
    "Rektor": DutyRow.Role.PRINCIPAL,
    "Förskolechef": DutyRow.Role.PRINCIPAL,
    "Lärare": DutyRow.Role.TEACHER,
    "Förstelärare": DutyRow.Role.TEACHER,
    "Förskollärare": DutyRow.Role.TEACHER,
    "Speciallärare/specialpedagog": DutyRow.Role.TEACHER,
    "Fritidspedagog": DutyRow.Role.EDUCARE_STAFF,
    "Barnskötare": DutyRow.Role.EDUCARE_STAFF,
    "Skoladministratör": DutyRow.Role.ADMINISTRATOR,
    "Bibliotekarie": DutyRow.Role.OTHER,
    "Lärarassistent": DutyRow.Role.OTHER,
    "Studie- och yrkesvägledare": DutyRow.Role.OTHER,
    "Kurator": DutyRow.Role.OTHER,
    "Skolsköterska": DutyRow.Role.OTHER,
    "Skolläkare": DutyRow.Role.OTHER,
    "Skolpsykolog": DutyRow.Role.OTHER,
    "Övrig arbetsledning": DutyRow.Role.OTHER,
    "Övrig pedagogisk personal": DutyRow.Role.OTHER,
    "Annan personal": DutyRow.Role.OTHER,
}
# "Lärare" is outside the standard's list; real servers write it for the teacher of a teaching group.
ASSIGNMENTS = {
    "Mentor": RoleRow.Kind.MENTOR,
    "Lärare": RoleRow.Kind.TEACHER,
    "Förskollärare": RoleRow.Kind.TEACHER,
    "Specialpedagog": RoleRow.Kind.TEACHER,
    "Fritidspedagog": RoleRow.Kind.EDUCARE,
    "Barnskötare": RoleRow.Kind.EDUCARE,
    "Elevhälsopersonal": RoleRow.Kind.OTHER,
    "Pedagogisk ledare": RoleRow.Kind.OTHER,
    "Schemaläggare": RoleRow.Kind.OTHER,
}


def parse_duty(row: Row) -> Duty | None:
    person, organisation = row.reference("person"), row.reference("dutyAt")
    role = row.choice("dutyRole", ROLES)
    period = row.period()
    if role is None and row.raw.get("dutyRole") is None:
        row.report(Reason.MISSING_FIELD, "dutyRole")
    if person is None or organisation is None or role is None or period is None:
        return None
    # The standard's noun is assignmentRole; some servers write the plural.
    key = "assignmentRoles" if "assignmentRoles" in row.raw else "assignmentRole"
    assignments, understood = row.each(key, _assignment)
    return Duty(
        id=row.id,
        person=person,
        organisation=organisation,
        role=role,
        signature=row.text("signature", longest=20) or "",
        period=period,
        assignments=assignments,
        unreadable=frozenset() if understood else frozenset({"assignmentRoles"}),
    )


def _assignment(row: Row) -> Assignment | None:
    group = row.reference("group")
    kind = row.choice("assignmentRoleType", ASSIGNMENTS)
    period = row.period()
    if kind is None and row.raw.get("assignmentRoleType") is None:
        row.report(Reason.MISSING_FIELD, "assignmentRoleType")
    return Assignment(group, kind, period) if group and kind and period else None
