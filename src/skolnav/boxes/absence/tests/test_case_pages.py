"""The guardian's page of a case, and the mentor's and the office's."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail

from skolnav.boxes.absence.actions.deadlines import escalate_undelivered
from skolnav.boxes.absence.actions.explaining import explain_case
from skolnav.boxes.absence.actions.reporting import report_absence, undo_report
from skolnav.boxes.absence.actions.wanted import Wanted
from skolnav.boxes.absence.models import AbsenceReport, CaseContact, Excusal, Excuse, UnexcusedCase
from skolnav.boxes.absence.queries.cases_cards import cases_cards
from skolnav.core.access.building import build_viewer
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Guardianship
from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock

from .registering import mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, tuesday):
    """Kim was away from a lesson that is over."""
    tuesday.move_to(datetime.combine(clock.today(), time(9, 15), clock.STOCKHOLM))
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara, subject="Svenska")
    return UnexcusedCase.everything.get(pupil=cast.kim)


def family(case, end=""):
    return f"/franvaro/ogiltig/{case.public_id}/{end}"


def staff(case, end=""):
    return f"/personal/franvaro/ogiltig/{case.public_id}/{end}"


def form_id(client, address):
    import re

    return re.search(r'name="form_id" value="([^"]+)"', client.get(address).content.decode())[1]


def at(hour, minute=0):
    return datetime.combine(clock.today(), time(hour, minute), clock.STOCKHOLM)


def test_the_family_reads_what_was_missed_and_strangers_nothing(case, cast, client_of):
    for person in (cast.anna, cast.omar, cast.kim):
        page = client_of(person).get(family(case)).content.decode()
        assert "Svenska" in page
        assert "60 minuter" in page
        assert ("forklara" in page) is (person != cast.kim)
    for person in (cast.maja, cast.elis, cast.sara, cast.lena, cast.gun, cast.erik):
        assert client_of(person).get(family(case)).status_code == 404
    anna = client_of(cast.anna)
    assert anna.get(f"/barn/{cast.kim.public_id}{family(case)}").status_code == 200
    assert anna.get(f"/barn/{cast.alva.public_id}{family(case)}").status_code == 404


def test_a_pupil_and_a_stranger_explain_nothing(case, cast, client_of):
    for person in (cast.kim, cast.maja, cast.sara):
        assert client_of(person).post(family(case, "forklara/"), {"reason": "ill"}).status_code == 404
    for person in (cast.kim, cast.robin, cast.sara):
        with pytest.raises(NotAllowed):
            explain_case(actor=build_viewer(person.pk), case=case, reason="ill")
    assert not Excuse.objects.exists()


def test_explained_while_the_lesson_is_on_it_becomes_a_report(cast, client_of, tuesday):
    tuesday.move_to(at(8, 30))
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    case = UnexcusedCase.everything.get()

    answer = client_of(cast.anna).post(family(case, "forklara/"), {"reason": "care"})

    assert answer.status_code == 302
    case.refresh_from_db()
    report = AbsenceReport.everything.get()
    assert (report.extent, report.reason, report.reported_by) == ("lessons", "care", cast.anna)
    assert case.excused_at
    assert (Excusal.objects.get().how, Excusal.objects.get().by) == ("report", cast.anna)
    sweep()
    told = Delivery.everything.filter(notice__kind="absence.explained", channel="bell")
    assert set(told.values_list("person", flat=True)) == {cast.sara.pk}


def test_explained_afterwards_the_mentor_accepts_it(case, cast, client_of):
    anna, sara = client_of(cast.anna), client_of(cast.sara)
    sent = {"reason": "ill", "note": "Vaknade sjuk", "form_id": form_id(anna, family(case))}
    assert "Kim har varit borta utan anmälan" in anna.get("/").content.decode()
    for _tap in range(2):
        assert anna.post(family(case, "forklara/"), sent).status_code == 302
    # It is the school's turn: neither guardian is asked again on the start page.
    for guardian in (anna, client_of(cast.omar)):
        assert "Kim har varit borta utan anmälan" not in guardian.get("/").content.decode()
    asked = Excuse.objects.get()
    assert asked.by == cast.anna
    assert "Förklaringen är skickad" in anna.get(family(case)).content.decode()
    client_of(cast.omar).post(family(case, "forklara/"), {"reason": "other"})
    assert Excuse.objects.count() == 1  # the other guardian's finds that it has been explained
    assert "Vaknade sjuk" in sara.get("/personal/franvaro/ogiltig/?visa=svara").content.decode()

    accepted = sara.post(staff(case, "svar/"), {"accepts": "ja"})

    assert accepted.status_code == 302
    case.refresh_from_db()
    line = Excusal.objects.get()
    assert (line.how, line.by, line.reason) == ("accepted", cast.sara, "Vaknade sjuk")
    away = Absence.everything.get()
    assert (away.reason, away.starts, away.ends) == ("ill", at(8, 10), at(9, 10))
    assert "förklarad" in anna.get(family(case)).content.decode()
    again = sara.post(staff(case, "svar/"), {"accepts": "nej", "answer": "Nej"})
    assert "redan svarat" in again.content.decode()


def test_declined_needs_words_and_is_told(case, cast, client_of):
    explain_case(actor=build_viewer(cast.anna.pk), case=case, reason="other")
    sara = client_of(cast.sara)

    wordless = sara.post(staff(case, "svar/"), {"accepts": "nej", "answer": ""})
    assert wordless.status_code == 422
    assert "Skriv varför" in wordless.content.decode()
    sara.post(staff(case, "svar/"), {"accepts": "nej", "answer": "Ring mig"})
    sweep()

    assert not UnexcusedCase.everything.get().excused_at
    assert "Ring mig" in client_of(cast.anna).get(family(case)).content.decode()
    told = Delivery.everything.filter(notice__kind="absence.excuse_answered", channel="bell")
    assert [one.person for one in told] == [cast.anna]


def test_a_report_of_the_whole_day_settles_it_and_its_undoing_opens_it_again(case, cast, client_of):
    anna = build_viewer(cast.anna.pk)
    today = clock.today()
    wanted = Wanted(AbsenceReport.Extent.DAYS, today, today, "ill")

    report = report_absence(actor=anna, pupil_ids=[cast.kim.pk], wanted=wanted)[0]
    case.refresh_from_db()
    assert case.excused_at
    undo_report(actor=anna, report=report)

    case.refresh_from_db()
    assert (case.excused_at, case.revision) == (None, 2)


def test_nobody_reached_by_three_is_to_telephone_and_twice_is_once(case, cast, client_of, tuesday):
    Delivery.everything.all().delete()
    Notice.everything.filter(kind="absence.unexcused").update(person_ids=[])  # as if no letter had gone
    tuesday.move_to(at(14, 59))
    assert escalate_undelivered() == 0
    tuesday.move_to(at(15, 0))
    assert escalate_undelivered() == 1
    assert escalate_undelivered() == 0
    sweep()

    told = Delivery.everything.filter(notice__kind="absence.to_telephone", channel="bell")
    assert set(told.values_list("person__given_name", flat=True)) == {"Sara", "Ingrid", "Lena"}
    for person in (cast.sara, cast.ingrid, cast.lena):
        client = client_of(person)
        assert "070-174 06 05" in client.get("/personal/franvaro/ogiltig/").content.decode()
        assert "Ring hem om ogiltig" in client.get("/personal/").content.decode()
    for person in (cast.ulla, cast.greta):
        assert "Kim" not in client_of(person).get("/personal/franvaro/ogiltig/").content.decode()
    assert client_of(cast.erik).get("/personal/franvaro/ogiltig/").status_code == 404


def test_sent_or_read_is_reached_and_rung_or_failed_is_not(case, cast, tuesday):
    sweep()  # rings, and mails
    assert mail.outbox
    tuesday.move_to(at(15))
    assert escalate_undelivered() == 0

    Delivery.everything.filter(channel="email").update(sent_at=None, failed_at=at(10))
    Delivery.everything.filter(channel="bell", person=cast.omar).update(read_at=at(11))
    assert escalate_undelivered() == 0
    Delivery.everything.filter(channel="bell").update(read_at=None)
    assert escalate_undelivered() == 1


def test_a_guardian_who_reads_it_after_all_is_not_to_be_telephoned(case, cast, client_of, tuesday):
    sweep()
    Delivery.everything.filter(notice__fact=case.fact, channel="email").update(
        sent_at=None, failed_at=clock.now()
    )
    tuesday.move_to(at(15, 1))
    escalate_undelivered()
    assert "Kim Larsson" in client_of(cast.sara).get("/personal/franvaro/ogiltig/").content.decode()

    Delivery.everything.filter(notice__fact=case.fact, channel="bell", person=cast.omar).update(
        read_at=at(18)
    )

    assert "Kim Larsson" not in client_of(cast.sara).get("/personal/franvaro/ogiltig/").content.decode()


def test_a_worker_that_was_away_makes_up_for_it_and_late_cases_get_a_little_while(case, cast, tuesday):
    tuesday.move_to(at(9) + timedelta(days=1))

    assert escalate_undelivered() == 1

    mark(cast.alva, "absent", "08:10", "09:30", by=cast.ulla, day=clock.today() - timedelta(days=1))
    assert escalate_undelivered() == 0
    tuesday.shift(timedelta(minutes=15))
    assert escalate_undelivered() == 1


def test_protected_people_are_named_without_any_number(cast, client_of, tuesday):
    mark(cast.elis, "absent", "08:10", "09:10", by=cast.sara)
    case = UnexcusedCase.everything.get()
    UnexcusedCase.everything.update(escalated_at=clock.now())

    for address in ("/personal/franvaro/ogiltig/", staff(case)):
        page = client_of(cast.sara).get(address).content.decode()
        assert "Skyddade uppgifter, kontakta rektor." in page
        assert "070-174 06 08" not in page
        assert "Maja" not in page
    assert "070-174" not in client_of(cast.lena).get(staff(case)).content.decode()


def test_a_contact_is_noted_once_and_takes_the_case_off_the_list(case, cast, client_of):
    UnexcusedCase.everything.update(escalated_at=clock.now())
    sara = client_of(cast.sara)
    noted = {"outcome": "no_answer", "guardian": cast.anna.public_id, "form_id": form_id(sara, staff(case))}
    for _tap in range(2):
        assert sara.post(staff(case, "kontakt/"), noted).status_code == 302
    assert CaseContact.objects.get().guardian == cast.anna
    assert "Kim" in sara.get("/personal/franvaro/ogiltig/").content.decode()

    unknown = sara.post(staff(case, "kontakt/"), {"outcome": "reached", "guardian": cast.maja.public_id})
    assert unknown.status_code == 422
    wordless = sara.post(staff(case, "kontakt/"), {"outcome": "special"})
    assert "särskilda skälen" in wordless.content.decode()
    sara.post(staff(case, "kontakt/"), {"outcome": "reached", "guardian": cast.omar.public_id, "note": "Ok"})

    assert "Ingen att ringa" in sara.get("/personal/franvaro/ogiltig/").content.decode()
    assert client_of(cast.ulla).post(staff(case, "kontakt/"), noted).status_code == 404


def test_the_school_excuses_and_takes_it_back_with_a_trail(case, cast, client_of):
    sara = client_of(cast.sara)
    assert sara.post(staff(case, "giltig/"), {"reason": " "}).status_code == 422
    sara.post(staff(case, "giltig/"), {"reason": "Var hos kuratorn"})
    case.refresh_from_db()
    assert case.excused_at
    assert Absence.everything.get().source == case.source
    twice = sara.post(staff(case, "giltig/"), {"reason": "Igen"})
    assert "redan förklarad" in twice.content.decode()

    sara.post(staff(case, "angra/"))

    case.refresh_from_db()
    line = Excusal.objects.get()
    assert (case.excused_at, case.revision) == (None, 2)
    assert (line.how, line.by, line.undone_by) == ("staff", cast.sara, cast.sara)
    assert not Absence.everything.exists()
    page = sara.get(staff(case)).content.decode()
    assert "Var hos kuratorn" in page
    assert "ångrat" in page
    assert "inget beslut" in sara.post(staff(case, "angra/")).content.decode()


def test_custody_that_has_ended_since_gets_nothing(case, cast):
    Guardianship.everything.filter(guardian=cast.omar, pupil=cast.kim).update(
        valid_until=clock.today() - timedelta(days=1)
    )

    sweep()

    assert [letter.to for letter in mail.outbox] == [["anna.larsson@post.example"]]


def test_the_start_cards_cost_three_statements_and_nothing_for_others(case, cast, django_assert_num_queries):
    UnexcusedCase.everything.update(escalated_at=clock.now())
    sara, erik = build_viewer(cast.sara.pk), build_viewer(cast.erik.pk)
    with django_assert_num_queries(3):
        cards = cases_cards(sara)
    with django_assert_num_queries(0):
        assert cases_cards(erik) == []

    assert [card.context["kind"] for card in cards] == ["to_call"]


def test_garbage_in_forms_is_an_error_and_no_crash(case, cast, client_of):
    sara, anna = client_of(cast.sara), client_of(cast.anna)
    for end, data in (
        ("kontakt/", {"outcome": "x"}), ("kontakt/", {"outcome": "reached", "note": "a\0b"}), ("giltig/", {}),
        ("svar/", {"accepts": "kanske"}), ("svar/", {"accepts": "ja"}), ("giltig/", {"reason": "x" * 201}),
    ):  # fmt: skip
        assert sara.post(staff(case, end), data).status_code == 422
    assert anna.post(family(case, "forklara/"), {"reason": "flu"}).status_code == 422
    assert not CaseContact.objects.exists()
