"""Lov is answered for by itself; closed days; and what the pages cost."""

from datetime import date, time, timedelta

import pytest

from skolnav.boxes.educare.models import CareTime, ClosingDay, HolidayRound
from skolnav.core.tenancy import clock

from .family import filled, monday, new_pattern, pattern_fields, plan_of, text_of, times_of


@pytest.fixture
def autumn_break(tuesday, cast):
    """Höstlov in week 44, to be answered by the Friday of next week at noon."""
    deadline = clock.start_of(monday(1) + timedelta(days=4)) + timedelta(hours=12)
    return HolidayRound.everything.create(
        organiser=cast.ekdal, school=cast.lillaskolan, name="Höstlov", first_day=monday(3),
        last_day=monday(3) + timedelta(days=4), deadline=deadline, opened_at=clock.now(),
    )  # fmt: skip


def test_lov_is_answered_for_by_itself_and_patterns_do_not_count(autumn_break, anna, alva, client_of):
    client = client_of(anna)
    new_pattern(client, alva, first=monday(2))
    address = f"/barn/{alva.public_id}/fritids/lov/{autumn_break.public_id}/"
    assert plan_of(alva, monday(3)).source == "none"
    assert "Fritids på Höstlov" in text_of(client.get("/"))
    assert "Svara senast" in text_of(client.get(address))
    half = text_of(client.post(address, filled(monday(3))), 422)
    assert "Det är ingen skola den dagen" in half

    sent = filled(
        monday(3), leaves="", **{f"{monday(3)}-comes_at": "0800", f"{monday(3)}-leaves_at": "15.00"}
    )
    assert client.post(address, sent).status_code == 302

    rows = times_of(alva, monday(3))
    assert rows[monday(3)] == (time(8), time(15), False)
    assert rows[monday(3) + timedelta(days=1)] == (None, None, True)
    assert "Fritids på Höstlov" not in text_of(client.get("/"))
    assert "Besvarat" in text_of(client.get("/fritids/"))


def test_not_needed_on_all_of_the_lov_is_one_tap(autumn_break, anna, alva, maja, kim, client_of):
    address = f"/fritids/lov/{autumn_break.public_id}/behovs-inte/"
    for person in (maja, kim):
        assert client_of(person).post(address, {"pupils": alva.public_id}).status_code == 404

    assert client_of(anna).post(address, {"pupils": alva.public_id}).status_code == 302

    assert set(times_of(alva, monday(3)).values()) == {(None, None, True)}
    assert len(times_of(alva, monday(3))) == 5


def test_after_its_deadline_lov_is_locked_and_before_it_open(autumn_break, tuesday, anna, alva, client_of):
    client, address = client_of(anna), f"/fritids/lov/{autumn_break.public_id}/behovs-inte/"
    tuesday.move_to(autumn_break.deadline)

    page = text_of(client.post(address, {"pupils": alva.public_id}, follow=True))

    assert "Dagen låstes" in page
    assert not CareTime.everything.exists()
    assert "Dagarna är låsta." in text_of(
        client.get(f"/barn/{alva.public_id}/fritids/lov/{autumn_break.public_id}/")
    )


def test_the_week_before_lov_is_not_copied_into_it(autumn_break, anna, alva, client_of):
    new_pattern(client_of(anna), alva, first=monday(2), last_day=str(monday(2) + timedelta(days=4)))

    client_of(anna).post("/fritids/som-forra/", {"week": str(monday(3)), "pupils": alva.public_id})

    assert not times_of(alva, monday(3))


def test_a_closed_day_has_no_field_and_says_why(tuesday, anna, alva, cast, client_of):
    ClosingDay.everything.create(
        organiser=cast.ekdal,
        school=cast.lillaskolan,
        day=monday(2),
        reason="Planeringsdag",
        closed_at=clock.now(),
    )
    client, address = client_of(anna), f"/barn/{alva.public_id}/fritids/vecka/{monday(2)}/"

    page = text_of(client.get(address))
    client.post(address, filled(monday(2)))

    assert "Planeringsdag" in page
    assert f'name="{monday(2)}-leaves_at"' not in page
    assert monday(2) not in times_of(alva, monday(2))


def test_red_days_are_closed(tuesday, anna, alva, client_of):
    christmas = date(clock.today().year, 12, 25)
    assert "Juldagen" in text_of(client_of(anna).get(f"/fritids/?vecka={christmas}"))


def test_every_page_and_every_write_stays_within_bounds(
    autumn_break, anna, alva, client_of, django_assert_num_queries, django_assert_max_num_queries
):
    client, own = client_of(anna), f"/barn/{alva.public_id}/fritids/"
    client.get("/fritids/")

    for path, statements in (
        ("schema/nytt/", 2), ("tva-hem/", 3), (f"lov/{autumn_break.public_id}/", 6), ("hamtar/", 2),
    ):  # fmt: skip
        with django_assert_num_queries(statements):
            client.get(own + path)
    for path, sent in (
        ("schema/nytt/", pattern_fields(form_id="d" * 16)),
        (f"lov/{autumn_break.public_id}/behovs-inte/", {"pupils": alva.public_id, "form_id": "e" * 16}),
        ("som-forra/", {"pupils": alva.public_id, "week": str(monday(2)), "form_id": "f" * 16}),
        (f"dag/{clock.today()}/kommentar/", {"text": "Hej", "form_id": "g" * 16}),
        (f"dag/{clock.today()}/onska/", {"leaves_at": "15.00", "form_id": "h" * 16}),
    ):
        with django_assert_max_num_queries(25):
            assert client.post(own + path, sent).status_code == 302
