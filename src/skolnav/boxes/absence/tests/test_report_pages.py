"""The form for reporting, in a browser without scripts, and its receipt."""

from datetime import date, time

import pytest

from skolnav.boxes.absence.models import AbsenceReport, AbsenceSettings
from skolnav.core.presence.models import Absence
from skolnav.core.schools.models import SchoolBox
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity

from .report_parts import (
    address,
    at,
    custody,
    fields,
    in_days,
    lessons_of,
    reported,
    stretches,
)

pytestmark = pytest.mark.usefixtures("tuesday")


def lesson(pupil, group, code):
    found = lessons_of(group)[code]
    return f"{pupil.public_id}.{found.public_id}.{found.day}"


@pytest.mark.requirement("11-absence-2")
@pytest.mark.requirement("12-absence-1")
def test_today_is_chosen_from_the_beginning_and_the_receipt_says_what_holds(anna, omar, kim, client_of):
    client = client_of(anna)
    page = client.get(address(kim, "anmal/")).content.decode()
    assert f'value="{kim.public_id}" checked' in page
    chosen = [line for line in page.split("<input") if 'name="when"' in line and "checked" in line]
    assert len(chosen) == 1
    assert f'value="{clock.today()}"' in chosen[0]
    assert "I dag, hela dagen" in page
    assert "Skriv inte vad barnet har för sjukdom." in page

    answer = client.post(address(kim, "anmal/"), fields(kim))

    receipt = client.get(answer["Location"]).content.decode()
    assert "Kim är anmäld som sjuk i dag." in receipt
    assert "Anmäld av dig i dag 07.15" in receipt
    assert "Ångra" in receipt
    theirs = client_of(omar).get(answer["Location"]).content.decode()
    assert "Anmäld av Anna i dag 07.15" in theirs
    assert stretches(kim) == [(clock.today(), "")]


