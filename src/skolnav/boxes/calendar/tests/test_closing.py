"""What the calendar says of lov and study days is what the rest of the school day reckons with."""

from datetime import timedelta

import pytest

from skolnav.boxes.calendar.actions import Content, cancel_entry, change_entry, remove_entry, restore_entry
from skolnav.boxes.calendar.tests.test_staff import DAY, fields
from skolnav.core.feed.models import Side, school_key
from skolnav.core.publishing.models import Target
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.schools.models import SchoolBreak


@pytest.fixture
def to_school(cast):
    return [Target(school_key(cast.ekdalsskolan.pk), cast.ekdalsskolan.pk, Side.BOTH)]


@pytest.fixture
def study_day(write, ingrid, to_school):
    return write("Studiedag", to_school, by=ingrid, kind="study_day", first_day=DAY)


def closed(cast, day):
    return school_calendar(cast.ekdal.pk, day, day).break_on(cast.ekdalsskolan.pk, day)


def test_a_study_day_of_the_whole_school_closes_it_and_no_other(study_day, cast):
    calendar = school_calendar(cast.ekdal.pk, DAY, DAY)

    assert calendar.break_on(cast.ekdalsskolan.pk, DAY).name == "Studiedag"
    assert not calendar.is_school_day(cast.ekdalsskolan.pk, DAY)
    assert not [one for one in calendar.breaks.get(cast.lillaskolan.pk, ()) if one.kind == "study_day"]


def test_what_becomes_of_the_entry_becomes_of_the_closed_day(study_day, ingrid, to_school, cast, viewer_of):
    actor = viewer_of(ingrid)

    cancel_entry(actor=actor, entry=study_day)
    assert closed(cast, DAY) is None or closed(cast, DAY).kind == "public_holiday"
    restore_entry(actor=actor, entry=study_day)
    assert closed(cast, DAY).kind == "study_day"
    study_day.refresh_from_db()
    later = DAY + timedelta(days=1)
    content = study_day_content(study_day, later)
    change_entry(
        actor=actor,
        entry=study_day,
        version=study_day.version,
        content=content,
        audience=to_school,
        tell=False,
    )
    assert [one.first_day for one in SchoolBreak.objects.all()] == [later]
    remove_entry(actor=actor, entry=study_day)
    assert not SchoolBreak.objects.exists()


def study_day_content(entry, day):
    return Content(kind=entry.kind, title=entry.title, first_day=day, last_day=day)


def test_a_classs_day_an_hour_and_an_outing_close_nothing(
    write, ingrid, sara, to_5b, to_school, cast, client_of
):
    write("Studiedag i 5B", to_5b, kind="study_day")
    write("Friluftsdag", to_school, by=ingrid, kind="activity")
    client_of(sara).post(
        "/personal/kalender/ny/", fields(cast, kind="study_day", starts_at="08:30", ends_at="12.00")
    )

    assert not SchoolBreak.objects.exists()
