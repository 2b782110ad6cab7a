"""Keeping the days without teaching as whoever plans them says. Call it within that plan's own transaction."""

from collections.abc import Iterable
from datetime import date

from .models import SchoolBreak, SchoolUnit


def set_breaks(
    source: str, *, kind: str, name: str, first_day: date, last_day: date, school_ids: Iterable[int]
) -> None:
    """Make the breaks of a source these and no others: one for each school, days inclusive; no schools, none."""
    drop_breaks(source)
    schools = SchoolUnit.objects.filter(pk__in=school_ids)
    SchoolBreak.objects.bulk_create(
        SchoolBreak(
            organiser_id=school.organiser_id,
            school=school,
            kind=kind,
            name=name,
            first_day=first_day,
            last_day=last_day,
            source=source,
        )
        for school in schools
    )


def drop_breaks(source: str) -> None:
    """Forget what a source has told."""
    SchoolBreak.objects.filter(source=source).delete()
