"""The board as Nour taps it on a tablet, and who does not see it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from skolnav.boxes.educare.models import CheckEvent, ClosingDay, DayComment
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .staff import give_times, more_children, report_away

BOARD = "/personal/fritids/"
CHECK = "/personal/fritids/checka/"


@pytest.fixture
def afternoon(tuesday):
    """A quarter past one, when 2A's last lesson has just ended."""
    tuesday.move_to(clock.start_of(clock.today()) + timedelta(hours=13, minutes=15))
    return tuesday


@pytest.fixture
def nour(client_of, cast, afternoon):
    return client_of(cast.nour)


def page(client, address=BOARD, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_one_tap_in_one_tap_out_and_back(cast, nour, afternoon):
    give_times(cast.alva, collected_by="Omar Rashid")
    before = page(nour)
    assert "Alva Larsson" in before
    assert "<b>0 här</b>" in before
    assert "Omar Rashid" in before

    tapped = nour.post(CHECK, {"in": cast.alva.public_id})
    assert (tapped.status_code, tapped["Location"]) == (302, BOARD)
    assert "<b>1 här</b>" in page(nour)

    afternoon.shift(timedelta(hours=2))
    nour.post(CHECK, {"out": cast.alva.public_id})
    assert "1 har gått" in page(nour)

    event = CheckEvent.everything.get(kind="out")
    nour.post(CHECK, {"undo": event.public_id})
    nour.post(CHECK, {"undo": event.public_id})
    assert "<b>1 här</b>" in page(nour)


def test_htmx_gets_the_board_alone_and_keeps_what_was_chosen(cast, nour):
    give_times(cast.alva)
    kept = {"grupp": cast.educare.public_id, "sok": "alv"}

    tapped = nour.post(CHECK, {"in": cast.alva.public_id} | kept, HTTP_HX_REQUEST="true")
    part = nour.get(tapped["Location"], HTTP_HX_REQUEST="true").content.decode()

    assert "<html" not in part
    assert "Alva" in part
    assert cast.educare.public_id in part


def test_ticked_and_all_who_are_awaited(cast, nour):
    give_times(cast.alva)
    first, second, ill = more_children(cast, 3)
    report_away(ill)

    nour.post(CHECK, {"in_ticked": "1", "pupil": [first.public_id]})
    assert "<b>1 här</b>" in page(nour)
    nour.post(CHECK, {"in_due": "1"})
    assert set(CheckEvent.everything.values_list("pupil", flat=True)) == {cast.alva.pk, first.pk, second.pk}
    nour.post(CHECK, {"in_ticked": "1"})
    assert CheckEvent.everything.count() == 3


def test_a_name_is_found_and_garbage_finds_today(cast, nour):
    give_times(cast.alva)
    more_children(cast, 1)

    found = page(nour, sok="alva LARS")
    assert "Alva Larsson" in found
    assert "Barn0" not in found
    assert "Inga barn att visa" in page(nour, sok="zz\0z")
    assert "Alva Larsson" in page(nour, dag="2026-99-99", visa="\0")
    assert nour.get(BOARD, {"grupp": cast.class_2a.public_id}).status_code == 404
    assert nour.post(CHECK, {"in": "nobody"}).status_code == 404
    assert nour.post(CHECK, {"undo": "\0"}).status_code == 404


def test_morning_by_arrival_and_afternoon_by_leaving(cast, nour, tuesday):
    give_times(cast.alva, comes="06:45", leaves="16:30")
    tuesday.move_to(clock.start_of(clock.today()) + timedelta(hours=6, minutes=30))

    assert "Kommer 06.00" in page(nour)
    assert "Går 16.00" in page(nour, visa="dag")


def test_a_protected_child_is_a_name_and_a_mark(cast, nour):
    Person.everything.filter(pk=cast.alva.pk).update(is_protected=True)
    give_times(cast.alva)

    found = page(nour)

    assert "Alva Larsson" in found
    assert "Skyddade uppgifter" in found


def test_a_closed_day_and_marks_stand_on_the_board(cast, nour):
    give_times(cast.alva)
    ClosingDay.everything.create(
        organiser=cast.ekdal,
        school=cast.lillaskolan,
        day=clock.today(),
        reason="Planering",
        closed_at=clock.now(),
    )
    DayComment.everything.create(
        organiser=cast.ekdal, pupil=cast.alva, day=clock.today(), author=cast.anna, text="Glöm inte mössan",
        is_from_staff=False, written_at=clock.now(),
    )  # fmt: skip

    found = page(nour)
    assert "Stängt: Planering" in found
    assert "Ny kommentar" in found

    page(nour, reverse("educare_staff:child", args=[cast.alva.public_id, clock.today()]))
    read = page(nour)
    assert "Ny kommentar" not in read
    assert "Kommentar" in read


def test_the_others_of_the_cast(cast, client_of, afternoon):
    give_times(cast.alva)
    for name in ("ulla", "sara", "ingrid", "pelle"):
        client = client_of(cast.people[name])
        found = client.get(BOARD)
        assert found.status_code == 200
        assert "Alva" not in found.content.decode()
        assert client.post(CHECK, {"in": cast.alva.public_id}).status_code == 404
    assert "Alva" in client_of(cast.lena).get(BOARD).content.decode()
    for name in ("anna", "omar", "kim"):
        assert client_of(cast.people[name]).get(BOARD).status_code == 404
        assert client_of(cast.people[name]).post(CHECK, {"in": cast.alva.public_id}).status_code == 404
    greta = client_of(cast.greta)
    assert "Alva" not in greta.get(BOARD).content.decode()
    assert greta.post(CHECK, {"in": cast.alva.public_id}).status_code == 404
    assert not CheckEvent.everything.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_board_costs(cast, nour, count, django_assert_num_queries):
    for pupil in more_children(cast, count):
        nour.post(CHECK, {"in": pupil.public_id})
    page(nour)

    with django_assert_num_queries(9):
        page(nour)


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_tap_costs(cast, nour, count, django_assert_max_num_queries):
    pupils = more_children(cast, count)
    page(nour)

    with django_assert_max_num_queries(25):
        nour.post(CHECK, {"in_ticked": "1", "pupil": [pupil.public_id for pupil in pupils]})


def test_the_card_on_the_staffs_start_page(cast, client_of, afternoon, django_assert_num_queries, viewer_of):
    from skolnav.boxes.educare.queries.cards import staff_cards

    give_times(cast.alva)
    nour = client_of(cast.nour)
    nour.post(CHECK, {"in": cast.alva.public_id})

    assert "1 barn har checkats in" in page(nour, "/personal/")
    assert "har checkats in" not in page(client_of(cast.ulla), "/personal/")
    viewer = viewer_of(cast.nour)
    with django_assert_num_queries(3):
        staff_cards(viewer)


def test_many_of_one_tap_are_undone_together_while_the_clock_runs(cast, nour, afternoon):
    afternoon.move_to(clock.now(), tick=True)
    pupils = more_children(cast, 3)
    nour.post(CHECK, {"in_ticked": "1", "pupil": [pupil.public_id for pupil in pupils]})
    assert "och 2 till" in page(nour)

    nour.post(CHECK, {"undo": CheckEvent.everything.first().public_id})

    assert not CheckEvent.everything.filter(undone_at=None).exists()
    assert "<b>0 här</b>" in page(nour)


def test_the_last_tap_can_be_undone_from_any_row(cast, nour):
    assert '<div class="board-last" id="board-last"></div>' in page(nour)
    nour.post(CHECK, {"in": cast.alva.public_id})

    html = page(nour)

    assert html.count('name="undo"') == 1
    assert html.index('id="board-last"') < html.index('name="undo"') < html.index('id="board-recent"')
