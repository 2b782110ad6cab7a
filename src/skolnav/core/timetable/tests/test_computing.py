"""Timetables as they come out: a week of 5B, with what differs from it."""

from datetime import date, datetime, timedelta

import pytest

from skolnav.core.people.models import Membership
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import (
    lesson_on,
    timetable_of_groups,
    timetable_of_teacher,
    timetables_of_pupils,
)
from skolnav.core.timetable.statements import membership_rows
from skolnav.core.timetable.storing import stored

pytestmark = pytest.mark.usefixtures("tuesday")


def titles(lessons):
    return [one.title for one in lessons]


def of_5b(cast, first, last=None):
    return timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], first, last or first)


def test_a_day_has_its_lessons_in_order_with_room_teacher_and_what_to_bring(cast):
    today = clock.today()

    lessons = of_5b(cast, today).occurrences

    assert titles(lessons) == ["Svenska", "Matematik", "SO", "Lunch", "Idrott och hälsa", "Engelska"]
    gym = lessons[4]
    assert (gym.room, [mark.text for mark in gym.marks]) == ("Idrottshallen", ["Gympapåse"])
    assert [teacher.name for teacher in lessons[0].teachers] == ["Sara Holm"]
    assert lessons[0].starts == datetime.combine(today, lessons[0].starts.time(), clock.STOCKHOLM)


def test_weeks_alternate_and_a_break_has_no_lessons(cast):
    wednesday = clock.today() + timedelta(days=1)

    these = {title for title in titles(of_5b(cast, wednesday).occurrences) if title in ("Musik", "Slöjd")}
    next_week = wednesday + timedelta(days=7)
    others = {title for title in titles(of_5b(cast, next_week).occurrences) if title in ("Musik", "Slöjd")}
    set_breaks(
        "test:1", kind="study_day", name="Studiedag", first_day=wednesday, last_day=wednesday,
        school_ids=[cast.ekdalsskolan.pk],
    )  # fmt: skip

    assert these | others == {"Musik", "Slöjd"}
    assert not these & others
    assert not of_5b(cast, wednesday).occurrences


def test_a_moved_lesson_is_met_at_its_new_time_and_found_by_its_old_address(cast):
    today = clock.today()
    first = of_5b(cast, today).occurrences[0]
    row = stored(first, cast.ekdal.pk)
    row.starts, row.ends = first.starts + timedelta(days=2), first.ends + timedelta(days=2)
    row.save()

    assert "Svenska" not in titles(of_5b(cast, today).occurrences)
    moved = next(one for one in of_5b(cast, today + timedelta(days=2)).occurrences if one.is_moved)
    assert moved.was.starts == first.starts
    assert lesson_on(cast.ekdal.pk, first.public_id, today).starts == row.starts
    assert lesson_on(cast.ekdal.pk, first.public_id, today + timedelta(days=1)) is None
    assert lesson_on(cast.ekdal.pk, "1" * 16, today) is None


def test_a_teacher_has_their_own_and_a_pupil_those_of_their_groups(cast, django_assert_num_queries):
    week = clock.today(), clock.today() + timedelta(days=4)

    with django_assert_num_queries(3):
        erik = timetable_of_teacher(cast.ekdal.pk, cast.erik.pk, *week)
    with django_assert_num_queries(4):
        pupils, _ = timetables_of_pupils(cast.ekdal.pk, [cast.kim.pk, cast.alva.pk], *week)

    assert {one.title for one in erik.occurrences} == {"NO", "Teknik"}
    assert {one.school_id for one in pupils[cast.alva.pk]} == {cast.lillaskolan.pk}
    assert {one.school_id for one in pupils[cast.kim.pk]} == {cast.ekdalsskolan.pk}


def test_a_pupil_who_changes_class_on_a_wednesday_has_the_lessons_of_both_on_their_days(cast):
    today = clock.today()
    monday, friday = today - timedelta(days=1), today + timedelta(days=3)
    Membership.everything.filter(person=cast.kim, group=cast.class_5b).update(valid_until=today)
    Membership.everything.create(
        organiser=cast.ekdal, person=cast.kim, group=cast.class_2a, source="office",
        valid_from=today + timedelta(days=1),
    )  # fmt: skip

    lessons, _ = timetables_of_pupils(cast.ekdal.pk, [cast.kim.pk], monday, friday)

    groups = {(one.day > today, group.name) for one in lessons[cast.kim.pk] for group in one.groups}
    assert groups >= {(False, "5B"), (True, "2A")}
    assert not groups & {(True, "5B"), (False, "2A")}


def test_the_memberships_of_the_statement_are_those_of_the_orm(cast):
    Membership.everything.filter(person=cast.alva).update(valid_until=clock.today())
    pupils = [cast.kim.pk, cast.alva.pk, cast.elis.pk]
    every = Membership.everything.filter(person__in=pupils)
    for first in (clock.today(), clock.today() + timedelta(days=1), date(2000, 1, 1)):
        expected = [
            (one.person_id, one.group_id, str(one.valid_from), str(one.valid_until or ""))
            for one in every
            if one.valid_from <= first and (one.valid_until is None or one.valid_until >= first)
        ]

        found = membership_rows(cast.ekdal.pk, pupils, first, first)

        assert sorted((*row[:2], str(row[2]), str(row[3] or "")) for row in found) == sorted(expected)
