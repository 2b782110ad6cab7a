"""Two who take the same lesson: both versions are shown, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from skolnav.boxes.absence.models import AttendanceChange, LessonAttendance, Register
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy.scope import of_organiser
from skolnav.core.tenancy.versions import EditedMeanwhile

from .attendance_parts import FORM, Mark, address_of, at, lesson_of, line_of, posted, take


def test_the_second_sees_both_versions_and_chooses(sara, ingrid, cast, client_of, tuesday):
    tuesday.move_to(at(8, 12))
    address = address_of(lesson_of(cast))
    client_of(sara).post(address, posted({cast.kim: "absent", cast.elis: "present"}))
    second = client_of(ingrid)

    response = second.post(address, posted({cast.kim: "present", cast.elis: ("late", 7)}, form_id=FORM + "2"))

    page = response.content.decode()
    assert response.status_code == 409
    assert "Någon annan har sparat" in page
    assert "Sara Holm" in page
    assert "sen 7 min" in page
    # Untouched: Sara's stands. Touched: hers. Nothing is written yet.
    assert f'name="s-{cast.kim.public_id}" value="absent" checked' in page
    assert f'name="s-{cast.elis.public_id}" value="late" checked' in page
    assert f'name="late-{cast.elis.public_id}" value="7"' in page
    assert 'name="version" value="1"' in page
    assert line_of(cast.elis).state == "present"
    chosen = posted({cast.kim: "absent"}, shown="absent") | posted({cast.elis: ("late", 7)})
    second.post(address, chosen | {"version": 1, "form_id": FORM + "3"})
    assert (line_of(cast.kim).state, line_of(cast.elis).state) == ("absent", "late")
    assert AttendanceChange.objects.count() == 2
    assert AttendanceChange.objects.latest("pk").lines == {str(cast.elis.pk): ["present", 0, "late", 7]}


def test_all_here_from_the_card_never_undoes_what_a_colleague_saved(sara, ingrid, cast, client_of, tuesday):
    tuesday.move_to(at(8, 12))
    address = address_of(lesson_of(cast))
    client_of(sara).post(address, posted({cast.kim: "absent"}))

    response = client_of(ingrid).post(address, {"version": 0, "form_id": FORM + "2"}, follow=True)

    assert "redan tagen" in response.content.decode()
    assert line_of(cast.kim).state == "absent"


@pytest.fixture
def at_once(cast):
    """Run functions at the same moment, each with a connection of its own; gives what came of each."""

    def run(*acts):
        ready = Barrier(len(acts))

        def one(act):
            with of_organiser(cast.ekdal.pk):
                ready.wait(timeout=10)
                try:
                    return act()
                except EditedMeanwhile as told:
                    return told
                finally:
                    connections.close_all()

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return run


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers")
def test_two_first_saves_at_the_same_moment_make_one_register(cast, viewer_of, at_once, tuesday):
    tuesday.move_to(at(8, 12))
    lesson = lesson_of(cast)
    sara, ingrid = viewer_of(cast.sara), viewer_of(cast.ingrid)

    results = at_once(
        lambda: take(sara, cast, lesson, kim=Mark("absent")),
        lambda: take(ingrid, cast, lesson, elis=Mark("absent")),
    )

    told = [result for result in results if isinstance(result, EditedMeanwhile)]
    assert len(told) == 1
    register = Register.everything.get()
    assert told[0].row == register
    assert LessonAttendance.everything.filter(state="absent").count() == 1
    assert AttendanceChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers")
def test_two_changes_at_the_same_moment_write_one(cast, viewer_of, at_once, tuesday):
    tuesday.move_to(at(8, 12))
    sara, ingrid = viewer_of(cast.sara), viewer_of(cast.ingrid)
    take(sara, cast, lesson_of(cast))
    lesson = lesson_of(cast)

    results = at_once(
        lambda: take(sara, cast, lesson, version=1, kim=Mark("absent")),
        lambda: take(ingrid, cast, lesson, version=1, kim=Mark("late", 5)),
    )

    assert sum(isinstance(result, EditedMeanwhile) for result in results) == 1
    assert Register.everything.get().version == 2
    assert AttendanceChange.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no two writers")
def test_a_report_at_the_moment_of_saving_is_counted_whoever_comes_first(cast, viewer_of, at_once, tuesday):
    from skolnav.boxes.absence.actions.reporting import Wanted, report_absence
    from skolnav.core.tenancy import clock

    tuesday.move_to(at(8, 12))
    lesson, today = lesson_of(cast), clock.today()
    sara, anna = viewer_of(cast.sara), viewer_of(cast.anna)

    at_once(
        lambda: take(sara, cast, lesson, kim=Mark("absent")),
        lambda: report_absence(
            actor=anna, pupil_ids=[cast.kim.pk], wanted=Wanted("days", today, today, "ill")
        ),
    )

    assert Absence.everything.filter(pupil=cast.kim).count() == 1
    line = line_of(cast.kim)
    assert (line.valid_minutes, line.invalid_minutes) == (60, 0)
