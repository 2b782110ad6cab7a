"""A teacher takes attendance: one tap when everybody is here, one more for each who is not."""

import pytest

from skolnav.boxes.absence.actions.registers import take_register
from skolnav.boxes.absence.models import AttendanceChange, LessonAttendance, Register
from skolnav.boxes.absence.queries.occasions import of_lesson
from skolnav.boxes.absence.queries.registers import RollPupil
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonOccurrence, LessonSubstitute

from .attendance_parts import (
    FORM,
    Mark,
    address_of,
    at,
    lesson_of,
    line_of,
    minutes_of,
    more_pupils,
    posted,
    reported,
    take,
)

pytestmark = pytest.mark.usefixtures("tuesday")


def states(day=None):
    rows = LessonAttendance.everything.filter(day=day or clock.today())
    return dict(rows.values_list("pupil__given_name", "state"))


def test_everybody_is_here_by_one_post_without_fields(sara, cast, client_of, tuesday):
    lesson = lesson_of(cast)
    tuesday.move_to(at(8, 12))
    client = client_of(sara)
    card = client.get("/personal/").content.decode()

    assert "Svenska 5B" in card
    assert "Alla är här" in card
    response = client.post(address_of(lesson), {"version": 0, "form_id": FORM})

    assert response["Location"] == "/personal/"
    assert states() == {"Kim": "present", "Elis": "present"}
    assert minutes_of(cast.kim) == (60, 0, 0)
    assert Register.everything.get().taken_by == sara
    assert AuditRecord.objects.filter(act="take_register").count() == 1
    # The next lesson stands first, when it is its time.
    tuesday.move_to(at(9, 10))
    assert "Matematik 5B" in client.get("/personal/").content.decode()


