"""What the start page says of the day's lessons."""

from datetime import timedelta

import pytest

from skolnav.boxes.schedule.queries.today import today
from skolnav.core.boxes.registry import PupilDay
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import timetable_of_groups
from skolnav.core.timetable.models import LessonMark, LessonSubstitute, Room
from skolnav.core.timetable.storing import stored


def pupil_days(viewer, pupils):
    """The days as the start page hands them on: today's, or tomorrow's when today's lessons are over."""
    day, now = viewer.today, clock.now()
    calendar = school_calendar(viewer.organiser_id, day, day + timedelta(days=7))
    days = []
    for pupil in pupils:
        groups = [group.id for group in pupil.groups]
        found = timetable_of_groups(viewer.organiser_id, groups, day, day + timedelta(days=1))
        is_over = all(one.ends <= now for one in found.on(day))
        shown = day + timedelta(days=1) if is_over else day
        days.append(PupilDay(pupil, shown, day, found.on(shown), [], calendar))
    return days


pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def said(cast, anna, viewer_of, django_assert_num_queries):
    """The facts on Kim's card, as (text, icon, tone) in order."""

    def ask():
        viewer = viewer_of(anna)
        days = pupil_days(viewer, [viewer.pupil(cast.kim.public_id)])
        with django_assert_num_queries(0):
            facts = today(viewer, days).facts[cast.kim.pk]
        return [(one.text, one.icon, one.tone) for one in sorted(facts, key=lambda one: one.order)]

    return ask


@pytest.fixture
def lines(cast, anna, viewer_of):
    def ask():
        viewer = viewer_of(anna)
        return [line.text for line in today(viewer, pupil_days(viewer, viewer.pupils)).lines]

    return ask


def test_the_boxs_card_says_what_is_on_and_what_comes(lines, tuesday):
    assert lines() == ["08.10 Matematik · 09.50 Idrott och hälsa", "08.10 Svenska · 09.10 Matematik"]

    tuesday.move_to(clock.now() + timedelta(hours=1))
    assert lines() == ["Nu: Matematik, Klassrum 2A", "Nu: Svenska, Sal 214"]

    tuesday.move_to(clock.now() + timedelta(hours=10))
    assert lines()[1] == "I morgon 08.10 Engelska · 09.30 Matematik"


def test_an_ordinary_day_says_what_to_bring(said):
    assert said() == [("Idrott och hälsa 12.00: ta med gympapåse", "backpack", "")]


def test_changes_tests_and_homework_stand_on_the_day_card(cast, said, of_5b, differs):
    hall = Room.everything.create(organiser_id=cast.ekdal.pk, school=cast.ekdalsskolan, name="Aulan")
    maths, english = of_5b("Matematik"), of_5b("Engelska")
    differs(of_5b("SO"), is_cancelled=True)
    differs(maths, starts=maths.starts + timedelta(minutes=10))
    row = differs(english, room=hall)
    LessonSubstitute.objects.create(
        occurrence=stored(of_5b("Svenska"), cast.ekdal.pk), person=cast.pelle, set_at=clock.now()
    )
    for kind, text in (("test", "kapitel 4"), ("homework", "Glosor")):
        LessonMark.everything.create(
            organiser_id=cast.ekdal.pk, occurrence=row, kind=kind, text=text, created_at=clock.now()
        )

    assert said() == [
        ("Svenska 08.10 har vikarie", "triangle-alert", "heed"),
        ("Matematik är flyttad till 09.20, var 09.10", "triangle-alert", "heed"),
        ("Inställt: SO 10.20", "triangle-alert", "alert"),
        ("Engelska 13.20 är i Aulan", "triangle-alert", "heed"),
        ("Idrott och hälsa 12.00: ta med gympapåse", "backpack", ""),
        ("Prov i Engelska 13.20: kapitel 4", "pencil-ruler", ""),
        ("Läxa i Engelska: glosor", "notebook-pen", ""),
    ]


def test_a_morning_off_is_said_first(said, of_5b, differs):
    differs(of_5b("Svenska"), is_cancelled=True)

    assert said()[:2] == [
        ("Börjar först 09.10", "clock", "heed"),
        ("Inställt: Svenska 08.10", "triangle-alert", "alert"),
    ]


def test_a_cancelled_lesson_asks_for_nothing(said, of_5b, differs):
    differs(of_5b("Idrott och hälsa"), is_cancelled=True)

    assert said() == [("Inställt: Idrott och hälsa 12.00", "triangle-alert", "alert")]
