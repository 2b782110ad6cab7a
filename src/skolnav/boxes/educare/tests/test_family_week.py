"""Guardians see and fill in the week."""

from datetime import time, timedelta

import pytest

from skolnav.boxes.educare.models import CareTime, Collector
from skolnav.core.people.models import Membership
from skolnav.core.tenancy import clock

from .family import filled, monday, text_of, times_of, week_of_times


def place(pupil, cast):
    """A place at Fritids Eken from some time ago."""
    from skolnav.core.people.models.guardianship import Source

    Membership.everything.create(
        organiser=cast.ekdal,
        group=cast.educare,
        person=pupil,
        source=Source.OFFICE,
        valid_from=clock.today() - timedelta(days=60),
    )


@pytest.mark.requirement("11-fritids-1")
def test_a_guardian_fills_in_a_week_and_both_see_it(tuesday, anna, omar, alva, client_of):
    week = monday(2)
    client = client_of(anna)
    assert "Inga tider" in text_of(client.get(f"/barn/{alva.public_id}/fritids/?vecka={week}"))

    page = text_of(client.get(f"/barn/{alva.public_id}/fritids/vecka/{week}/"))
    assert "Låses" in page
    sent = filled(week, **{f"{week}-comes_at": "0645", f"{week + timedelta(days=4)}-is_off": "on"})
    answer = client.post(f"/barn/{alva.public_id}/fritids/vecka/{week}/", sent)

    assert answer.status_code == 302
    rows = times_of(alva, week)
    assert rows[week] == (time(6, 45), time(16, 30), False)
    assert rows[week + timedelta(days=1)] == (None, time(16, 30), False)
    assert rows[week + timedelta(days=4)] == (None, None, True)
    assert "06.45–16.30" in text_of(client_of(omar).get(f"/fritids/?vecka={week}"))


@pytest.mark.requirement("11-fritids-1")
def test_the_lock_is_shown_and_a_locked_day_is_no_field(tuesday, anna, alva, client_of):
    page = text_of(client_of(anna).get(f"/barn/{alva.public_id}/fritids/vecka/{monday(1)}/"))

    tuesday_in_a_week, wednesday = monday(1) + timedelta(days=1), monday(1) + timedelta(days=2)
    assert f'name="{tuesday_in_a_week}-leaves_at"' not in page
    assert f'name="{wednesday}-leaves_at"' in page
    assert "i dag 24.00" in page


def test_strangers_pupils_and_lost_custody_meet_nothing(
    tuesday, anna, robin, maja, kim, gun, sara, alva, cast, client_of
):
    place(kim, cast)
    address = f"/barn/{alva.public_id}/fritids/"

    for person in (maja, kim, gun, sara):
        client = client_of(person)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}vecka/{monday(2)}/", filled(monday(2))).status_code == 404
    assert client_of(robin).get(address).status_code == 302
    own = client_of(kim)
    assert "Kim" in text_of(own.get("/fritids/"))
    assert "Ändra tider" not in text_of(own.get("/fritids/"))
    for path in (f"vecka/{monday(2)}/", "hamtar/", "schema/", "tva-hem/", f"dag/{monday(2)}/kommentar/"):
        assert own.post(f"/fritids/{path}", filled(monday(2))).status_code == 404
    assert not CareTime.everything.exists()


def test_a_child_without_a_place_is_told_plainly(tuesday, maja, elis, client_of):
    assert "Inget av dina barn har plats på fritids" in text_of(client_of(maja).get("/fritids/"))
    assert client_of(maja).get(f"/barn/{elis.public_id}/fritids/dag/{monday(2)}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"comes_at": "16.30", "leaves_at": "15.00"}, "Går hem (15.00) måste vara senare än kommer (16.30)."),
        ({"leaves_at": "24:00"}, "Skriv klockslaget som 16.30."),
        ({"leaves_at": "18.30"}, "Fritids är öppet 06.00–18.00 den dagen."),
        ({"comes_at": "04:00"}, "Fritids är öppet 06.00–18.00 den dagen."),
        ({"who": "other"}, "Skriv namnet på den som hämtar."),
        ({"who": "nobody"}, "Välj någon i listan."),
        ({"other_name": "a\0b"}, "Null"),
    ],
)
def test_what_can_not_be_is_refused_at_the_day_and_the_rest_stays(
    tuesday, anna, alva, client_of, fields, said
):
    week = monday(2)
    sent = filled(week, **{f"{week}-{name}": value for name, value in fields.items()})

    page = text_of(client_of(anna).post(f"/barn/{alva.public_id}/fritids/vecka/{week}/", sent), 422)

    assert said in page
    assert 'value="16:30"' in page or 'value="16.30"' in page
    assert f'href="#day-{week}"' in page
    assert not CareTime.everything.exists()


def test_a_locked_day_sent_all_the_same_changes_nothing(tuesday, anna, alva, client_of):
    first = monday(1)

    client_of(anna).post(f"/barn/{alva.public_id}/fritids/vecka/{first}/", filled(first))

    assert set(times_of(alva, first)) == {first + timedelta(days=number) for number in (2, 3, 4)}


def test_a_second_tap_does_nothing_twice(tuesday, anna, alva, client_of):
    week, client = monday(2), client_of(anna)
    sent = filled(week, form_id="a" * 16)

    for _tap in range(2):
        assert client.post(f"/barn/{alva.public_id}/fritids/vecka/{week}/", sent).status_code == 302

    assert set(CareTime.everything.values_list("version", flat=True)) == {1}