def test_two_taps_in_a_row_take_it_once(sara, cast, client_of, tuesday):
    tuesday.move_to(at(8, 12))
    client, address = client_of(sara), address_of(lesson_of(cast))

    answers = [client.post(address, {"version": 0, "form_id": FORM}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert (Register.everything.get().version, AttendanceChange.objects.count()) == (1, 1)


def test_each_exception_is_a_line_and_its_minutes(sara, cast, client_of, tuesday):
    bo, *_ = more_pupils(cast, 1)
    tuesday.move_to(at(8, 18))
    client = client_of(sara)
    page = client.get(address_of(lesson_of(cast))).content.decode()
    assert f'name="late-{cast.kim.public_id}" value="8"' in page
    assert f'name="left-{cast.kim.public_id}" value="52"' in page

    client.post(
        address_of(lesson_of(cast)),
        posted({cast.kim: "absent", cast.elis: ("late", "12"), bo: ("left", "20")}),
    )

    assert minutes_of(cast.kim) == (0, 0, 60)
    assert minutes_of(cast.elis) == (48, 0, 12)
    assert minutes_of(bo) == (40, 0, 20)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [("0", "1 till 60"), ("61", "1 till 60"), ("", "1 till 60"), ("tio", "1 till 60"), ("-5", "1 till 60")],
)
def test_wrong_minutes_are_told_at_the_line_and_nothing_is_lost(
    sara, cast, client_of, tuesday, minutes, words
):
    tuesday.move_to(at(8, 18))

    response = client_of(sara).post(
        address_of(lesson_of(cast)), posted({cast.kim: "absent", cast.elis: ("late", minutes)})
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'name="s-{cast.kim.public_id}" value="absent" checked' in page
    assert f'name="s-{cast.elis.public_id}" value="late" checked' in page
    assert not Register.everything.exists()


def test_a_made_up_choice_or_pupil_does_nothing(sara, cast, client_of, tuesday):
    tuesday.move_to(at(8, 18))
    client, address = client_of(sara), address_of(lesson_of(cast))

    assert client.post(address, posted({cast.kim: "överallt"})).status_code == 422
    client.post(address, posted({cast.alva: "absent"}))

    assert states() == {"Kim": "present", "Elis": "present"}


def test_reports_and_leave_are_suggested_in_words_and_saved_as_valid(sara, cast, client_of, tuesday):
    bo, *_ = more_pupils(cast, 1)
    reported(cast.kim)
    reported(bo, kind="leave", reason="leave", source="leave:1")
    tuesday.move_to(at(8, 12))
    client = client_of(sara)

    card = client.get("/personal/").content.decode()
    page = client.get(address_of(lesson_of(cast))).content.decode()

    assert "2 anmälda borta" in card
    assert "Alla andra är här" in card
    assert "Anmäld sjuk" in page
    assert "Beviljad ledighet" in page
    assert f'name="s-{cast.kim.public_id}" value="absent" checked' in page
    client.post(address_of(lesson_of(cast)), {"version": 0, "form_id": FORM})
    assert (minutes_of(cast.kim), minutes_of(bo)) == ((0, 60, 0), (0, 60, 0))


def test_part_of_a_lesson_is_suggested_as_late_or_left(sara, cast, viewer_of, tuesday):
    bo, *_ = more_pupils(cast, 1)
    reported(cast.kim, starts=at(7), ends=at(8, 30), reason="care")
    reported(cast.elis, starts=at(8, 50), ends=at(12), source="report:2")
    reported(bo, starts=at(8, 20), ends=at(8, 30), source="report:3")
    tuesday.move_to(at(8, 12))

    take(viewer_of(sara), cast, lesson_of(cast))

    assert (line_of(cast.kim).state, minutes_of(cast.kim)) == ("late", (40, 20, 0))
    assert (line_of(cast.elis).state, minutes_of(cast.elis)) == ("left", (40, 20, 0))
    assert (line_of(bo).state, minutes_of(bo)) == ("present", (60, 0, 0))


def test_absence_in_the_lesson_before_is_a_hint_and_not_a_choice(sara, cast, client_of, viewer_of, tuesday):
    tuesday.move_to(at(8, 12))
    take(viewer_of(sara), cast, lesson_of(cast), kim=Mark("absent"))
    tuesday.move_to(at(9, 10))

    page = client_of(sara).get(address_of(lesson_of(cast, 1))).content.decode()

    assert "Borta lektionen före" in page
    assert f'name="s-{cast.kim.public_id}" value="present" checked' in page


def test_a_report_that_comes_while_the_page_is_open_holds_for_untouched_lines(sara, cast, client_of, tuesday):
    tuesday.move_to(at(8, 12))
    reported(cast.kim)
    reported(cast.elis, source="report:2")

    # The page was opened before: it had both down as here, and she has touched Elis's line back and forth.
    client_of(sara).post(
        address_of(lesson_of(cast)),
        posted({cast.kim: "present"}) | posted({cast.elis: "present"}, shown="absent"),
    )

    assert states() == {"Kim": "absent", "Elis": "present"}


def test_not_before_its_time_nor_when_it_is_cancelled(sara, cast, client_of, viewer_of, tuesday):
    lesson = lesson_of(cast)
    client = client_of(sara)

    page = client.get(address_of(lesson)).content.decode()
    early = client.post(address_of(lesson), posted({cast.kim: "absent"}))

    assert "en kvart innan" in page
    assert (early.status_code, Register.everything.count()) == (422, 0)
    LessonOccurrence.everything.create(
        organiser_id=cast.ekdal.pk, lesson_id=lesson.lesson_id, activity_id=lesson.activity_id, day=lesson.day,
        starts=lesson.starts, ends=lesson.ends, is_cancelled=True,
    )  # fmt: skip
    tuesday.move_to(at(8, 12))
    assert "inställd" in client.get(address_of(lesson)).content.decode()
    assert client.post(address_of(lesson), {"version": 0, "form_id": FORM}).status_code == 422
    assert not Register.everything.exists()


def test_who_takes_it_and_to_whom_it_does_not_exist(cast, client_of, viewer_of, tuesday):
    lesson = lesson_of(cast)
    tuesday.move_to(at(8, 12))

    for name in ("sara", "ingrid", "lena"):
        assert client_of(cast.people[name]).get(address_of(lesson)).status_code == 200
    for name in ("ulla", "erik", "nour", "pelle", "anna", "kim", "greta"):
        client = client_of(cast.people[name])
        assert client.get(address_of(lesson)).status_code == 404, name
        assert client.post(address_of(lesson), {"version": 0}).status_code == 404, name
        assert client.get(address_of(lesson) + "historik/").status_code == 404, name
    assert client_of(cast.robin).get(address_of(lesson)).status_code == 302  # nothing left for him: the login
    with pytest.raises(NotAllowed):
        take(viewer_of(cast.erik), cast, lesson)
    assert not Register.everything.exists()


def test_addresses_that_lead_nowhere(sara, cast, client_of):
    lesson, client = lesson_of(cast), client_of(sara)
    lunch = f"/personal/franvaro/lektion/{lesson.public_id}/"

    for tail in ("2026-02-30/", "9999-12-31/", "0001-01-01/", f"{lesson.day}T/", "x/"):
        assert client.get(lunch + tail).status_code == 404
    assert client.get(f"/personal/franvaro/lektion/{'1' * 16}/{lesson.day}/").status_code == 404


def test_a_substitute_takes_it_in_time_and_meets_a_calm_page_else(pelle, sara, cast, client_of, tuesday):
    lesson = lesson_of(cast)
    occurrence = LessonOccurrence.everything.create(
        organiser_id=cast.ekdal.pk, lesson_id=lesson.lesson_id, activity_id=lesson.activity_id, day=lesson.day,
        starts=lesson.starts, ends=lesson.ends,
    )  # fmt: skip
    LessonSubstitute.objects.create(occurrence=occurrence, person=pelle, set_by=sara, set_at=clock.now())
    client = client_of(pelle)

    for moment in (at(7, 15), at(10, 30)):
        tuesday.move_to(moment)
        page = client.get(address_of(lesson))
        assert page.status_code == 403
        assert "Kim" not in page.content.decode()
        assert "07.40" in page.content.decode()
        assert client.post(address_of(lesson), {"version": 0, "form_id": FORM}).status_code == 403
    tuesday.move_to(at(8, 12))
    assert "Alla är här" in client.get("/personal/").content.decode()
    assert client.post(address_of(lesson), {"version": 0, "form_id": FORM}).status_code == 302
    assert Register.everything.get().taken_by == pelle
    # The lesson after it is none of his.
    assert client.get(address_of(lesson_of(cast, 1))).status_code == 404


def test_a_protected_pupil_is_a_name_and_a_mark(sara, cast, client_of, tuesday):
    page = client_of(sara).get(address_of(lesson_of(cast))).content.decode()

    assert "Elis Åkesson" in page
    assert "Skyddade uppgifter" in page


def test_the_action_passes_over_whoever_is_not_in_the_lesson(sara, cast, viewer_of, tuesday):
    tuesday.move_to(at(8, 12))
    alva = RollPupil(cast.alva.pk, cast.alva.public_id, "Alva", "Larsson", False)
    occasion = of_lesson(cast.ekdal.pk, lesson_of(cast))

    take_register(actor=viewer_of(sara), occasion=occasion, marks={alva: Mark("absent")}, version=0)

    assert Register.everything.count() == 1
    assert not LessonAttendance.everything.exists()
