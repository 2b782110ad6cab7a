"""What the desk is made of, as statements of their own say it and as the ORM does."""

from datetime import date, timedelta

import pytest
from django.db.models import OuterRef

from skolnav.boxes.absence.models import AbsenceSettings, LessonAttendance, Register
from skolnav.boxes.absence.queries.desk_rows import names_in, taken_on, written_on
from skolnav.boxes.absence.queries.known import is_known_q
from skolnav.boxes.absence.queries.youngest import DEFAULT_LIMIT, NEVER, NO_YEAR, GroupFacts, facts_of_groups
from skolnav.core.people.models import Enrolment, Group, Membership, Person
from skolnav.core.people.validity import valid_on
from skolnav.core.presence.models import Absence
from skolnav.core.presence.reading import absences_in_groups
from skolnav.core.tenancy import clock

from .attendance_parts import Mark, address_of, at, lesson_of, more_pupils, reported, take


@pytest.fixture
def day(cast, sara, viewer_of, tuesday):
    """A morning in 5B: some reported, some late or away, one who has left the class and one who has left the school."""
    today = clock.today()
    bo, *others = more_pupils(cast, 4)
    reported(cast.kim)
    reported(bo, kind="leave", reason="leave", source="leave:1")
    tuesday.move_to(at(9, 20))
    take(viewer_of(sara), cast, lesson_of(cast), elis=Mark("absent"))
    take(viewer_of(sara), cast, lesson_of(cast, 1), elis=Mark("late", 7), kim=Mark("left", 5))
    Membership.everything.filter(person=bo).update(valid_until=today - timedelta(days=1))
    Person.everything.filter(pk=others[0].pk).update(is_protected=True)
    Enrolment.everything.filter(pupil=others[0]).update(valid_until=today - timedelta(days=1))
    Person.everything.filter(pk=others[1].pk).update(is_active=False)
    return today


def test_registers_and_their_lines(cast, day, django_assert_num_queries):
    schools = [cast.ekdalsskolan.pk, cast.lillaskolan.pk]
    with django_assert_num_queries(2):
        taken, written = taken_on(schools, day), written_on(schools, day)

    registers = Register.everything.filter(school__in=schools, day=day)
    assert taken == set(registers.values_list("occurrence_id", "group_id"))
    lines = LessonAttendance.everything.filter(day=day, register__school__in=schools).exclude(state="present")
    by_orm = [
        (one.pupil_id, one.state, one.minutes, one.invalid_minutes, one.register.starts, one.register.subject)
        for one in lines.select_related("register").order_by("register__starts", "pk")
    ]
    said = [
        (pupil, one.state, one.minutes, one.invalid_minutes, one.starts, one.subject)
        for pupil, mine in written.items()
        for one in mine
    ]
    assert sorted(said) == sorted(by_orm)
    assert [one.state for one in written[cast.elis.pk]] == ["absent", "late"]
    assert written[cast.elis.pk][0].address == address_of(lesson_of(cast))
    assert written_on(schools, day - timedelta(days=1)) == {}


def test_who_is_away_and_who_may_be_named(cast, day, django_assert_num_queries):
    groups = [cast.class_5b.pk, cast.class_2a.pk]
    everybody = list(Person.everything.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        away, names = absences_in_groups(groups, day), names_in(groups, everybody, day)

    members = Membership.everything.filter(Membership.valid_on(day), group__in=groups)
    by_orm = Absence.everything.filter(day=day, pupil__in=members.values("person_id")).order_by("starts")
    assert [one for mine in away.values() for one in mine] == list(by_orm)
    assert cast.kim.pk in away
    known = members.filter(is_known_q(OuterRef("group__school"), "person"), person__is_active=True)
    columns = ("group_id", "person_id", "person__given_name", "person__family_name", "person__is_protected")
    said = {
        (group, one.id, one.given_name, one.family_name, one.is_protected)
        for group, mine in names.items()
        for one in mine
    }
    assert said == set(known.values_list(*columns))
    assert names_in(groups, [cast.kim.pk], day).keys() == {cast.class_5b.pk}


@pytest.mark.parametrize("limit", ["as is", None, 0, 9])
def test_what_is_known_of_groups(cast, day, limit, django_assert_num_queries):
    if limit != "as is":
        AbsenceSettings.everything.update_or_create(
            school=cast.ekdalsskolan,
            defaults={"organiser_id": cast.ekdal.pk, "whole_day_until_year": limit},
        )
    groups = list(Group.everything.values_list("pk", flat=True))
    for first in (day, day - timedelta(days=20)):
        with django_assert_num_queries(1):
            found = facts_of_groups(groups, first, day)

        assert found == {
            group: facts for group in groups if (facts := by_hand(Group.everything.get(pk=group), first, day))
        }


def by_hand(group, first, last):
    """The same, one row at a time."""
    if group.valid_from > last or (group.valid_until and group.valid_until < first):
        return None
    mine = [
        one
        for one in Membership.everything.filter(group=group, valid_from__lte=last)
        if one.valid_until is None or one.valid_until >= first
    ]
    if not mine:
        return None
    years = [
        max((one.school_year for one in enrolled if one.school_year is not None), default=NO_YEAR)
        for one in mine
        for enrolled in [Enrolment.everything.filter(valid_on(last), pupil=one.person_id)]
    ]
    chosen = AbsenceSettings.everything.filter(school=group.school_id).first()
    limit = DEFAULT_LIMIT if chosen is None else chosen.whole_day_until_year
    return GroupFacts(
        pupils=len({one.person_id for one in mine}),
        year=max(years),
        limit=NEVER if limit is None else limit,
        first_day=min(one.valid_from for one in mine),
        last_day=max(one.valid_until or date(9999, 12, 31) for one in mine),
    )
