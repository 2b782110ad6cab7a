"""The office's desk, one's own lessons, the class list, and telephone calls."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.models import AbsenceReport
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.tenancy import clock

from .attendance_parts import FORM, Mark, address_of, at, lesson_of, more_pupils, reported, take

DESK = "/personal/franvaro/"


def page_of(client, address=DESK):
    return client.get(address).content.decode()


def test_the_office_sees_each_class_with_names(lena, sara, cast, client_of, viewer_of, tuesday):
    bo, *_ = more_pupils(cast, 4)
    reported(cast.kim)
    reported(bo, kind="leave", reason="leave", source="leave:1")
    tuesday.move_to(at(8, 12))
    take(viewer_of(sara), cast, lesson_of(cast), elis=Mark("absent"))
    tuesday.move_to(at(9, 5))

    page = page_of(client_of(lena))

    assert "5B" in page
    assert "Anmäld sjuk" in page
    assert "Beviljad ledighet" in page
    assert "Inte hört av" in page  # Elis, since 08.10
    assert "Elis Åkesson" in page
    assert f'<a href="{address_of(lesson_of(cast))}">Svenska 08.10</a>' in page
    # Six pupils, of whom Kim, Bo and Elis are away over lunch.
    assert "3 äter lunch" in page


def test_a_first_register_that_nobody_has_taken_is_not_heard_of_after_nine(lena, cast, client_of, tuesday):
    tuesday.move_to(at(8, 45))
    assert "Närvaron är inte tagen" not in page_of(client_of(lena))

    tuesday.move_to(at(9, 1))

    page = page_of(client_of(lena))
    assert "Närvaron är inte tagen: Svenska 5B 08.10" in page
    # 2A takes its attendance once a day.
    assert "Närvaron är inte tagen: 2A 08.10" in page


def test_a_mentor_has_her_class_and_others_their_lessons(cast, client_of, tuesday):
    sara, ulla, erik, nour = (
        page_of(client_of(cast.people[name])) for name in ("sara", "ulla", "erik", "nour")
    )

    assert "5B" in sara
    assert "2A" not in sara
    assert "2A" in ulla
    assert "5B" not in ulla
    assert "Mina lektioner" in erik
    assert "Elis" not in erik
    assert "inga lektioner" in nour


def test_families_have_no_desk(cast, client_of, tuesday):
    for name in ("anna", "omar", "kim", "maja"):
        for tail in ("", "lektioner/", "saknas/", "anmal/", f"klass/{cast.class_5b.public_id}/"):
            assert client_of(cast.people[name]).get(DESK + tail).status_code == 404


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("2026-99-99", "giltigt datum"),
        ("9999-12-31", "det här läsåret"),
        ("x" * 500, "giltigt datum"),
        ("\0", ""),
    ],
)
def test_a_day_that_cannot_be_is_told_and_today_is_shown(lena, cast, client_of, tuesday, asked, words):
    response = client_of(lena).get(DESK, {"dag": asked})

    assert response.status_code in (200, 422)
    assert words in response.content.decode()


def test_a_day_without_school_says_so(lena, cast, client_of, tuesday):
    saturday = clock.today() + timedelta(days=4)

    page = page_of(client_of(lena), f"{DESK}?dag={saturday}")

    assert "ingen skola den här dagen" in page


def test_a_study_day_demands_nothing(lena, cast, client_of, tuesday):
    today = clock.today()
    set_breaks("test:1", kind="study_day", name="Studiedag", first_day=today, last_day=today,
               school_ids=[cast.ekdalsskolan.pk, cast.lillaskolan.pk])  # fmt: skip
    tuesday.move_to(at(9, 30))

    assert "Närvaron är inte tagen" not in page_of(client_of(lena))


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_the_same_for_one_and_three(
    lena, sara, cast, client_of, viewer_of, tuesday, number, django_assert_num_queries
):
    for pupil in more_pupils(cast, number):
        reported(pupil, source=f"report:{pupil.pk}")
    tuesday.move_to(at(9, 12))
    take(viewer_of(sara), cast, lesson_of(cast), elis=Mark("absent"), kim=Mark("late", 5))
    client = client_of(lena)

    with django_assert_num_queries(11):
        client.get(DESK)


@pytest.mark.parametrize("days", [1, 3])
def test_own_lessons_and_the_card_cost_the_same_on_any_day(
    sara, cast, client_of, tuesday, days, django_assert_num_queries
):
    more_pupils(cast, days)
    client = client_of(sara)

    with django_assert_num_queries(5):
        client.get(f"{DESK}lektioner/?dag={clock.today() + timedelta(days=days)}")


def test_the_class_list_says_who_is_here(sara, erik, ulla, cast, client_of, viewer_of, tuesday):
    reported(cast.kim)
    tuesday.move_to(at(8, 12))
    take(viewer_of(sara), cast, lesson_of(cast), elis=Mark("late", 5))
    address = f"{DESK}klass/{cast.class_5b.public_id}/"

    for person in (sara, erik):
        page = page_of(client_of(person), address)
        assert "Anmäld sjuk" in page
        assert "sen 5 min" in page
        assert "Skyddade uppgifter" in page
    assert client_of(ulla).get(address).status_code == 404


def phoned(**changes):
    return {
        "extent": "days", "first_day": str(clock.today()), "reason": "ill", "telephoned_by": "Mormor",
        "form_id": FORM,
    } | changes  # fmt: skip


def test_the_office_finds_a_pupil_and_types_a_call_in(lena, cast, client_of, tuesday):
    client = client_of(lena)

    found = page_of(client, f"{DESK}anmal/?q=kim+lar")
    assert f"{DESK}anmal/{cast.kim.public_id}/" in found
    assert "Ingen av dina elever" in page_of(client, f"{DESK}anmal/?q=nils")
    for _ in range(2):
        assert client.post(f"{DESK}anmal/{cast.kim.public_id}/", phoned()).status_code == 302

    report = AbsenceReport.everything.get()
    assert (report.pupil, report.is_by_staff, report.telephoned_by) == (cast.kim, True, "Mormor")
    assert "Anmäld sjuk" in page_of(client)


def test_some_lessons_by_telephone(lena, cast, client_of, tuesday):
    lesson = lesson_of(cast, 1)

    client_of(lena).post(
        f"{DESK}anmal/{cast.kim.public_id}/",
        phoned(extent="lessons", lessons=[f"{lesson.public_id}.{lesson.day}"]),
    )

    assert AbsenceReport.everything.get().lessons == [[lesson.public_id, str(lesson.day)]]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"telephoned_by": ""}, "Vem ringde?"),
        ({"first_day": "2020-01-01"}, "har redan varit"),
        ({"first_day": "i går"}, "giltigt datum"),
        ({"last_day": "2099-01-01"}, "veckor i förväg"),
        ({"extent": "lessons"}, "minst en lektion"),
        ({"extent": "alltid"}, "När? "),
    ],
)
def test_a_wrong_call_is_told_and_kept(lena, cast, client_of, tuesday, changes, words):
    response = client_of(lena).post(f"{DESK}anmal/{cast.kim.public_id}/", phoned(**changes))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not AbsenceReport.everything.exists()


def test_who_types_calls_in(cast, client_of, tuesday):
    address = f"{DESK}anmal/{cast.kim.public_id}/"

    for name in ("sara", "ingrid", "lena"):
        assert client_of(cast.people[name]).get(address).status_code == 200
    for name in ("erik", "ulla", "nour", "pelle", "greta", "anna", "kim"):
        assert client_of(cast.people[name]).get(address).status_code == 404
        assert client_of(cast.people[name]).post(address, phoned()).status_code == 404
    assert not AbsenceReport.everything.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_finding_a_pupil_costs_the_same_for_one_and_three(
    lena, cast, client_of, tuesday, number, django_assert_num_queries
):
    more_pupils(cast, number)
    client = client_of(lena)

    with django_assert_num_queries(3):
        assert page_of(client, f"{DESK}anmal/?q=elev").count("Elev0") == number


def test_who_is_away_stands_in_one_list_and_leads_to_the_days_cases(
    sara, cast, client_of, viewer_of, tuesday
):
    tuesday.move_to(at(8, 12))
    take(viewer_of(sara), cast, lesson_of(cast), kim=Mark("absent"))
    tuesday.move_to(at(9, 20))

    page = page_of(client_of(sara), f"{DESK}?visa=namn")

    assert page.count("Kim Larsson") == 1
    assert f"{DESK}ogiltig/rapport/?first={clock.today()}&last={clock.today()}" in page
