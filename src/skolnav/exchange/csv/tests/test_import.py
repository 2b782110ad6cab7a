"""A timetable through the pages: seen first, written whole, and the same file again changes nothing."""

import time as stopwatch
from datetime import time, timedelta

import pytest

from skolnav.boxes.schedule.actions.marks import add_mark
from skolnav.core.audit.models import AuditRecord
from skolnav.core.feed.models import Happening
from skolnav.core.people.models import Duty, Group
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import lesson_on, timetable_of_groups
from skolnav.core.timetable.models import Activity, ActivityTeacher, Lesson, LessonSubstitute, Room
from skolnav.core.timetable.storing import stored
from skolnav.exchange.csv.running import Upload, keep_file, plan_of, write_file
from skolnav.exchange.csv.snapshot import take_snapshot
from skolnav.exchange.jobs import forget_old_files
from skolnav.exchange.models import TimetableFile

from .conftest import HEAD, LESSONS, brought, file_of

pytestmark = [pytest.mark.usefixtures("tuesday"), pytest.mark.requirement("11-schedule-1")]

WEEK = timedelta(days=7)


def counts():
    return TimetableFile.everything.latest("pk").counts


def test_a_file_is_shown_first_then_written_and_a_second_time_changes_nothing(
    cast, upload, client_of, bring_in
):
    address = upload(file_of(*LESSONS))["Location"]
    page = client_of(cast.ingrid).get(address).content.decode()
    assert "Nya: 3" in page
    assert not brought()
    for stranger in (cast.sara, cast.lena, cast.greta, cast.anna):
        assert client_of(stranger).get(address).status_code == 404
        assert client_of(stranger).post(address).status_code == 404

    client_of(cast.ingrid).post(address)
    again = bring_in(file_of(*LESSONS))

    chess, choir, help_ = brought()
    assert (chess.activity.name, chess.room.name, chess.starts_at) == ("Schack 5B", "Sal 214", time(15))
    assert (choir.weeks, choir.week, choir.room.name) == (2, 0, "Aulan")
    assert {row.person for row in ActivityTeacher.objects.filter(activity=help_.activity)} == {
        cast.sara,
        cast.erik,
    }
    assert chess.first_day == clock.today()
    assert "Allt i filen ligger redan i schemat" in again
    assert AuditRecord.objects.filter(act="import_timetable").count() == 1


def test_a_double_tap_writes_once(cast, upload, client_of):
    address = upload(file_of(*LESSONS))["Location"]
    client_of(cast.ingrid).get(address)

    answers = [client_of(cast.ingrid).post(address, {"form_id": "formular-nummer-1"}) for _ in (1, 2)]

    assert [one.status_code for one in answers] == [302, 200]  # the second meets the report
    assert len(brought()) == 3
    assert TimetableFile.everything.get().rows == []


def test_somebody_whom_nobody_knows_stops_the_whole_file(cast, upload, client_of):
    lines = [LESSONS[0], "tisdag;15.00;15.40;Schack;;5B|9Z;nobody|sara;;;;"]
    address = upload(file_of(*lines))["Location"]

    page = client_of(cast.ingrid).get(address).content.decode()
    client_of(cast.ingrid).post(address)

    assert "nobody" in page
    assert "9Z" in page
    assert "Läs in schemat" not in page
    assert not brought()


def test_two_of_one_name_are_asked_apart(cast, upload, client_of):
    Duty.everything.filter(person__in=[cast.sara, cast.erik]).update(signature="XX")
    address = upload(file_of("måndag;15.00;15.40;Schack;;5B;XX"))["Location"]

    assert "Flera i personalen kan vara XX" in client_of(cast.ingrid).get(address).content.decode()


def test_the_same_lesson_twice_is_told_and_for_other_days_it_is_two(cast, upload, client_of, bring_in):
    today = clock.today()
    halves = [
        f"måndag;15.00;15.40;Schack;;5B;;Sal 214;;{today};{today + 8 * WEEK}",
        f"måndag;15.00;15.40;Schack;;5B;;Aulan;;{today + 9 * WEEK};{today + 20 * WEEK}",
    ]
    address = upload(file_of(LESSONS[0], LESSONS[0]))["Location"]

    assert "Samma lektion står redan på rad 2" in client_of(cast.ingrid).get(address).content.decode()
    bring_in(file_of(*halves))
    bring_in(file_of(*halves))

    assert [lesson.room.name for lesson in brought()] == ["Sal 214", "Aulan"]


