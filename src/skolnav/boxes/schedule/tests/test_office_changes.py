"""A change holds from a day on: what has been stays, what lies ahead follows, and two who save at once both see it."""

from datetime import datetime, time, timedelta

import pytest

from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import lesson_on, timetable_of_groups
from skolnav.core.timetable.models import (
    Activity,
    ActivityTeacher,
    Lesson,
    LessonMark,
    LessonOccurrence,
    LessonSubstitute,
)
from skolnav.core.timetable.storing import stored

pytestmark = pytest.mark.usefixtures("tuesday")

OFFICE = "/personal/schema/kontor/"
WEEK = timedelta(days=7)


def maths():
    """5B's Matematik on Tuesdays, 09.10 to 10.00."""
    return Lesson.everything.select_related("activity", "room").get(activity__name="Matematik 5B", weekday=1)


def page_of(cast, lesson, more=""):
    return f"{OFFICE}{cast.class_5b.public_id}/lektion/{lesson.public_id}/{more}"


def fields(lesson, **changes):
    return {
        "activity": lesson.activity.public_id,
        "weekday": str(lesson.weekday),
        "starts_at": f"{lesson.starts_at:%H:%M}",
        "ends_at": f"{lesson.ends_at:%H:%M}",
        "rhythm": "every",
        "room": lesson.room.name,
        "first_day": str(clock.today() + WEEK),
        "last_day": str(lesson.last_day),
        "bring": "",
        "version": lesson.version,
        "form_id": f"formular-{len(changes)}-{lesson.version:04}-xx",
    } | changes


def day_of(cast, day):
    return timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], day, day).occurrences


def maths_on(cast, day):
    return [f"{one.starts:%H:%M}" for one in day_of(cast, day) if one.title == "Matematik"]


def stored_on(cast, lesson, day, **changes):
    row = stored(lesson_on(cast.ekdal.pk, lesson.public_id, day), cast.ekdal.pk)
    LessonOccurrence.everything.filter(pk=row.pk).update(**changes) if changes else None
    return LessonOccurrence.everything.get(pk=row.pk)


def test_a_change_ends_the_old_lesson_the_day_before_and_begins_a_new(cast, client_of):
    lesson, today = maths(), clock.today()
    was = stored_on(cast, lesson, today, note="Vi räknade bråk")

    answer = client_of(cast.ingrid).post(
        page_of(cast, lesson), fields(lesson, starts_at="10:00", ends_at="10:20", bring="Linjal")
    )

    assert answer.status_code == 302
    old, new = Lesson.everything.get(pk=lesson.pk), Lesson.everything.latest("pk")
    assert (old.last_day, old.starts_at, new.first_day, new.starts_at) == (
        today + WEEK - timedelta(days=1), time(9, 10), today + WEEK, time(10, 0),
    )  # fmt: skip
    assert (maths_on(cast, today), maths_on(cast, today + WEEK)) == (["09:10"], ["10:00"])
    assert LessonOccurrence.everything.get(pk=was.pk).lesson_id == lesson.pk
    assert LessonMark.everything.get(lesson=new).text == "Linjal"
    assert not LessonMark.everything.filter(lesson=old).exists()
    for stranger in (cast.sara, cast.ulla, cast.greta):
        assert client_of(stranger).post(page_of(cast, new), fields(lesson)).status_code == 404


def test_a_lesson_of_another_class_is_not_found_under_this_one(cast, client_of):
    theirs = Lesson.everything.filter(activity__school=cast.lillaskolan).first()

    assert client_of(cast.lena).get(page_of(cast, theirs)).status_code == 404
    assert client_of(cast.lena).post(page_of(cast, theirs, "ta-bort/")).status_code == 404


