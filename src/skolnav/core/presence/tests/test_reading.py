"""Who is away, as a statement of its own says it and as the ORM does."""

from datetime import time, timedelta

import pytest
from django_scopes.exceptions import ScopeError
from django_scopes.state import state

from skolnav.core.presence.models import Absence, Reason
from skolnav.core.presence.reading import absences_of
from skolnav.core.presence.stretches import Away
from skolnav.core.presence.writing import set_absences
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser

FIELDS = [field.attname for field in Absence._meta.concrete_fields]


@pytest.fixture
def away(cast, tuesday):
    """Kim is away this afternoon and tomorrow, Alva today."""
    today = clock.today()
    for pupil, stretches in (
        (cast.kim, [Away(today + timedelta(days=1)), Away(today, at(today, 13), at(today, 14))]),
        (cast.alva, [Away(today)]),
    ):
        set_absences(
            f"report:{pupil.pk}", organiser_id=cast.ekdal.pk, pupil_id=pupil.pk, kind=Absence.Kind.REPORTED,
            reason=Reason.ILL, away=stretches, reported_by_id=cast.anna.pk, reported_at=clock.now(),
        )  # fmt: skip
    return today


def at(day, hour):
    return clock.start_of(day).replace(hour=hour)


def by_orm(pupils, first, last):
    rows = Absence.everything.filter(pupil__in=pupils, day__gte=first, day__lte=last).order_by("starts")
    return {pupil: [said(one) for one in rows if one.pupil_id == pupil] for pupil in pupils}


def said(one):
    return [getattr(one, name) for name in FIELDS]


def test_the_statement_says_what_the_orm_says(cast, away, django_assert_num_queries):
    pupils = [cast.kim.pk, cast.alva.pk, cast.elis.pk]
    for last in (away, away + timedelta(days=1)):
        with django_assert_num_queries(1):
            found = absences_of(pupils, away, last)

        mine = {pupil: [said(one) for one in found.get(pupil, ())] for pupil in pupils}
        assert mine == by_orm(pupils, away, last)

    assert [one.starts.astimezone(clock.STOCKHOLM).time() for one in found[cast.kim.pk]] == [
        time(13),
        time(0),
    ]
    assert cast.elis.pk not in found
    assert absences_of([], away) == {}


def test_of_another_organiser_and_of_none_nothing_is_told(cast, away):
    with of_organiser(cast.ekdal.pk + 1):
        assert absences_of([cast.kim.pk], away) == {}
    token = state.set(None)
    try:
        with pytest.raises(ScopeError):
            absences_of([cast.kim.pk], away)
    finally:
        state.reset(token)