def test_a_change_holds_from_today_and_a_substitute_follows(cast, bring_in, tuesday):
    bring_in(file_of(*LESSONS))
    tuesday.shift(3 * WEEK)
    chess = brought()[0]
    monday = clock.today() + timedelta(days=6)
    row = stored(lesson_on(cast.ekdal.pk, chess.public_id, monday), cast.ekdal.pk)
    LessonSubstitute.objects.create(occurrence=row, person=cast.pelle, set_at=clock.now())

    bring_in(file_of(LESSONS[0].replace("15.40", "16.00").replace("sara", "erik"), *LESSONS[1:]))

    old, new = Lesson.everything.get(pk=chess.pk), brought()[0]
    assert counts() == {"new": 0, "changed": 1, "ended": 0, "unchanged": 2}
    assert (old.last_day, old.source_id) == (clock.today() - timedelta(days=1), "")
    assert (new.first_day, new.ends_at) == (clock.today(), time(16))
    found = lesson_on(cast.ekdal.pk, new.public_id, monday)
    assert [one.name for one in found.substitutes] == ["Pelle Ask"]
    assert [one.name for one in found.teachers] == ["Erik Wall"]
    before = timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], monday - 2 * WEEK, monday - 2 * WEEK)
    assert [one.name for one in before.occurrences[-1].teachers] == ["Sara Holm"]
    bring_in(file_of(LESSONS[0].replace("15.40", "16.00").replace("sara", "erik"), *LESSONS[1:]))
    assert len(brought()) == 3


def test_a_test_in_the_calendar_follows_its_lesson_and_goes_with_it(cast, bring_in, viewer_of):
    bring_in(file_of(*LESSONS))
    actor, monday = viewer_of(cast.ingrid), clock.today() + timedelta(days=6)
    chess = lesson_on(cast.ekdal.pk, brought()[0].public_id, monday)
    add_mark(actor=actor, lesson=chess, kind="test", text="Springaren")

    bring_in(file_of(LESSONS[0].replace("15.40", "16.00"), *LESSONS[1:]))
    (happening,) = Happening.objects.all()
    assert happening.ends == chess.ends + timedelta(minutes=20)

    bring_in(file_of(*LESSONS[1:]), accept="1")
    assert not Happening.objects.exists()


def test_what_is_gone_from_the_file_ends_and_a_fifth_asks_for_a_yes(
    cast, upload, client_of, bring_in, tuesday
):
    bring_in(file_of(*LESSONS))
    tuesday.shift(WEEK)
    fewer = file_of(LESSONS[0])

    asked = bring_in(fewer)
    still = len([lesson for lesson in brought() if lesson.last_day >= clock.today()])
    bring_in(fewer, accept="1")

    assert "2 av 3 lektioner ska försvinna" in asked
    assert still == 3
    assert [lesson.last_day >= clock.today() for lesson in brought()] == [True, False, False]
    assert Activity.everything.get(name="Kör 5B").valid_until == clock.today() - timedelta(days=1)
    bring_in(file_of(*LESSONS))
    assert counts()["new"] == 2
    assert Activity.everything.get(name="Kör 5B").valid_until is None


def test_a_file_of_one_class_leaves_the_others_alone(cast, bring_in):
    Group.everything.create(
        organiser=cast.ekdal, school=cast.ekdalsskolan, kind="class", name="6A", source="office",
        valid_from=clock.today() - 9 * WEEK,
    )  # fmt: skip
    bring_in(file_of(*LESSONS, *(line.replace("5B", "6A") for line in LESSONS)))

    bring_in(file_of(*(line.replace("5B", "6A") for line in LESSONS)))

    assert len(brought()) == 6


def test_what_the_office_has_changed_by_hand_stays(cast, bring_in):
    bring_in(file_of(*LESSONS))
    Lesson.everything.filter(pk=brought()[0].pk).update(source="office", ends_at=time(16, 30))

    page = bring_in(file_of(*LESSONS))

    assert "Ändrade för hand, lämnas i fred" in page
    assert brought()[0].ends_at == time(16, 30)


