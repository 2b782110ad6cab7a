"""What is taken along of many children at once is logged: the file lies outside the house from then on."""

from datetime import date

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.models import Person


def note_export(viewer: Viewer, *, first: date, last: date, school_id: int | None, cases: int) -> None:
    """Log that somebody has downloaded the proofs of a period's cases; of which days and school, and how many."""
    reader = Person(pk=viewer.person_id, organiser_id=viewer.organiser_id)
    first_day, last_day = first.isoformat(), last.isoformat()
    record(viewer, "export_cases", reader, school=school_id, cases=cases, first=first_day, last=last_day)
