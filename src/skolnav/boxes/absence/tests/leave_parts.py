"""What the tests of leave share: applying and deciding in a line each."""

from datetime import timedelta

from skolnav.boxes.absence.actions.leave import apply_for_leave
from skolnav.boxes.absence.actions.leave_decisions import decide_leave
from skolnav.boxes.absence.models import AbsenceSettings, LeaveApplication
from skolnav.core.tenancy import clock

ADDRESS = "/franvaro/ledighet/ansok/"


def monday(weeks=1):
    """The Monday some weeks from the frozen Tuesday."""
    today = clock.today()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def apply(viewer, *pupils, first=None, days=1, reason="Mormor fyller år"):
    """Apply for leave of calendar days; one application for each of the viewer's pupils that are named."""
    first = first or monday()
    chosen = [child for child in viewer.children if child.id in {pupil.pk for pupil in pupils}]
    last = first + timedelta(days=days - 1)
    leaves = apply_for_leave(actor=viewer, pupils=chosen, first=first, last=last, reason=reason)
    return leaves[0] if len(leaves) == 1 else leaves


def decide(viewer, leave, is_granted=True, reasons="Kort ledighet."):
    """Decide about the application as it now stands."""
    now = again(leave)
    return decide_leave(actor=viewer, leave=now, version=now.version, is_granted=is_granted, reasons=reasons)


def again(leave):
    """The application as it now stands."""
    return LeaveApplication.everything.get(pk=leave.pk)


def choose(school, **choices):
    """What a school has chosen for absence."""
    AbsenceSettings.everything.update_or_create(
        school=school, defaults={"organiser_id": school.organiser_id, **choices}
    )


def fields(*pupils, first=None, days=1, **changes):
    """What the family's form sends."""
    first = first or monday()
    return {
        "pupils": [pupil.public_id for pupil in pupils],
        "first_day": str(first),
        "last_day": str(first + timedelta(days=days - 1)),
        "reason": "Mormor fyller år",
        "form_id": "ledighetsformular1",
    } | changes