def test_days_ahead_follow_to_the_new_time_with_what_is_written_on_them(cast, client_of):
    lesson, day = maths(), clock.today() + 2 * WEEK
    plain = stored_on(cast, lesson, day)
    moved = stored_on(
        cast, lesson, day + WEEK, starts=datetime.combine(day + WEEK, time(13), clock.STOCKHOLM),
        ends=datetime.combine(day + WEEK, time(14), clock.STOCKHOLM),
    )  # fmt: skip
    LessonSubstitute.objects.create(occurrence=plain, person=cast.pelle, set_at=clock.now())

    client_of(cast.ingrid).post(page_of(cast, lesson), fields(lesson, starts_at="10:00", ends_at="10:20"))

    plain.refresh_from_db()
    moved.refresh_from_db()
    new = Lesson.everything.latest("pk")
    assert {plain.lesson_id, moved.lesson_id} == {new.pk}
    assert plain.starts.astimezone(clock.STOCKHOLM).time() == time(10, 0)
    assert moved.starts.astimezone(clock.STOCKHOLM).time() == time(13, 0)
    found = lesson_on(cast.ekdal.pk, new.public_id, day)
    assert [one.name for one in found.substitutes] == ["Pelle Ask"]


def test_a_test_that_cannot_follow_to_another_weekday_is_told_before_it_goes(cast, client_of):
    lesson, day = maths(), clock.today() + 2 * WEEK
    row = stored_on(cast, lesson, day)
    LessonMark.everything.create(
        organiser=cast.ekdal, occurrence=row, kind="test", text="Bråk", created_at=clock.now()
    )
    data = fields(lesson, weekday="4", starts_at="14:30", ends_at="15:00")

    said = client_of(cast.ingrid).post(page_of(cast, lesson), data).content.decode()
    assert "1 dag framåt har en egen ändring" in said
    assert LessonOccurrence.everything.filter(pk=row.pk).exists()
    start = said.index('name="anyway" value="') + len('name="anyway" value="')
    client_of(cast.ingrid).post(page_of(cast, lesson), data | {"anyway": said[start : start + 20]})

    assert not LessonOccurrence.everything.filter(pk=row.pk).exists()
    assert maths_on(cast, day + timedelta(days=3))[-1:] == ["14:30"]


def test_what_has_been_is_not_changed(cast, client_of):
    lesson = maths()

    page = client_of(cast.ingrid).post(
        page_of(cast, lesson), fields(lesson, first_day=str(clock.today() - timedelta(days=1)))
    )

    assert page.status_code == 422
    assert "Det som har varit ändras inte" in page.content.decode()


def test_only_another_last_day_or_bag_parts_nothing(cast, client_of):
    lesson, count = maths(), Lesson.everything.count()
    last = lesson.last_day - timedelta(days=30)

    client_of(cast.ingrid).post(page_of(cast, lesson), fields(lesson, last_day=str(last), bring="Passare"))

    now = Lesson.everything.get(pk=lesson.pk)
    assert (Lesson.everything.count(), now.last_day, now.first_day) == (count, last, lesson.first_day)
    assert LessonMark.everything.get(lesson=now).text == "Passare"


def test_two_who_save_the_same_lesson_both_see_it_and_nothing_is_lost(cast, client_of):
    lesson = maths()
    client_of(cast.lena).post(page_of(cast, lesson), fields(lesson, bring="Passare"))
    late = fields(lesson, bring="Linjal", form_id="formular-ingrids-eget")

    page = client_of(cast.ingrid).post(page_of(cast, lesson), late)
    version = Lesson.everything.get(pk=lesson.pk).version
    second = client_of(cast.ingrid).post(page_of(cast, lesson), late | {"version": version})

    said = page.content.decode()
    assert "Någon annan sparade medan du skrev" in said
    assert "Linjal" in said
    assert f'value="{version}"' in said
    assert second.status_code == 302
    assert LessonMark.everything.get(lesson__public_id=lesson.public_id).text == "Linjal"


def test_a_lesson_taken_away_is_gone_from_today_and_can_be_brought_back(cast, client_of):
    lesson, today = maths(), clock.today()
    ingrid = client_of(cast.ingrid)

    answer = ingrid.post(page_of(cast, lesson, "ta-bort/"), {"form_id": "formular-ta-bort-1"})
    gone = maths_on(cast, today), maths_on(cast, today - WEEK)
    week = ingrid.get(answer["Location"]).content.decode()
    now = Lesson.everything.get(pk=lesson.pk)
    back = {"version": now.version, "first_day": str(lesson.first_day), "last_day": str(lesson.last_day)}
    ingrid.post(page_of(cast, lesson, "angra/"), back | {"form_id": "formular-angra-001"})

    assert gone == ([], ["09:10"])
    assert "är borttagen från schemat" in week
    assert "angra/" in week
    assert maths_on(cast, today) == ["09:10"]
    for data in ({}, {"first_day": "x", "last_day": "y"}, back | {"last_day": "9999-01-01"}, back):
        assert ingrid.post(page_of(cast, lesson, "angra/"), data).status_code == 302  # led to the lesson
    assert Lesson.everything.get(pk=lesson.pk).last_day == lesson.last_day


