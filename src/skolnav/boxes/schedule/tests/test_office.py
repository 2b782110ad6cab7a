"""The office lays a class's week: who may, what is saved, and what is said when it cannot be."""

from datetime import time, timedelta

import pytest

from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.models import Group
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, ActivityGroup, Lesson, LessonMark, Room

pytestmark = [pytest.mark.usefixtures("tuesday"), pytest.mark.requirement("11-schedule-1")]

OFFICE = "/personal/schema/kontor/"


def week_of(cast):
    return f"{OFFICE}{cast.class_5b.public_id}/"


def maths_of(cast):
    return Activity.everything.get(name="Matematik 5B")


def fields(cast, **changes):
    """A weekly lesson at a time when 5B, Sara and the room are free."""
    today = clock.today()
    return {
        "activity": maths_of(cast).public_id,
        "weekday": "4",
        "starts_at": "14:30",
        "ends_at": "15.10",
        "rhythm": "every",
        "room": "Sal 214",
        "first_day": str(today),
        "last_day": str(today + timedelta(days=200)),
        "bring": "",
        "kind": "teaching",
        "groups": [cast.class_5b.public_id],  # (ticked in the fields for something new, which are not used)
        "form_id": "formular-nummer-1",
    } | changes


@pytest.mark.parametrize("name", ["ingrid", "lena"])
def test_principal_and_administrator_see_the_week_and_nobody_else_does(cast, client_of, name):
    leader = client_of(cast.people[name])

    page = leader.get(week_of(cast))
    start = leader.get(OFFICE)

    said = page.content.decode()
    assert (page.status_code, start.status_code) == (200, 200)
    assert "5B" in start.content.decode()
    assert "Idrottshallen" in said
    assert "Sara Holm" in said
    assert "Gympapåse" in said
    assert "A-veckor" in said
    for stranger in (cast.sara, cast.ulla, cast.greta, cast.anna, cast.kim):
        assert client_of(stranger).get(week_of(cast)).status_code == 404
        assert client_of(stranger).post(f"{week_of(cast)}ny/", fields(cast)).status_code == 404


def test_the_way_to_the_grid_stands_on_leaders_schema_alone(cast, client_of):
    for person, is_shown in ((cast.ingrid, True), (cast.lena, True), (cast.sara, False), (cast.nour, False)):
        page = client_of(person).get("/personal/schema/").content.decode()
        assert (f'href="{OFFICE}"' in page) == is_shown


def test_a_principal_does_not_lay_another_schools_week(cast, client_of):
    other = f"{OFFICE}{cast.class_2a.public_id}/"

    assert client_of(cast.ingrid).get(other).status_code == 404
    assert client_of(cast.lena).get(other).status_code == 200


def test_a_lesson_is_added_once_however_often_the_button_is_pressed(cast, client_of):
    before = Lesson.everything.count()

    answers = [
        client_of(cast.ingrid).post(f"{week_of(cast)}ny/", fields(cast, bring="Linjal")) for _ in (1, 2)
    ]

    assert [one.status_code for one in answers] == [302, 302]
    assert Lesson.everything.count() == before + 1
    lesson = Lesson.everything.latest("pk")
    assert (lesson.weekday, lesson.starts_at, lesson.ends_at) == (4, time(14, 30), time(15, 10))
    assert (lesson.room.name, lesson.activity.name, lesson.source) == ("Sal 214", "Matematik 5B", "office")
    assert LessonMark.everything.get(lesson=lesson).text == "Linjal"
    assert AuditRecord.objects.filter(act="add_lesson", subject_id=str(lesson.pk)).exists()


