"""What has been told of single days follows when the office changes the week: the calendar never shows what is gone."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from skolnav.boxes.schedule.actions import changing, marks, weekly
from skolnav.boxes.schedule.actions.activities import Content, change_activity
from skolnav.boxes.schedule.queries.patterns import Pattern
from skolnav.boxes.schedule.telling import feed_items
from skolnav.core.feed.models import Entry
from skolnav.core.feed.reading import happenings_for
from skolnav.core.feed.rebuild import rebuild_feed
from skolnav.core.people.models import Group
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import lesson_on
from skolnav.core.timetable.models import Lesson

from .feed import the_feed

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def maths(cast, ingrid, viewer_of):
    """5B's Matematik on Tuesdays: in two weeks a test, in three it is cancelled."""
    lesson = Lesson.everything.select_related("activity").get(activity__name="Matematik 5B", weekday=1)
    actor = viewer_of(ingrid)
    first, second = (
        lesson_on(cast.ekdal.pk, lesson.public_id, clock.today() + timedelta(weeks=n)) for n in (2, 3)
    )
    marks.add_mark(actor=actor, lesson=first, kind="test", text="Bråk")
    changing.cancel_lesson(actor=actor, lesson=second, version=0)
    return lesson


@pytest.fixture
def tests_of(viewer_of):
    """When a family's calendar has the tests of the weeks to come."""

    def starts(person):
        today = clock.today()
        found = happenings_for(viewer_of(person), today, today + timedelta(weeks=5))
        return [f"{one.starts.astimezone(clock.STOCKHOLM):%d %H.%M}" for one in found if one.starts]

    return starts


def changed(maths, actor, **values):
    pattern = replace(Pattern.of(maths), first_day=clock.today() + timedelta(weeks=1), **values)
    now = Lesson.everything.get(pk=maths.pk)
    times = weekly.Times(pattern)
    return weekly.change_lesson(
        actor=actor, lesson=now, version=now.version, activity=maths.activity, times=times
    )


def is_as_rebuilt(cast):
    living = the_feed()
    rebuild_feed(cast.ekdal, feed_items())
    return the_feed() == living


def test_another_time_moves_the_test_in_the_calendar(cast, ingrid, anna, maths, tests_of, viewer_of):
    assert [when[-5:] for when in tests_of(anna)] == ["09.10"]

    changed(maths, viewer_of(ingrid), starts_at=time(10), ends_at=time(10, 20))

    assert [when[-5:] for when in tests_of(anna)] == ["10.00"]
    assert is_as_rebuilt(cast)


def test_another_weekday_takes_away_what_cannot_follow(cast, ingrid, anna, maths, tests_of, viewer_of):
    changed(maths, viewer_of(ingrid), weekday=4)

    assert (tests_of(anna), Entry.everything.exists()) == ([], False)
    assert is_as_rebuilt(cast)


def test_a_removed_lesson_takes_its_tests_along_and_brings_them_back(
    cast, ingrid, anna, maths, tests_of, viewer_of
):
    actor, before = viewer_of(ingrid), the_feed()

    first, last = weekly.remove_lesson(actor=actor, lesson=maths)
    assert (tests_of(anna), the_feed()) == ([], {})
    assert is_as_rebuilt(cast)

    version = Lesson.everything.get(pk=maths.pk).version
    weekly.restore_lesson(actor=actor, lesson=maths, version=version, first_day=first, last_day=last)
    assert the_feed() == before
    assert is_as_rebuilt(cast)


def test_other_groups_and_another_name_reach_the_tests_to_come(cast, ingrid, maths, viewer_of):
    class_5a = Group.everything.create(
        organiser=cast.ekdal, school=cast.ekdalsskolan, kind="class", name="5A", valid_from=clock.today()
    )
    content = Content("Matte", "MA", "teaching", [cast.class_5b, class_5a], [cast.sara.pk])
    version = maths.activity.version

    change_activity(
        actor=viewer_of(ingrid), activity=maths.activity, version=version, content=content, from_day=clock.today()
    )  # fmt: skip

    titles = set(Entry.everything.values_list("title", flat=True))
    assert "Prov i Matte: Bråk" in titles
    assert all("Matte" in title for title in titles)
    keys = set(Entry.everything.get(kind="test").audiences.values_list("key", flat=True))
    assert keys == {f"g:{cast.class_5b.pk}", f"g:{class_5a.pk}"}
    assert is_as_rebuilt(cast)
