"""The board's states through a day. School ends 13.10 for 2A; Alva is the only child of Fritids Eken."""

from datetime import timedelta

import pytest

from skolnav.boxes.educare.actions.checks import check, undo_batch
from skolnav.boxes.educare.models import CareTime, CheckEvent, EducareSettings
from skolnav.boxes.educare.queries.dayboard import board_of, by_hour, is_morning
from skolnav.boxes.educare.queries.events import events_of
from skolnav.boxes.educare.queries.sections import sections_of
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from .staff import give_times, more_children, report_away


@pytest.fixture
def nour(viewer_of, cast, tuesday):
    return viewer_of(cast.nour)


@pytest.fixture
def at(tuesday):
    """`at(13, 30)` moves the clock of the frozen Tuesday."""
    day = clock.today()
    return lambda hour, minute=0: tuesday.move_to(clock.start_of(day) + timedelta(hours=hour, minutes=minute))


@pytest.fixture
def board(nour):
    """The board as Nour opens it now."""
    return lambda day=None: board_of(nour, sections_of(nour), day or clock.today())


def state(board):
    return board.children[0].state


def test_a_child_from_school_through_the_day(cast, nour, at, board):
    give_times(cast.alva, leaves="16:30")
    assert state(board()) == "expected"
    at(10)
    assert state(board()) == "school"
    at(13, 12)
    assert state(board()) == "expected"
    at(13, 26)
    assert state(board()) == "missing"
    check(actor=nour, kind="in", pupils=[cast.alva.public_id])
    found = board()
    assert (state(found), found.here, found.awaited, found.gone) == ("here", 1, 0, 0)
    at(16, 35)
    assert not board().late
    at(16, 40)
    assert board().late == 1
    check(actor=nour, kind="out", pupils=[cast.alva.public_id])
    found = board()
    assert (state(found), found.late, found.gone) == ("gone", 0, 1)


def test_the_school_chooses_when_a_pick_up_is_late(cast, nour, at, board):
    EducareSettings.everything.create(organiser=cast.ekdal, school=cast.lillaskolan, late_after_minutes=0)
    give_times(cast.alva, leaves="16:30")
    at(13, 15)
    check(actor=nour, kind="in", pupils=[cast.alva.public_id])
    at(16, 30)

    assert board().late == 1


def test_a_morning_ends_when_school_begins(cast, nour, at, board):
    give_times(cast.alva, comes="06:45", leaves="16:00")
    at(6, 30)
    assert is_morning(board())
    at(6, 50)
    check(actor=nour, kind="in", pupils=[cast.alva.public_id])
    assert state(board()) == "here"
    at(8, 10)
    assert state(board()) == "school"
    at(13, 15)
    check(actor=nour, kind="in", pupils=[cast.alva.public_id])
    assert state(board()) == "here"
    assert CheckEvent.everything.count() == 2


def test_a_morning_alone_awaits_nobody_in_the_afternoon(cast, at, board):
    give_times(cast.alva, comes="06:45", leaves="")
    at(14)

    assert state(board()) == "none"


@pytest.mark.parametrize(
    ("kind", "reason", "said"), [("reported", "ill", "ill"), ("leave", "leave", "leave")]
)
def test_who_is_away_is_not_missing(cast, at, board, kind, reason, said):
    give_times(cast.alva)
    report_away(cast.alva, kind=kind, reason=reason)
    at(14)

    assert state(board()) == said
    assert by_hour(board().children)[0].at is None


def test_a_day_off_and_no_times(cast, at, board):
    at(14)
    assert state(board()) == "none"
    give_times(cast.alva, leaves="", is_off=True)
    assert state(board()) == "off"


def test_a_day_without_lessons_misses_nobody(cast, at, board):
    saturday = clock.today() + timedelta(days=4)
    give_times(cast.alva, saturday, comes="08:00", leaves="15:00")
    at(24 * 4 + 14)

    assert state(board()) == "expected"


def test_hours_are_those_of_leaving_with_the_missing_on_top(cast, at, board):
    first, second, third = more_children(cast, 3)
    CareTime.everything.filter(pupil=first).update(leaves_at="15:15")
    CareTime.everything.filter(pupil=second).update(leaves_at="15:00")
    at(13, 15)

    hours = by_hour(board().children)

    assert [(str(hour.at), [one.member.person.pk for one in hour.children]) for hour in hours] == [
        ("15:00:00", [second.pk, first.pk]),
        ("16:00:00", [third.pk]),
        ("None", [cast.alva.pk]),
    ]
    at(14)
    assert by_hour(board().children)[0].is_missing