def test_another_plan_than_was_seen_is_not_written(cast, upload, client_of):
    address = upload(file_of(*LESSONS))["Location"]
    other = upload(file_of(*LESSONS[:2]))["Location"]
    for one in (address, other):
        client_of(cast.ingrid).get(one)
    client_of(cast.ingrid).post(other)

    answer = client_of(cast.ingrid).post(address, follow=True)

    assert "har ändrats sedan du tittade" in answer.content.decode()
    assert len(brought()) == 2
    client_of(cast.ingrid).post(address)
    assert len(brought()) == 3


def test_collisions_are_told_and_no_bar(cast, upload, client_of):
    lines = ["tisdag;09.30;10.10;Schack;;5B;sara;Sal 214", "tisdag;10.00;10.30;Kör;;5B;;"]
    address = upload(file_of(*lines))["Location"]

    page = client_of(cast.ingrid).get(address).content.decode()
    client_of(cast.ingrid).post(address)

    assert "rad 2 och en lektion som är inlagd för hand" in page
    assert "rad 3 och rad 2" in page
    assert len(brought()) == 2


@pytest.mark.parametrize("content", [b"", b"a;b\r\n1;2", b"\x00\x01", file_of(head=HEAD)])
def test_a_file_that_cannot_be_read_is_told_at_the_field(cast, upload, content):
    answer = upload(content)

    assert answer.status_code == 422
    assert "#id_file" in answer.content.decode()
    assert not TimetableFile.everything.exists()


def test_other_schools_and_other_people_are_404(cast, client_of, upload):
    others = f"/personal/schema/fil/{cast.lillaskolan.public_id}/"

    assert client_of(cast.ingrid).get(others).status_code == 404
    assert client_of(cast.lena).get(others).status_code == 200
    for stranger in (cast.sara, cast.greta, cast.anna):
        assert upload(file_of(*LESSONS), stranger).status_code == 404


def test_the_template_comes_in_as_it_is(cast, client_of):
    answer = client_of(cast.ingrid).get(f"/personal/schema/fil/{cast.ekdalsskolan.public_id}/mall.csv")

    assert answer.content.startswith(b"\xef\xbb\xbfveckodag;start;slut")
    assert "schema-mall.csv" in answer["Content-Disposition"]


def test_rows_are_forgotten_after_a_day(cast, upload, client_of, tuesday):
    address = upload(file_of(*LESSONS))["Location"]
    tuesday.shift(timedelta(hours=25))

    assert client_of(cast.ingrid).get(address).status_code in (302, 404)  # (the session may be over too)
    forget_old_files()
    assert not TimetableFile.everything.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_plan_costs_the_same_for_one_row_as_for_three(
    cast, upload, client_of, django_assert_num_queries, rows
):
    address = upload(file_of(*LESSONS[:rows]))["Location"]
    client = client_of(cast.ingrid)
    client.get(address)

    with django_assert_num_queries(11):
        client.get(address)


def test_nine_hundred_lessons_come_in_within_seconds(cast, viewer_of):
    for number in range(30):
        Group.everything.create(
            organiser=cast.ekdal, school=cast.ekdalsskolan, kind="class", name=f"K{number}", source="office",
            valid_from=clock.today() - 9 * WEEK,
        )  # fmt: skip
    days = ("måndag", "tisdag", "onsdag", "torsdag", "fredag")
    lines = [
        f"{day};{8 + lesson}.00;{8 + lesson}.45;Ämne {lesson};;K{number};;Sal {number};"
        for number in range(30) for day in days for lesson in range(6)
    ]  # fmt: skip
    actor = viewer_of(cast.ingrid)
    begun = stopwatch.monotonic()

    upload = Upload("schema.csv", file_of(*lines))
    first = keep_file(actor=actor, school=cast.ekdalsskolan, upload=upload)
    plan_of(actor=actor, file=first)
    write_file(actor=actor, file=first, accepts_ends=False)
    file = keep_file(actor=actor, school=cast.ekdalsskolan, upload=upload)

    assert len(brought()) == 900
    assert plan_of(actor=actor, file=file).unchanged == 900
    assert Room.everything.filter(name__startswith="Sal ").count() >= 30
    assert stopwatch.monotonic() - begun < 20  # both runs, on a busy machine; alone it is three


def test_the_snapshot_costs_the_same_for_any_school(cast, viewer_of, django_assert_num_queries):
    with django_assert_num_queries(9):
        take_snapshot(cast.ekdal.pk, cast.ekdalsskolan.pk, clock.today())
