"""All absence, with a term's figures: for guardians and for the pupil."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.core.people.models import Person
from skolnav.core.presence.writing import Away, set_absences
from skolnav.core.tenancy import clock

from .report_parts import at, in_days, registered, reported, rest, ticked, whole

pytestmark = pytest.mark.usefixtures("tuesday")


def page_of(client, address="/franvaro/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("12-absence-1")
def test_the_button_for_guardians_and_not_for_the_pupil(anna, kim, client_of):
    reported(anna, kim)

    assert "Rapportera frånvaro" in page_of(client_of(anna))
    theirs = page_of(client_of(kim))
    assert "Rapportera frånvaro" not in theirs
    assert "Ångra" not in theirs
    assert "Sjuk" in theirs


@pytest.mark.requirement("11-absence-1")
def test_reports_leave_and_what_teachers_register_all_stand_there(tuesday, anna, omar, kim, cast, client_of):
    reported(anna, kim, wanted=ticked(cast.class_5b, "EN"))
    set_absences(
        "leave:1",
        organiser_id=cast.ekdal.pk,
        pupil_id=kim.pk,
        kind="leave",
        reason="leave",
        away=[Away(in_days(-4))],
        reported_by_id=None,
        reported_at=clock.now(),
    )
    tuesday.move_to(at(15, 0))
    registered(cast.class_5b, "MA", kim=("absent", 0))
    registered(cast.class_5b, "SO", kim=("late", 10))
    registered(cast.class_5b, "IDH", kim=("left", 15))

    page = page_of(client_of(omar), f"/barn/{kim.public_id}/franvaro/")

    assert "Läkare eller tandläkare, 13.20–14.20" in page
    assert "Anmäld av Anna i dag 07.15" in page
    assert "Beviljad ledighet, hela dagen" in page
    assert 'Matematik 09.10–10.00: borta <span class="tag alert">' in page
    assert "SO 10.20–11.20: 10 minuter sen" in page
    assert "Idrott och hälsa 12.00–13.00: gick 15 minuter före slutet" in page


@pytest.mark.requirement("11-absence-1")
def test_the_terms_figures_are_sums_of_minutes(tuesday, anna, kim, alva, cast, client_of):
    tuesday.move_to(at(15, 0))
    registered(cast.class_5b, "SV")  # 60 minutes
    registered(cast.class_5b, "MA", kim=("absent", 0))  # 50
    registered(cast.class_5b, "SO", kim=("late", 10))  # 60
    LessonAttendance.everything.filter(pupil=kim, minutes=10).update(valid_minutes=10, invalid_minutes=0)

    page = page_of(client_of(anna), f"/barn/{kim.public_id}/franvaro/")

    # 60 of 170 minutes: 10 explained, 50 not.
    assert ">35 %</b>" in page
    assert "Anmäld frånvaro 6 %, inte anmäld 29 %." in page
    assert "Sen ankomst: 10 minuter." in page
    math = next(line for line in page.split("<tr>") if "Matematik" in line)
    assert "100 %" in math
    both = page_of(client_of(anna))
    assert "har Kim varit borta" in both
    assert "Skolan har inte tagit närvaro" in both  # of Alva


def test_days_without_registers_are_said_and_not_counted(tuesday, anna, kim, client_of):
    reported(anna, kim, wanted=whole(0, 1))
    tuesday.move_to(at(7, 0, days=2))

    page = page_of(client_of(anna), f"/barn/{kim.public_id}/franvaro/")

    assert "2 dagar är anmälda utan att närvaro har tagits" in page


def test_what_is_reported_now_stands_first_with_what_one_can_do(tuesday, anna, omar, kim, cast, client_of):
    tuesday.move_to(at(9, 30))
    reported(anna, kim, wanted=rest())
    reported(anna, kim, wanted=whole(2, 3))

    page = page_of(client_of(omar))

    now, coming = page.split("Anmält nu")[1].split("<h2")[0].split("<li>")[1:3]
    assert "I dag från 09.30" in now
    assert "Frisk igen" in now
    assert "Ångra" in coming
    assert "Frisk igen" not in coming


def test_a_term_can_be_chosen_and_printed(tuesday, anna, kim, client_of):
    reported(anna, kim)
    tuesday.move_to(at(12, 0, days=140))  # in February
    client = client_of(anna)

    page = page_of(client)
    assert "Vårterminen" in page
    assert "Sjuk, hela dagen" not in page
    autumn = page.split('<option value="')[-1].split('"')[0]
    page = page_of(client, f"/franvaro/?termin={autumn}&visa=papper")
    assert "Sjuk, hela dagen" in page
    assert "paper.js" in page
    for nonsense in ("strunt", "2099-01-01", "\0"):
        assert "Vårterminen" in page_of(client, f"/franvaro/?termin={nonsense}&sida=x")


def test_a_long_list_has_pages(tuesday, anna, kim, client_of):
    set_absences(
        "report:0",
        organiser_id=kim.organiser_id,
        pupil_id=kim.pk,
        kind="reported",
        reason="ill",
        away=[Away(clock.today() - timedelta(days=number)) for number in range(40)],
        reported_by_id=None,
        reported_at=clock.now(),
    )

    assert "Sida 1 av 2" in page_of(client_of(anna))
    assert "Sida" not in page_of(client_of(anna), "/franvaro/?visa=papper")


def test_nobody_protected_is_named_to_the_other_home(anna, omar, kim, client_of):
    reported(anna, kim)
    Person.everything.filter(pk=anna.pk).update(is_protected=True)

    page = page_of(client_of(omar))

    assert "anmäld av en vårdnadshavare" in page
    assert "Anna" not in page


def test_another_family_and_a_teacher_who_is_a_parent_see_none_of_it(anna, kim, maja, elis, erik, client_of):
    reported(anna, kim)

    for person in (maja, elis, erik):
        page = page_of(client_of(person))
        assert "Sjuk, hela dagen" not in page
        assert "Kim" not in page
    assert client_of(erik).get(f"/barn/{kim.public_id}/franvaro/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    tuesday, anna, omar, kim, cast, number, client_of, django_assert_num_queries
):
    for day in range(number):
        reported(anna, kim, wanted=whole(day))
        reported(omar, kim, wanted=whole(7 + day))
    tuesday.move_to(at(15, 0, days=2))
    for code in ("SV", "MA", "SO")[:number]:
        registered(cast.class_5b, code, day=-2, kim=("absent", 0))
    client = client_of(anna)

    with django_assert_num_queries(9):
        client.get("/franvaro/")
