"""What the worker does for files that nobody came back to."""

from datetime import timedelta

from skolnav.core.notifications.jobs import register_job
from skolnav.core.tenancy.scope import over_all_organisers

from .models import forget_timetable_files


def forget_old_files() -> None:
    """An hourly turn: the rows of a timetable file are kept for a day."""
    with over_all_organisers():
        forget_timetable_files()


register_job("exchange.forget_timetable_files", timedelta(hours=1), forget_old_files)