def test_two_guardians_edit_the_same_week_and_nothing_is_lost(tuesday, anna, omar, alva, client_of):
    week = monday(2)
    address = f"/barn/{alva.public_id}/fritids/vecka/{week}/"
    client_of(omar).post(address, filled(week, leaves="15.00"))

    page = text_of(client_of(anna).post(address, filled(week, leaves="16.30")))

    assert "Någon annan sparade medan du skrev." in page
    assert "Till 15.00" in page
    assert page.count('value="16.30"') + page.count('value="16:30"') == 5
    assert {row[1] for row in times_of(alva, week).values()} == {time(15, 0)}
    again = filled(week) | {f"{week + timedelta(days=number)}-version": "1" for number in range(5)}
    assert client_of(anna).post(address, again).status_code == 302
    assert {row[1] for row in times_of(alva, week).values()} == {time(16, 30)}


def test_what_both_wrote_alike_is_no_conflict(tuesday, anna, omar, alva, client_of):
    address = f"/barn/{alva.public_id}/fritids/vecka/{monday(2)}/"

    for person in (omar, anna):
        assert client_of(person).post(address, filled(monday(2))).status_code == 302


def test_same_as_last_week_fills_the_days_without_an_answer(tuesday, anna, alva, client_of):
    week_of_times(alva, monday(1))
    client = client_of(anna)
    assert "Som förra veckan" in text_of(client.get(f"/fritids/?vecka={monday(2)}"))

    answer = client.post(
        "/fritids/som-forra/", {"week": str(monday(2)), "pupils": alva.public_id, "next": "/"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert len(times_of(alva, monday(2))) == 5
    assert "Som förra veckan" not in text_of(client.get(f"/fritids/?vecka={monday(2)}"))


def test_last_week_is_for_ones_own_children(tuesday, maja, kim, elis, alva, cast, client_of):
    week_of_times(alva, monday(1))
    for person in (maja, kim):
        sent = {"week": str(monday(2)), "pupils": alva.public_id}
        assert client_of(person).post("/fritids/som-forra/", sent).status_code == 404
    assert not times_of(alva, monday(2))


def test_a_sibling_gets_the_same_times_and_its_own_collector(tuesday, anna, alva, kim, cast, client_of):
    place(kim, cast)
    for child in (alva, kim):
        Collector.everything.create(
            organiser=cast.ekdal, pupil=child, name="Morfar", added_at=clock.now(), is_usual=False
        )
    hers = Collector.everything.get(pupil=alva)
    week = monday(2)
    sent = filled(week, siblings=kim.public_id, **{f"{week}-who": hers.public_id})

    assert client_of(anna).post(f"/barn/{alva.public_id}/fritids/vecka/{week}/", sent).status_code == 302

    assert CareTime.everything.get(pupil=alva, day=week).collector == hers
    assert CareTime.everything.get(pupil=kim, day=week).collector == Collector.everything.get(pupil=kim)
    assert len(times_of(kim, week)) == 5


def test_a_day_is_copied_to_all_days_before_it_is_saved(tuesday, anna, alva, client_of):
    week = monday(2)
    sent = filled(week, leaves="", **{f"{week}-leaves_at": "15.15", "copy": str(week)})

    page = text_of(client_of(anna).post(f"/barn/{alva.public_id}/fritids/vecka/{week}/", sent))

    assert page.count('value="15.15"') == 5
    assert not CareTime.everything.exists()


@pytest.mark.parametrize(
    ("query", "is_known"),
    [("2026-W43", True), ("43", True), ("w43", True), ("v. 43", True), ("Vecka 43", True), ("", True)]
    + [(text, False) for text in ("2026-W99", "99", "0", "x\0", "0001-01-01", "9999-12-31", "²", "W-W")],
)
def test_one_jumps_to_a_week_and_nonsense_is_this_week_and_said(tuesday, anna, client_of, query, is_known):
    answer = client_of(anna).get("/fritids/", {"vecka": query})

    assert answer.status_code == 200
    assert ("Den veckan går inte att visa." in text_of(answer)) is not is_known


def test_a_reported_absence_stands_at_its_day(tuesday, anna, alva, cast, client_of):
    from skolnav.core.presence.models import Absence

    Absence.everything.create(
        organiser=cast.ekdal, pupil=alva, kind="reported", reason="ill", day=clock.today(),
        starts=clock.start_of(clock.today()), ends=clock.end_of(clock.today()), is_whole_day=True,
        source="report:1", reported_at=clock.now(),
    )  # fmt: skip

    assert "Anmäld frånvaro" in text_of(client_of(anna).get("/fritids/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_week_costs_the_same_for_one_child_and_for_three(
    tuesday, anna, alva, kim, elis, cast, number, client_of, django_assert_num_queries
):
    from skolnav.core.people.models import Guardianship

    for child in (kim, elis)[: number - 1]:
        place(child, cast)
        week_of_times(child, monday(1))
    if number == 3:
        Guardianship.everything.create(
            organiser=cast.ekdal, pupil=elis, guardian=anna, source="office", valid_from=clock.today()
        )
    week_of_times(alva, monday(1))
    client = client_of(anna)
    client.get("/fritids/")

    with django_assert_num_queries(6):
        page = text_of(client.get(f"/fritids/?vecka={monday(1)}"))
    assert page.count("Ändra tider") >= number
    with django_assert_num_queries(6):
        client.get(f"/barn/{alva.public_id}/fritids/vecka/{monday(2)}/")


def test_saving_a_week_is_a_write_within_bounds(
    tuesday, anna, alva, client_of, django_assert_max_num_queries
):
    client, week = client_of(anna), monday(2)
    client.get("/fritids/")

    with django_assert_max_num_queries(25):
        client.post(f"/barn/{alva.public_id}/fritids/vecka/{week}/", filled(week, form_id="b" * 16))