def test_a_lesson_that_never_began_is_gone_altogether_and_can_be_brought_back(cast, client_of):
    lesson = maths()
    first = clock.today() + 4 * WEEK
    Lesson.everything.filter(pk=lesson.pk).update(first_day=first)

    client_of(cast.ingrid).post(page_of(cast, lesson, "ta-bort/"))

    assert not [day for n in range(-5, 8) if maths_on(cast, day := clock.today() + n * WEEK)]
    now = Lesson.everything.get(pk=lesson.pk)
    back = {"version": now.version, "first_day": str(first), "last_day": str(lesson.last_day)}
    client_of(cast.ingrid).post(page_of(cast, lesson, "angra/"), back)
    assert maths_on(cast, first) == ["09:10"]


def test_subject_teachers_and_groups_change_for_all_lessons_and_history_keeps_its_teacher(cast, client_of):
    activity = Activity.everything.get(name="Matematik 5B")
    url = f"{OFFICE}{cast.class_5b.public_id}/aktivitet/{activity.public_id}/"
    today = clock.today()
    data = {
        "subject": "Matte", "subject_code": "MA", "kind": "teaching", "groups": [cast.class_5b.public_id],
        "teachers": [cast.erik.public_id], "from_day": str(today + WEEK), "version": activity.version,
    }  # fmt: skip

    answer = client_of(cast.ingrid).post(url, data)
    stale = client_of(cast.lena).post(url, data | {"subject": "Räkning"})

    assert answer.status_code == 302
    now = Activity.everything.get(pk=activity.pk)
    assert (now.name, now.subject, now.version) == ("Matte 5B", "Matte", 2)
    lessons = {day: day_of(cast, day)[1] for day in (today, today + WEEK)}
    assert [one.name for one in lessons[today].teachers] == ["Sara Holm"]
    assert [one.name for one in lessons[today + WEEK].teachers] == ["Erik Wall"]
    assert "Någon annan sparade" in stale.content.decode()
    assert "Räkning" in stale.content.decode()
    assert ActivityTeacher.objects.filter(activity=activity).count() == 2
    assert client_of(cast.sara).get(url).status_code == 404
    assert client_of(cast.greta).post(url, data).status_code == 404


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"subject": ""}, "#id_subject"),
        ({"groups": []}, "#id_groups"),
        ({"teachers": ["1" * 16]}, "#id_teachers"),
        ({"from_day": "2001-01-01"}, "#id_from_day"),
    ],
)
def test_an_activity_that_cannot_be_is_told(cast, client_of, changes, where):
    activity = Activity.everything.get(name="Matematik 5B")
    url = f"{OFFICE}{cast.class_5b.public_id}/aktivitet/{activity.public_id}/"
    data = {
        "subject": "Matte", "kind": "teaching", "groups": [cast.class_5b.public_id],
        "from_day": str(clock.today()), "version": 1,
    }  # fmt: skip

    page = client_of(cast.ingrid).post(url, data | changes)

    assert page.status_code == 422
    assert where in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_change_costs_the_same_with_one_day_ahead_as_with_three(
    cast, client_of, django_assert_num_queries, rows
):
    lesson = maths()
    for number in range(rows):
        stored_on(cast, lesson, clock.today() + (number + 2) * WEEK)
    client = client_of(cast.ingrid)
    client.get(page_of(cast, lesson))

    with django_assert_num_queries(25):
        client.post(page_of(cast, lesson), fields(lesson, starts_at="10:00", ends_at="10:20"))


def test_the_forms_cost_at_most_twelve(cast, client_of, django_assert_max_num_queries):
    client = client_of(cast.ingrid)
    lesson = maths()
    client.get(page_of(cast, lesson))

    for url in (page_of(cast, lesson), f"{OFFICE}{cast.class_5b.public_id}/ny/"):
        with django_assert_max_num_queries(12):
            client.get(url)