def test_something_new_with_groups_teachers_and_a_new_room(cast, client_of):
    data = fields(
        cast,
        activity="new", subject="Schack", subject_code="", kind="other",
        groups=[cast.class_5b.public_id], teachers=[cast.erik.public_id], room="Aulan", rhythm="b",
    )  # fmt: skip

    client_of(cast.lena).post(f"{week_of(cast)}ny/", data)

    activity = Activity.everything.get(name="Schack 5B")
    lesson = Lesson.everything.get(activity=activity)
    assert (activity.kind, lesson.room.name, lesson.weeks, lesson.week) == ("other", "Aulan", 2, 1)
    assert [row.group for row in ActivityGroup.objects.filter(activity=activity)] == [cast.class_5b]
    assert Room.everything.filter(name="Aulan", school=cast.ekdalsskolan).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_at": "14:00"}, "slutar innan den börjar"),
        ({"ends_at": "24:00"}, "mellan 00.00 och 23.59"),
        ({"starts_at": "kvart över"}, "mellan 00.00 och 23.59"),
        ({"starts_at": "23:30", "ends_at": "00:30"}, "inte gå över midnatt"),
        ({"rhythm": "other", "week": "1", "weeks": "53"}, "högst 52 veckor"),
        ({"rhythm": "other", "week": "4", "weeks": "3"}, "inte vara större än"),
        ({"rhythm": "other"}, "vecka 1 av 3"),
        ({"last_day": "2001-01-01"}, "inom tre år"),
        ({"first_day": "9999-12-31"}, "inom tre år"),
        ({"weekday": "9"}, "#id_weekday"),
        ({"activity": "x\0y"}, "#id_activity"),
        ({"activity": "new", "subject": " "}, "Skriv vad det är"),
        ({"activity": "new", "subject": "Schack", "groups": []}, "minst en klass"),
        ({"activity": "new", "subject": "Schack", "groups": ["1" * 16]}, "#id_groups"),
        ({"room": "x" * 41}, "#id_room"),
        ({"room": "a\0b"}, "#id_room"),
    ],
)
def test_bad_input_is_told_where_it_stands_and_what_was_typed_stays(cast, client_of, changes, said):
    before = Lesson.everything.count()

    page = client_of(cast.ingrid).post(f"{week_of(cast)}ny/", fields(cast, bring="Linjal") | changes)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Linjal" in page.content.decode()
    assert Lesson.everything.count() == before


def test_days_without_a_single_lesson_are_told(cast, client_of):
    today = clock.today()

    page = client_of(cast.ingrid).post(f"{week_of(cast)}ny/", fields(cast, last_day=str(today)))

    assert page.status_code == 422
    assert "ingen lektion alls" in page.content.decode()


def test_a_room_a_teacher_and_a_class_that_are_taken_are_told_and_a_second_press_saves(cast, client_of):
    before = Lesson.everything.count()
    taken = fields(cast, weekday="1", starts_at="09:30", ends_at="10:10")  # Matematik itself, until 10.00

    first = client_of(cast.ingrid).post(f"{week_of(cast)}ny/", taken)
    said = first.content.decode()
    key = _anyway(said)
    stale = client_of(cast.ingrid).post(f"{week_of(cast)}ny/", taken | {"anyway": "0" * 20})
    second = client_of(cast.ingrid).post(f"{week_of(cast)}ny/", taken | {"anyway": key})

    assert "Salen är upptagen: Sal 214" in said
    assert "Har redan lektion: 5B" in said
    assert "Undervisar redan: Sara Holm" in said
    assert "Spara ändå" in stale.content.decode()
    assert (first.status_code, second.status_code) == (200, 302)
    assert Lesson.everything.count() == before + 1


def test_other_weeks_other_groups_and_the_next_minute_are_no_conflict(cast, client_of):
    music = Lesson.everything.get(activity__name="Musik 5B")  # Wednesdays 12.00 to 13.30 in B weeks
    slojd = Activity.everything.get(name="Slöjd 5B")
    data = fields(
        cast, activity=slojd.public_id, weekday="2", rhythm="a", starts_at="13:30", ends_at="13:40",
        room="Slöjdsalen",
    )  # fmt: skip

    assert client_of(cast.ingrid).post(f"{week_of(cast)}ny/", data).status_code == 302
    assert music.week == 1


def _anyway(said: str) -> str:
    start = said.index('name="anyway" value="') + len('name="anyway" value="')
    return said[start : start + 20]


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_grid_costs_the_same_for_one_lesson_as_for_three(
    cast, client_of, django_assert_num_queries, lessons
):
    kept = list(Lesson.everything.filter(activity__name="SO 5B").values_list("pk", flat=True)[:lessons])
    Lesson.everything.exclude(pk__in=kept).delete()
    client = client_of(cast.ingrid)
    client.get(week_of(cast))

    with django_assert_num_queries(9):
        client.get(week_of(cast))


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_of_classes_costs_the_same_for_one_as_for_three(
    cast, client_of, django_assert_num_queries, groups
):
    for number in range(groups):
        Group.everything.create(
            organiser=cast.ekdal, school=cast.ekdalsskolan, kind="class", name=f"9{number}", source="office",
            valid_from=clock.today(),
        )  # fmt: skip
    client = client_of(cast.lena)
    client.get(OFFICE)

    with django_assert_num_queries(5):
        client.get(OFFICE)
