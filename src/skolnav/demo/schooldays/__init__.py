"""The school days that the demo has lived through, and what waits in the days to come.

Everything is written through the boxes' own actions, each at its own moment; which pupil was ill follows from a seed.
"""

from skolnav.core.tenancy.scope import of_organiser
from skolnav.demo.cast import Cast

from .absence import apply_for_leave_twice, report_some
from .attendance import forget_teachers, take_registers
from .fritids import fill_fritids
from .lessons import change_some_lessons


def live_through_days(cast: Cast) -> None:
    """The last two weeks of both schools of Ekdal. The calendar must have told its lov and study days."""
    with of_organiser(cast.ekdal.pk):
        report_some(cast)
        take_registers(cast)
        forget_teachers()
        apply_for_leave_twice(cast)
        change_some_lessons(cast)
        fill_fritids(cast)
