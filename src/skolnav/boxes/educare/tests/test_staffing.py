"""The need for staff half hour by half hour, and the lists on paper."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skolnav.boxes.educare.models import ClosingDay
from skolnav.boxes.educare.queries.plans import Plan
from skolnav.boxes.educare.queries.sections import sections_of
from skolnav.boxes.educare.queries.staffing import need_of, stays
from skolnav.core.people.models import Guardianship, Person
from skolnav.core.people.models.guardianship import Source
from skolnav.core.schools.models import SchoolBreak
from skolnav.core.tenancy import clock

from .staff import give_times, more_children, report_away

STAFFING = "/personal/fritids/bemanning/"
EVENING = "/personal/fritids/kvallslista/"
EVACUATION = "/personal/fritids/utrymning/"


@pytest.fixture
def nour(client_of, cast, tuesday):
    return client_of(cast.nour)


@pytest.fixture
def need(viewer_of, cast, tuesday):
    viewer = viewer_of(cast.nour)
    monday = clock.today() - timedelta(days=1)
    return lambda: need_of(viewer, sections_of(viewer), monday)


def counts(need, day):
    found = next(one for week in need.weeks for one in week.days if one.day == day)
    return {start: count for start, count in zip(need.starts, found.counts, strict=True) if count}


def test_before_school_and_after_it(cast, need):
    give_times(cast.alva, comes="06:45", leaves="15:00")

    found = counts(need(), clock.today())

    assert set(found) == {
        time(6, 30),
        time(7),
        time(7, 30),
        time(8),
        time(13),
        time(13, 30),
        time(14),
        time(14, 30),
    }


def test_lov_closed_days_and_absence(cast, need):
    today = clock.today()
    week_after = today + timedelta(days=7)
    SchoolBreak.objects.create(
        organiser=cast.ekdal, school=cast.lillaskolan, kind="holiday", name="Lov", first_day=week_after,
        last_day=week_after, source="test:1",
    )  # fmt: skip
    ClosingDay.everything.create(
        organiser=cast.ekdal, school=cast.lillaskolan, day=today + timedelta(days=1), reason="Planering",
        closed_at=clock.now(),
    )  # fmt: skip
    for days in (0, 1, 2, 7):
        give_times(cast.alva, today + timedelta(days=days), comes="08:00", leaves="15:00")
    report_away(cast.alva, today + timedelta(days=2))

    found = need()

    assert counts(found, today + timedelta(days=1)) == {}
    assert counts(found, today + timedelta(days=2)) == {}
    assert len(counts(found, week_after)) == 14
    assert [one.closed for one in found.weeks[0].days][2] == "Planering"


MINUTES = st.integers(0, 24 * 60 - 1)
SPANS = st.tuples(MINUTES, MINUTES).map(sorted).map(tuple)


@given(SPANS, st.none() | SPANS, st.lists(SPANS, max_size=4))
def test_nobody_stays_while_at_school_or_away(times, school, away):
    comes, leaves = (time(*divmod(minute, 60)) for minute in times)
    found = stays(Plan(1, clock.today(), comes, leaves), school, away)

    for start, end in found:
        assert times[0] <= start < end <= times[1]
        for gone in [*away, *([school] if school else [])]:
            assert gone[0] >= gone[1] or end <= gone[0] or start >= gone[1]


def test_the_pages_and_their_strangers(cast, nour, client_of, tuesday):
    give_times(cast.alva, collected_by="Omar Rashid")
    tuesday.move_to(clock.start_of(clock.today()) + timedelta(hours=14))
    nour.post("/personal/fritids/checka/", {"in": cast.alva.public_id})

    assert "<meter" in nour.get(STAFFING).content.decode()
    assert "Omar Rashid" in nour.get(EVENING).content.decode()
    evacuation = nour.get(EVACUATION).content.decode()
    assert "070-174 06 05" in evacuation
    assert "Omar Rashid" in evacuation
    for name in ("ulla", "sara", "anna"):
        for address in (STAFFING, EVENING, EVACUATION):
            assert client_of(cast.people[name]).get(address).status_code == 404
    for name in ("ingrid", "greta"):
        for address in (STAFFING, EVENING, EVACUATION):
            assert "Alva" not in client_of(cast.people[name]).get(address).content.decode()
    assert "Alva" in client_of(cast.lena).get(EVACUATION).content.decode()


def test_nobodys_number_for_a_protected_child_or_of_a_protected_guardian(cast, nour):
    nour.post("/personal/fritids/checka/", {"in": cast.alva.public_id})
    Person.everything.filter(pk=cast.omar.pk).update(is_protected=True)
    found = nour.get(EVACUATION).content.decode()
    assert "070-174 06 05" in found
    assert "070-174 06 06" not in found
    assert "Omar" not in found

    Person.everything.filter(pk=cast.alva.pk).update(is_protected=True)

    found = nour.get(EVACUATION).content.decode()
    assert "Alva Larsson" in found
    assert "070-174" not in found


@pytest.mark.parametrize("count", [1, 3])
def test_what_the_pages_cost(cast, nour, count, django_assert_num_queries):
    for pupil in more_children(cast, count):
        Guardianship.everything.create(
            organiser=cast.ekdal,
            pupil=pupil,
            guardian=cast.anna,
            source=Source.OFFICE,
            valid_from=clock.today(),
        )
        nour.post("/personal/fritids/checka/", {"in": pupil.public_id})
    nour.get(STAFFING)

    with django_assert_num_queries(8):
        nour.get(STAFFING)
    with django_assert_num_queries(9):
        nour.get(EVENING)
    with django_assert_num_queries(10):
        assert nour.get(EVACUATION).content.decode().count("070-174 06 05</a>") == count