def test_a_form_sent_twice_reports_once(anna, kim, client_of):
    client = client_of(anna)

    answers = [client.post(address(kim, "anmal/"), fields(kim))["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert AbsenceReport.everything.count() == 1


def test_the_second_guardian_gets_the_firsts_report(anna, omar, kim, alva, client_of):
    reported(anna, kim)
    client = client_of(omar)

    answer = client.post("/franvaro/anmal/", fields(kim, alva))

    receipt = client.get(answer["Location"]).content.decode()
    assert "Kim är anmäld som sjuk i dag." in receipt
    assert "Anmäld av Anna" in receipt
    assert "Alva är anmäld som sjuk i dag." in receipt
    assert AbsenceReport.everything.count() == 2


@pytest.mark.requirement("11-absence-3")
def test_lessons_are_ticked_for_each_child(anna, kim, alva, cast, client_of):
    page = client_of(anna).get("/franvaro/anmal/").content.decode()
    mine, theirs = lesson(kim, cast.class_5b, "EN"), lesson(alva, cast.class_2a, "MA")
    assert mine in page
    assert theirs in page
    assert "Lunch" not in page

    sent = fields(kim, when="lessons", lessons=[mine, theirs], reason="care")
    receipt = client_of(anna).post("/franvaro/anmal/", sent, follow=True).content.decode()

    assert "Kim är anmäld som borta i dag 13.20–14.20." in receipt
    # Ticked for a child who was not chosen after all: folded away on the page, and not meant.
    assert not stretches(alva)


@pytest.mark.requirement("11-absence-3")
def test_no_part_of_the_day_is_offered_without_a_timetable(anna, alva, cast, client_of):
    Activity.everything.filter(school=cast.lillaskolan).delete()

    page = client_of(anna).get(address(alva, "anmal/")).content.decode()

    assert "I dag, hela dagen" in page
    assert "Resten av dagen" not in page


def test_several_days_by_a_chip_or_by_dates(anna, kim, alva, client_of):
    client = client_of(anna)
    page = client.get(address(kim, "anmal/")).content.decode()
    assert "t.o.m. " in page

    client.post(address(kim, "anmal/"), fields(kim, when="days", until=in_days(2).isoformat()))
    client.post(
        address(alva, "anmal/"),
        fields(alva, when="days", first_day=in_days(7), last_day=in_days(8), form_id="formular-nummer-2"),
    )

    assert [day for day, _ in stretches(kim)] == [in_days(0), in_days(1), in_days(2)]
    assert [day for day, _ in stretches(alva)] == [in_days(7), in_days(8)]


@pytest.mark.parametrize(
    ("changes", "words", "place"),
    [
        ({"children": []}, "Välj vem det gäller.", "id_children"),
        ({"when": "i förrgår"}, "Välj ett av alternativen", "id_when"),
        ({"when": "days"}, "Välj till och med vilken dag", "id_until"),
        ({"when": "days", "first_day": "2019-01-07"}, "har redan varit", "id_first_day"),
        ({"when": "days", "first_day": "9999-12-31"}, "högst 3 veckor", "id_last_day"),
        ({"when": "days", "first_day": "0001-01-01"}, "har redan varit", "id_first_day"),
        ({"when": "days", "first_day": "24:00"}, "giltigt datum", "id_first_day"),
        ({"when": "lessons"}, "Välj minst en lektion för Kim", "id_lessons"),
        ({"when": "lessons", "lessons": ["strunt"]}, "går inte längre att anmäla", "id_lessons"),
        ({"reason": "pest"}, "Välj ett av alternativen", "id_reason"),
        ({"note": "x" * 121}, "Högst 120", "id_note"),
        ({"note": "a\0b"}, "Null", "id_note"),
    ],
)
def test_a_fault_is_told_where_it_stands_and_nothing_typed_is_lost(
    anna, kim, client_of, changes, words, place
):
    typed = fields(kim, note="Ring mig") | changes

    answer = client_of(anna).post(address(kim, "anmal/"), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'href="#{place}"' in page
    assert "note" in changes or 'value="Ring mig"' in page
    assert not AbsenceReport.everything.exists()


def test_yesterdays_page_says_what_it_meant(tuesday, anna, kim, client_of):
    """Opened before midnight and sent after it: the day that stood there, not the new one."""
    sent = fields(kim, when=in_days(0).isoformat())
    tuesday.move_to(at(0, 5, days=1))

    page = client_of(anna).post(address(kim, "anmal/"), sent).content.decode()

    assert "I går har redan varit" in page
    assert not Absence.everything.exists()


def test_when_today_is_over_or_no_school_day_the_next_one_is_offered_by_name(tuesday, anna, kim, client_of):
    client = client_of(anna)
    tuesday.move_to(at(14, 30))
    page = client.get(address(kim, "anmal/")).content.decode()
    assert "I morgon, hela dagen" in page
    assert "I dag" not in page.split("Varför?")[0].split("När?")[1]

    tuesday.move_to(at(12, 0, days=4))  # Saturday
    page = client.get(address(kim, "anmal/")).content.decode()
    assert "Mån " in page.split("När?")[1].split(", hela dagen")[0]

    tuesday.move_to(date(clock.today().year + 1, 6, 20).strftime("%Y-%m-%d 10:00:00Z"))
    page = client_of(anna).get(address(kim, "anmal/")).content.decode()
    assert "ingen skoldag att anmäla" in page


def test_a_child_whose_school_has_the_box_off_is_not_offered(anna, kim, alva, cast, client_of):
    SchoolBox.objects.create(school=cast.lillaskolan, key="absence", enabled=False, order=1)

    page = client_of(anna).get(address(kim, "anmal/")).content.decode()

    assert alva.public_id not in page.split("När?")[0].split("Vem?")[1]
    assert client_of(anna).get(address(alva, "anmal/")).status_code == 404


def test_a_locked_lesson_is_not_offered(tuesday, anna, kim, cast, client_of):
    AbsenceSettings.everything.create(
        organiser_id=cast.ekdal.pk, school=cast.ekdalsskolan, locks_at=time(8, 0)
    )
    tuesday.move_to(at(9, 30))

    page = client_of(anna).get(address(kim, "anmal/")).content.decode()

    assert lesson(kim, cast.class_5b, "MA") not in page
    assert lesson(kim, cast.class_5b, "SO") in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_form_costs_the_same_for_one_child_and_three(
    anna, kim, alva, tuva, cast, number, client_of, django_assert_num_queries
):
    custody(anna, [kim, alva, tuva], number)
    client = client_of(anna)

    with django_assert_num_queries(7):
        client.get("/franvaro/anmal/")


@pytest.mark.parametrize(("number", "statements"), [(1, 25), (3, 25)])
def test_a_report_is_at_most_25_statements(
    anna, kim, alva, tuva, number, statements, client_of, django_assert_max_num_queries
):
    custody(anna, [kim, alva, tuva], number)
    client = client_of(anna)

    with django_assert_max_num_queries(statements):
        client.post("/franvaro/anmal/", fields(*[kim, alva, tuva][:number]))
    assert AbsenceReport.everything.count() == number
