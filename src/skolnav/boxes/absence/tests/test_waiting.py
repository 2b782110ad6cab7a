"""What waits for a guardian, as one statement says it and as the ORM does."""

from datetime import timedelta

import pytest

from skolnav.boxes.absence.actions.leave import answer_leave
from skolnav.boxes.absence.models import LeaveConsent, UnexcusedCase
from skolnav.boxes.absence.queries.waiting import LOOKS_BACK, MOST_TO_EXPLAIN, asked_of, todo_of
from skolnav.core.tenancy import clock

from .leave_parts import apply, choose, monday

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def cases(cast, kim, alva):
    """Days without an explanation, and others that ask nothing: explained, counted away, too long ago."""
    today = clock.today()

    def case(pupil, days_ago, minutes=60, **fields):
        return UnexcusedCase.everything.create(
            organiser=cast.ekdal, pupil=pupil, school=cast.ekdalsskolan, day=today - timedelta(days=days_ago),
            opened_at=clock.now(), minutes=minutes, **fields,
        )  # fmt: skip

    case(kim, 1, excused_at=clock.now())
    case(kim, 2, minutes=0)
    case(kim, LOOKS_BACK.days + 1)
    case(cast.elis, 1)
    return [case(kim, LOOKS_BACK.days), case(alva, 3), case(kim, 3), case(kim, 0)]


@pytest.fixture
def questions(cast, anna, omar, kim, viewer_of):
    """Anna has applied three times; Omar has answered the second."""
    choose(cast.ekdalsskolan, leave_needs_both=True)
    leaves = [apply(viewer_of(anna), kim, first=monday(week)) for week in (5, 3, 4)]
    answer_leave(actor=viewer_of(omar), leave=leaves[1], agrees=True)
    return [leaves[0], leaves[2]]


def test_the_statement_says_what_the_orm_says(
    cases, questions, anna, omar, kim, viewer_of, django_assert_num_queries
):
    for person in (anna, omar):
        viewer = viewer_of(person)
        with django_assert_num_queries(1):
            asked = asked_of(viewer, viewer.pupils)

        theirs = UnexcusedCase.objects.visible_to(viewer).filter(
            pupil__in=viewer.child_ids, excused_at=None, minutes__gt=0, day__gte=viewer.today - LOOKS_BACK
        )
        found = [
            (one.public_id, one.pupil.id, one.first_day, one.minutes) for one in asked if not one.is_leave
        ]
        assert found == list(
            theirs.order_by("day", "pk").values_list("public_id", "pupil_id", "day", "minutes")
        )
        open_ones = LeaveConsent.objects.filter(guardian=person, answered_at=None).order_by("answer_by", "pk")
        waiting = [
            (one.public_id, one.first_day, one.last_day, one.answer_by) for one in asked if one.is_leave
        ]
        names = ("application__public_id", "application__first_day", "application__last_day", "answer_by")
        assert waiting == list(open_ones.values_list(*names))

    assert {row[0] for row in found} <= {case.public_id for case in cases}
    assert {row[0] for row in waiting} == {leave.public_id for leave in questions}  # Omar's


def test_a_pupil_and_a_stranger_are_asked_nothing(cases, questions, kim, gun, anna, viewer_of):
    assert asked_of(viewer_of(kim), viewer_of(kim).pupils) == []
    assert asked_of(viewer_of(gun), viewer_of(anna).pupils) == []


def test_no_more_cases_than_a_page_can_hold(cast, anna, kim, viewer_of):
    for days_ago in range(MOST_TO_EXPLAIN + 2):
        UnexcusedCase.everything.create(
            organiser=cast.ekdal, pupil=kim, school=cast.ekdalsskolan, opened_at=clock.now(), minutes=20,
            day=clock.today() - timedelta(days=days_ago),
        )  # fmt: skip

    assert len(todo_of(viewer_of(anna), viewer_of(anna).pupils)) == MOST_TO_EXPLAIN
