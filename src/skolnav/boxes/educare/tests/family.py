"""What the tests of the families' side share: days of the frozen October, and times as rows."""

from datetime import date, time, timedelta

from skolnav.boxes.educare.models import CareTime
from skolnav.boxes.educare.queries.plans import plans
from skolnav.core.tenancy import clock

TIMES = (None, time(16, 30))


def tuesday_plus(days: int) -> date:
    return clock.today() + timedelta(days=days)


def monday(weeks: int) -> date:
    """The Monday of this week (0) or of one to come; with seven days' lock the first whole free one is 2."""
    today = clock.today()
    return today - timedelta(days=today.weekday()) + timedelta(days=7 * weeks)


def week_of_times(pupil, first, days=5, comes_at=None, leaves_at=time(16, 30), **fields):
    """Times for a child's weekdays, written straight into the table."""
    for number in range(days):
        CareTime.everything.create(
            organiser_id=pupil.organiser_id,
            pupil=pupil,
            day=first + timedelta(days=number),
            comes_at=comes_at,
            leaves_at=leaves_at,
            set_at=clock.now(),
            **fields,
        )


def times_of(pupil, first, days=5):
    """What stands for the days: (comes, leaves, off)."""
    rows = CareTime.everything.filter(pupil=pupil, day__gte=first, day__lt=first + timedelta(days=days))
    return {row.day: (row.comes_at, row.leaves_at, row.is_off) for row in rows}


def text_of(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()


def filled(first, days=5, leaves="16.30", **fields):
    """A week's form as a browser sends it."""
    sent = {}
    for number in range(days):
        day = first + timedelta(days=number)
        sent |= {f"{day}-version": "0", f"{day}-comes_at": "", f"{day}-leaves_at": leaves, f"{day}-who": ""}
    return sent | fields


FREE = timedelta(days=8)  # to the first day that no lock has reached


def pattern_fields(weeks=1, first=None, leaves=("16.30",), **fields):
    """A pattern's form: each week's Monday to Friday ends at its time."""
    sent = {"weeks": str(weeks), "first_day": str(first or clock.today() + FREE), "last_day": ""}
    for week in range(weeks):
        for weekday in range(5):
            sent[f"{week}-{weekday}-leaves_at"] = leaves[week % len(leaves)]
    return sent | fields


def new_pattern(client, alva, **fields):
    return client.post(f"/barn/{alva.public_id}/fritids/schema/nytt/", pattern_fields(**fields))


def plan_of(pupil, day):
    return plans([pupil.pk], day, day)[pupil.pk, day]
