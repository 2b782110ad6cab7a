"""The report that proves for each case what was sent, when, by which channel, to whom, and how it went."""

import csv
from datetime import datetime, time, timedelta
from io import StringIO

import pytest

from skolnav.boxes.absence.actions.contacts import note_contact
from skolnav.boxes.absence.actions.excusing import excuse_case
from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.boxes.absence.queries.proof import proofs
from skolnav.core.access.building import build_viewer
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.worker import sweep
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .registering import mark
from .test_cases import more_pupils

pytestmark = pytest.mark.django_db

REPORT = "/personal/franvaro/ogiltig/rapport/"


@pytest.fixture
def told(cast, tuesday):
    """Kim was away from a lesson; Anna's mail went, Omar's did not arrive, and Anna has read the bell."""
    tuesday.move_to(datetime.combine(clock.today(), time(9, 15), clock.STOCKHOLM))
    mark(cast.kim, "absent", "08:10", "09:10", by=cast.sara)
    sweep()
    tuesday.shift(timedelta(minutes=5))
    Delivery.everything.filter(person=cast.omar, channel="email").update(sent_at=None, failed_at=clock.now())
    Delivery.everything.filter(person=cast.anna, channel="bell").update(read_at=clock.now())
    return UnexcusedCase.everything.get()


def lines(client, asked=""):
    answer = client.get(f"{REPORT}?format=csv{asked}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_each_delivery_with_how_it_went(told, cast):
    sent = {
        (line.name, line.channel): line.state for line in proofs([told], led_schools=[told.school_id])[0].sent
    }

    assert sent == {
        ("Anna Larsson", "bell"): "read",
        ("Anna Larsson", "email"): "sent",
        ("Omar Rashid", "bell"): "rung",
        ("Omar Rashid", "email"): "failed",
    }


def test_the_file_says_all_of_it(told, cast, client_of):
    sara = build_viewer(cast.sara.pk)
    note_contact(actor=sara, case=told, outcome="reached", guardian_id=cast.omar.pk, note="=HYPERLINK(1)")
    excuse_case(actor=sara, case=told, reason="Var på biblioteket")

    found = lines(client_of(cast.ingrid))

    assert {line["Elev"] for line in found} == {"Kim Larsson"}
    said = [(line["Vad"], line["Kanal"], line["Till"], line["Hur det gick"]) for line in found]
    assert ("Underrättelse 1", "Mejl", "Anna Larsson", "Skickad") in said
    assert ("Underrättelse 1", "Mejl", "Omar Rashid", "Kom inte fram") in said
    assert ("Samtal", "Sara Holm", "Omar Rashid", "Nådde vårdnadshavaren") in said
    assert ("Förklaring", "Sara Holm", "", "Skolans beslut") in said
    assert found[0]["När"].endswith("09:15:00")
    assert [line["Anteckning"] for line in found if line["Vad"] == "Samtal"] == ["'=HYPERLINK(1)"]


def test_what_was_sent_stays_sent_when_the_case_is_settled(told, cast):
    excuse_case(actor=build_viewer(cast.sara.pk), case=told, reason="Fel")
    sweep()

    sent = {
        (line.name, line.channel): line.state for line in proofs([told], led_schools=[told.school_id])[0].sent
    }
    assert sent[("Anna Larsson", "email")] == "sent"
    assert sent[("Anna Larsson", "bell")] == "read"
    assert sent[("Omar Rashid", "bell")] == "cut"


def test_only_ones_own_school_and_period(told, cast, client_of):
    day = clock.today().isoformat()
    assert lines(client_of(cast.lena), f"&first={day}&last={day}&school={cast.ekdalsskolan.public_id}")
    assert lines(client_of(cast.lena), f"&school={cast.lillaskolan.public_id}") == []
    assert lines(client_of(cast.lena), "&first=2026-09-01&last=2026-09-30") == []
    for person in (cast.ulla, cast.greta):
        assert lines(client_of(person)) == []
        assert "Kim" not in client_of(person).get(REPORT).content.decode()
    for person in (cast.erik, cast.pelle, cast.anna, cast.kim):
        assert client_of(person).get(REPORT).status_code == 404
    page = client_of(cast.sara).get(REPORT).content.decode()
    assert "Kim Larsson" in page
    assert "Mejl (skickad)" in page


def test_a_protected_guardian_is_named_to_leaders_alone(told, cast, client_of):
    Person.everything.filter(pk=cast.omar.pk).update(is_protected=True)

    assert "Omar Rashid" in {line["Till"] for line in lines(client_of(cast.lena))}
    assert {line["Till"] for line in lines(client_of(cast.sara))} == {"Anna Larsson", "Skyddade uppgifter"}


def test_a_pupil_who_has_moved_stays_in_the_schools_proof_unless_protected(told, cast, client_of):
    from skolnav.core.people.models import Enrolment, Membership

    yesterday = clock.today() - timedelta(days=1)
    Enrolment.everything.filter(pupil=cast.kim).update(valid_until=yesterday)
    Membership.everything.filter(person=cast.kim).update(valid_until=yesterday)

    assert lines(client_of(cast.ingrid))
    assert lines(client_of(cast.sara)) == []
    Person.everything.filter(pk=cast.kim.pk).update(is_protected=True)
    assert lines(client_of(cast.ingrid)) == []


@pytest.mark.parametrize(
    "asked",
    ["first=garbage", "first=2026-13-40", "school=x", "first=2026-10-09&last=2026-10-01", "first=0001-01-01"],
)
def test_a_period_that_makes_no_sense_is_said_plainly(asked, cast, client_of):
    page = client_of(cast.sara).get(f"/personal/franvaro/ogiltig/rapport/?{asked}")

    assert page.status_code == 422
    assert "Något behöver rättas" in page.content.decode()


def test_each_page_costs_the_same_for_one_case_and_three(cast, client_of, tuesday, django_assert_num_queries):
    pupils = [cast.kim, *more_pupils(cast, 2)]
    counts = {
        "/personal/franvaro/ogiltig/": 9,
        "/personal/franvaro/ogiltig/rapport/": 8,
        "/personal/franvaro/ogiltig/rapport/?format=csv": 8,
    }
    client = client_of(cast.sara)
    for number in (1, 3):
        for pupil in pupils[:number]:
            mark(pupil, "absent", "08:10", "09:10", by=cast.sara)
        UnexcusedCase.everything.update(escalated_at=clock.now())
        sweep()
        Delivery.everything.filter(channel="email").update(sent_at=None, failed_at=clock.now())
        for address, count in counts.items():
            client.get(address)
            with django_assert_num_queries(count):
                assert client.get(address).status_code == 200
        with django_assert_num_queries(10):
            client.get(
                f"/personal/franvaro/ogiltig/{UnexcusedCase.everything.get(pupil=cast.kim).public_id}/"
            )
    anna = client_of(cast.anna)
    kims = UnexcusedCase.everything.get(pupil=cast.kim)
    with django_assert_num_queries(7):
        anna.get(f"/franvaro/ogiltig/{kims.public_id}/")
