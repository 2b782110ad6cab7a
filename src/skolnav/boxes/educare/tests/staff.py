"""What the tests of the staff's side have in common: a child's times, and more children for the section."""

from datetime import time, timedelta
from typing import Any

from skolnav.boxes.educare.models import CareTime, HolidayRound
from skolnav.core.people.models import Person
from skolnav.core.presence.writing import Away, set_absences
from skolnav.core.tenancy import clock
from skolnav.demo.people import Town


def give_times(
    pupil: Person, day: Any = None, comes: str = "", leaves: str = "16:30", **columns: Any
) -> CareTime:
    """The child's own times on a day (today)."""
    return CareTime.everything.create(
        organiser_id=pupil.organiser_id,
        pupil=pupil,
        day=day or clock.today(),
        comes_at=time.fromisoformat(comes) if comes else None,
        leaves_at=time.fromisoformat(leaves) if leaves else None,
        set_at=clock.now(),
        **columns,
    )


def more_children(cast: Any, count: int) -> list[Person]:
    """New children in 2A and at Fritids Eken, with times today."""
    town = Town(cast.ekdal, "")
    found = [town.person(f"Barn{number}", "Ek") for number in range(count)]
    for pupil in found:
        town.enrol(pupil, cast.lillaskolan, 2, cast.class_2a, cast.educare)
        give_times(pupil)
    return found


def report_away(pupil: Person, day: Any = None, kind: str = "reported", reason: str = "ill") -> None:
    """A whole day's absence."""
    set_absences(
        f"test:{pupil.pk}",
        organiser_id=pupil.organiser_id,
        pupil_id=pupil.pk,
        kind=kind,
        reason=reason,
        away=[Away(day or clock.today())],
        reported_by_id=None,
        reported_at=clock.now(),
    )


def lov(cast: Any, **columns: Any) -> HolidayRound:
    """A lov in three weeks that is asked about."""
    first = clock.today() + timedelta(days=20)
    made = {
        "organiser": cast.ekdal,
        "school": cast.lillaskolan,
        "name": "Höstlov",
        "first_day": first,
        "last_day": first + timedelta(days=3),
        "deadline": clock.start_of(first - timedelta(days=10)),
        "opened_at": clock.now(),
    }
    return HolidayRound.everything.create(**made | columns)


def round_form(cast: Any, **changed: Any) -> dict[str, Any]:
    """What Nour fills in for a lov in four weeks."""
    first = clock.today() + timedelta(days=27)
    form = {
        "school": cast.lillaskolan.public_id,
        "name": "Höstlov",
        "first_day": first,
        "last_day": first + timedelta(days=4),
        "deadline": first - timedelta(days=14),
    }
    return form | changed