def test_twice_is_once_and_a_double_tap_does_not_send_home(cast, nour, at, board):
    give_times(cast.alva)
    at(13, 15)
    assert len(check(actor=nour, kind="in", pupils=[cast.alva.public_id])) == 1
    assert check(actor=nour, kind="in", pupils=[cast.alva.public_id]) == []
    assert check(actor=nour, kind="out", pupils=[cast.alva.public_id]) == []
    at(13, 16)
    assert len(check(actor=nour, kind="out", pupils=[cast.alva.public_id])) == 1
    at(13, 17)
    assert check(actor=nour, kind="out", pupils=[cast.alva.public_id]) == []


def test_many_at_once_are_undone_at_once(cast, nour, at, board):
    give_times(cast.alva)
    others = more_children(cast, 3)
    at(13, 15)
    events = check(actor=nour, kind="in", pupils=[one.public_id for one in [cast.alva, *others]])
    found = board()
    assert (found.here, [batch.others for batch in found.recent]) == (4, [3])

    assert undo_batch(actor=nour, event=events[0]) == 4
    assert undo_batch(actor=nour, event=events[0]) == 0

    assert (board().here, board().recent) == (0, [])
    assert set(CheckEvent.everything.values_list("undone_by", flat=True)) == {cast.nour.pk}


def test_nobody_else_checks_or_undoes(cast, viewer_of, nour, at):
    give_times(cast.alva)
    at(13, 15)
    event = check(actor=nour, kind="in", pupils=[cast.alva.public_id])[0]
    for name in ("ulla", "sara", "anna", "ingrid"):
        with pytest.raises(NotAllowed):
            check(actor=viewer_of(cast.people[name]), kind="out", pupils=[cast.alva.public_id])
        with pytest.raises(NotAllowed):
            undo_batch(actor=viewer_of(cast.people[name]), event=event)
    with pytest.raises(NotAllowed):
        check(actor=nour, kind="in", pupils=[cast.alva.public_id, cast.kim.public_id])


def test_sixty_children_are_checked_in_within_a_writes_measure(
    cast, nour, at, django_assert_max_num_queries, django_assert_num_queries
):
    children = more_children(cast, 60)
    at(13, 15)
    with django_assert_num_queries(8):
        check(actor=nour, kind="in", pupils=[one.public_id for one in children])
    at(16)
    with django_assert_max_num_queries(12):
        check(actor=nour, kind="out", pupils=[one.public_id for one in children])


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_for_one_as_for_three(cast, nour, at, count, django_assert_num_queries):
    more_children(cast, count)
    at(13, 15)
    sections = sections_of(nour)
    check(actor=nour, kind="in", pupils=[Person.everything.get(given_name="Barn0").public_id])

    with django_assert_num_queries(8):
        found = board_of(nour, sections, clock.today())

    assert len(found.children) == count + 1


def test_the_events_of_the_statement_are_those_of_the_orm(cast, nour, at, django_assert_num_queries):
    today, children = clock.today(), [cast.alva, *more_children(cast, 2)]
    pupils = [child.pk for child in children]
    at(7)
    check(actor=nour, kind="in", pupils=[child.public_id for child in children])
    at(14)
    check(actor=nour, kind="in", pupils=[cast.alva.public_id])
    at(16)
    [gone] = check(actor=nour, kind="out", pupils=[cast.alva.public_id])
    undo_batch(actor=nour, event=gone)

    with django_assert_num_queries(1):
        found = events_of(pupils, today)

    valid = CheckEvent.everything.filter(pupil__in=pupils, day=today, undone_at=None).select_related(
        "pupil", "by"
    )
    by_orm = {
        (one.public_id, one.pupil_id, one.kind, one.at, one.by_id, one.pupil.full_name, one.by.full_name)
        for one in valid
    }
    said = {
        (one.public_id, one.pupil_id, one.kind, one.at, one.by_id, one.pupil, one.by)
        for mine in found.values()
        for one in mine
    }
    assert said == by_orm
    assert [one.at for one in found[cast.alva.pk]] == sorted(one.at for one in found[cast.alva.pk])
    assert events_of(pupils, today + timedelta(days=1)) == {}
