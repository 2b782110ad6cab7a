"""What the start page says of absence."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.actions.reporting import mark_well
from skolnav.boxes.absence.models import UnexcusedCase
from skolnav.boxes.absence.queries.today import today
from skolnav.core.access.building import build_viewer
from skolnav.core.boxes.registry import PupilDay
from skolnav.core.people.models import Guardianship
from skolnav.core.presence.reading import absences_of
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.tenancy import clock

from .report_parts import at, in_days, reported, rest, ticked, whole

pytestmark = pytest.mark.usefixtures("tuesday")


def card_of(client, name="Kim", address="/"):
    """The day card of a child."""
    page = client.get(address).content.decode()
    return next(
        card for card in page.split("<article")[1:] if f">{name}</bdi>" in card and "card day" in card
    )


def test_the_button_leads_to_reporting_that_child(anna, kim, client_of):
    card = card_of(client_of(anna))

    assert f'href="/barn/{kim.public_id}/franvaro/anmal/"' in card
    assert "Anmäl frånvaro" in card


def test_in_a_long_lov_there_is_nothing_to_report_yet(tuesday, anna, cast, client_of):
    first, last = clock.today(), clock.today() + timedelta(days=30)
    set_breaks(
        "test:1",
        kind="holiday",
        name="Långlov",
        first_day=first,
        last_day=last,
        school_ids=[cast.ekdalsskolan.pk],
    )

    assert "Anmäl frånvaro" not in card_of(client_of(anna))
    tuesday.move_to(at(7, 15, days=14))
    assert "Anmäl frånvaro" in card_of(client_of(anna))


def test_a_child_reported_away_can_be_well_again(anna, omar, kim, client_of):
    reported(anna, kim)

    card = card_of(client_of(omar))

    assert "Sjuk i dag" in card
    assert f'href="/barn/{kim.public_id}/franvaro/frisk/"' in card
    assert "Anmäl frånvaro" not in card


def test_a_part_of_the_day_and_the_rest_of_it(tuesday, anna, kim, cast, client_of):
    reported(anna, kim, wanted=ticked(cast.class_5b, "IDH", "EN"))
    card = card_of(client_of(anna))
    assert "Borta 12.00–14.20" in card
    assert "Anmäl frånvaro" in card

    tuesday.move_to(at(9, 30))
    reported(anna, kim, wanted=rest())
    card = card_of(client_of(anna))
    assert "från 09.30" in card
    assert "Frisk igen" in card


def test_a_child_who_is_back_and_the_next_day(tuesday, anna, kim, client_of):
    (report,) = reported(anna, kim, wanted=whole(0, 1))
    tuesday.move_to(at(9, 30))
    mark_well(actor=build_viewer(anna.pk), report=report, moment=at(10, 20))
    assert "Borta till 10.20" in card_of(client_of(anna))

    reported(anna, kim, wanted=whole(1, reason="other"))
    tuesday.move_to(at(15, 0))
    card = card_of(client_of(anna))
    assert "Borta i morgon" in card
    assert "Frisk igen" in card


def test_the_pupil_sees_the_state_and_no_button(anna, kim, client_of):
    reported(anna, kim)

    card = card_of(client_of(kim))

    assert "Sjuk i dag" in card
    assert "Frisk igen" not in card


def test_unexcused_absence_waits_to_be_explained(anna, omar, kim, maja, cast, client_of):
    case = UnexcusedCase.everything.create(
        organiser_id=cast.ekdal.pk,
        pupil=kim,
        school=cast.ekdalsskolan,
        day=clock.today(),
        opened_at=clock.now(),
        minutes=50,
    )

    for person in (anna, omar):
        page = client_of(person).get("/").content.decode()
        assert "Kim har varit borta utan anmälan" in page
        assert "I dag, 50 minuter" in page
    assert "utan anmälan" not in client_of(maja).get("/").content.decode()
    assert "utan anmälan" not in client_of(kim).get("/").content.decode()
    UnexcusedCase.everything.filter(pk=case.pk).update(day=in_days(-20))
    assert "utan anmälan" not in client_of(anna).get("/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_box_asks_one_statement_for_any_number_of_children(
    anna, kim, alva, tuva, number, django_assert_num_queries
):
    Guardianship.everything.filter(guardian=anna).delete()
    children = [kim, alva, tuva][:number]
    for child in children:
        Guardianship.everything.create(
            organiser_id=child.organiser_id,
            guardian=anna,
            pupil=child,
            source="office",
            valid_from=in_days(-90),
        )
    reported(anna, *children)
    viewer = build_viewer(anna.pk)
    day, calendar = clock.today(), school_calendar(viewer.organiser_id, clock.today(), in_days(1))
    away = absences_of(viewer.pupil_ids, day)
    days = [PupilDay(pupil, day, day, [], away[pupil.id], calendar) for pupil in viewer.pupils]

    with django_assert_num_queries(1):
        said = today(viewer, days)
    assert len(said.lines) == number
