"""Afterwards: who may correct a register, with a reason, and where one reads what was changed."""

import pytest

from skolnav.boxes.absence.models import AttendanceChange
from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Group, Membership, Person
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, LessonOccurrence

from .attendance_parts import FORM, Mark, address_of, at, lesson_of, line_of, more_pupils, posted, take

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def taken(sara, cast, viewer_of, tuesday):
    """Svenska of the Tuesday, Kim absent; now it is Wednesday morning."""
    tuesday.move_to(at(8, 12))
    lesson = lesson_of(cast)
    take(viewer_of(sara), cast, lesson, kim=Mark("absent"))
    tuesday.move_to(at(7, 30, days=1))
    return lesson


def test_the_teacher_saves_again_on_the_same_day(sara, cast, client_of, viewer_of, tuesday):
    tuesday.move_to(at(8, 12))
    take(viewer_of(sara), cast, lesson_of(cast), kim=Mark("absent"))
    tuesday.move_to(at(8, 25))
    address = address_of(lesson_of(cast))

    client_of(sara).post(address, posted({cast.kim: ("late", 15)}, version=1, shown="absent"))

    assert (line_of(cast.kim).state, line_of(cast.kim).minutes) == ("late", 15)
    assert line_of(cast.elis).state == "present"
    assert AuditRecord.objects.filter(act="correct_register").count() == 1


def test_the_mentor_corrects_with_a_reason_and_it_stands_in_the_history(taken, sara, cast, client_of):
    client, address = client_of(sara), address_of(taken)
    page = client.get(address).content.decode()
    assert "Varför rättar du?</label>" in page  # it is not called optional: whoever changes a mark says why
    assert page.count(f'href="/personal/franvaro/klass/{cast.class_5b.public_id}/"') == 1

    without = client.post(address, posted({cast.kim: "present"}, version=1, shown="absent"))
    assert (without.status_code, line_of(cast.kim, taken.day).state) == (422, "absent")
    assert "Skriv varför" in without.content.decode()
    assert f'name="s-{cast.kim.public_id}" value="present" checked' in without.content.decode()
    client.post(
        address, posted({cast.kim: "present"}, version=1, shown="absent", reason="Kim satt i grupprummet")
    )

    assert line_of(cast.kim, taken.day).state == "present"
    history = client.get(address + "historik/").content.decode()
    assert "Kim satt i grupprummet" in history
    assert "från borta till här" in history
    assert "1 elev var här" in history  # of the first save
    assert "Sara Holm" in history


def test_another_teacher_does_not_correct_a_day_later_but_reads(taken, erik, cast, client_of, viewer_of):
    ActivityTeacher.objects.create(activity_id=taken.activity_id, person=erik, valid_from=taken.day)
    client, address = client_of(erik), address_of(taken)

    page = client.get(address).content.decode()
    assert "Efter dagen är det mentorn" in page
    assert client.post(address, posted({cast.kim: "present"}, version=1, reason="x")).status_code == 422
    with pytest.raises(Refused):
        take(viewer_of(erik), cast, lesson_of(cast, days=-1), version=1, reason="x", kim=Mark("present"))
    assert line_of(cast.kim, taken.day).state == "absent"


def test_a_first_save_a_day_later_needs_no_reason(sara, cast, client_of, tuesday):
    lesson = lesson_of(cast, 1)
    tuesday.move_to(at(7, 30, days=1))

    response = client_of(sara).post(address_of(lesson), {"version": 0, "form_id": FORM})

    assert response["Location"] == "/personal/franvaro/saknas/"
    assert line_of(cast.kim, lesson.day).state == "present"


def test_who_reads_the_history(taken, cast, client_of):
    address = address_of(taken) + "historik/"

    for name in ("sara", "ingrid", "lena"):
        assert client_of(cast.people[name]).get(address).status_code == 200
    for name in ("ulla", "erik", "anna", "kim", "pelle", "greta"):
        assert client_of(cast.people[name]).get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_history_costs_the_same_for_one_change_and_three(
    taken, sara, cast, client_of, viewer_of, number, django_assert_num_queries
):
    more_pupils(cast, number)
    for each in range(number):
        lesson = lesson_of(cast, days=-1)
        take(viewer_of(sara), cast, lesson, version=1 + each, reason="x", kim=Mark("late", 5 + each))
    assert AttendanceChange.objects.count() == number + 1
    client = client_of(sara)

    with django_assert_num_queries(7):
        client.get(address_of(taken) + "historik/")


@pytest.fixture
def german(cast, erik):
    """Kim and somebody of 5A in German, which is Erik's; a lesson that stands alone, 08.10 to 09.10."""
    of = {"organiser_id": cast.ekdal.pk}
    since = at(0, days=-30).date()
    group = Group.everything.create(
        **of, school=cast.ekdalsskolan, kind="teaching", name="Tyska", source="office", valid_from=since
    )
    stranger = Person.everything.create(**of, given_name="Främling", family_name="Fem")
    for pupil in (cast.kim, stranger):
        Membership.everything.create(**of, group=group, person=pupil, source="office", valid_from=since)
    activity = Activity.everything.create(**of, school=cast.ekdalsskolan, name="Tyska", valid_from=since)
    ActivityGroup.objects.create(activity=activity, group=group)
    ActivityTeacher.objects.create(activity=activity, person=erik, valid_from=since)
    single = LessonOccurrence.everything.create(
        **of, activity=activity, day=at(8).date(), starts=at(8, 10), ends=at(9, 10)
    )
    return f"/personal/franvaro/lektion/{single.public_id}/{single.day}/"


def test_a_mentor_corrects_their_own_pupil_in_a_lesson_of_others(
    german, sara, erik, ulla, cast, client_of, tuesday
):
    tuesday.move_to(at(8, 15))
    mentor = client_of(sara)
    assert "Läraren har inte tagit närvaron än" in mentor.get(german).content.decode()
    assert mentor.post(german, {"version": 0, "form_id": FORM}).status_code == 422
    stranger = Person.everything.get(given_name="Främling")
    client_of(erik).post(german, posted({cast.kim: "absent", stranger: "absent"}, form_id=FORM + "2"))

    page = mentor.get(german).content.decode()
    assert "Kim Larsson" in page
    assert "Främling" not in page
    fields = posted({cast.kim: "present", stranger: "present"}, version=1, shown="absent", form_id=FORM + "3")
    assert mentor.post(german, fields).status_code == 302

    assert (line_of(cast.kim).state, line_of(stranger).state) == ("present", "absent")
    assert "Främling" not in mentor.get(german + "historik/").content.decode()
    assert "Främling" in client_of(erik).get(german + "historik/").content.decode()
    assert client_of(ulla).get(german).status_code == 404
    assert client_of(cast.anna).get(german).status_code == 404
