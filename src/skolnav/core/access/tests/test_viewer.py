"""Who sees whom follows from what is valid today."""

from datetime import date, timedelta

import pytest
import time_machine
from django.http import Http404

from skolnav.core.access.building import day_parameters
from skolnav.core.people.models import Enrolment, Guardianship, Person
from skolnav.core.schools.models import SchoolBox
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.managers import NoDoor


def test_a_guardian_has_her_children_and_no_other(anna, kim, alva, elis, viewer_of):
    viewer = viewer_of(anna)

    assert [pupil.given_name for pupil in viewer.children] == ["Alva", "Kim"]
    assert viewer.pupil(kim.public_id).class_name == "5B"
    with pytest.raises(Http404):
        viewer.pupil(elis.public_id)


def test_two_siblings_never_share_a_colour(anna, viewer_of):
    hues = [pupil.hue for pupil in viewer_of(anna).children]

    assert len(set(hues)) == 2


def test_custody_that_ended_last_week_opens_nothing(robin, viewer_of):
    viewer = viewer_of(robin)

    assert viewer.children == ()
    assert not viewer.has_a_role


def test_a_decision_of_the_office_cuts_at_once_whatever_the_dates_say(anna, kim, viewer_of):
    Guardianship.everything.filter(guardian=anna, pupil=kim).update(ended_at=clock.now())

    assert [pupil.given_name for pupil in viewer_of(anna).children] == ["Alva"]


def test_a_restriction_keeps_the_custody_but_closes_the_door(anna, kim, viewer_of):
    Guardianship.everything.filter(guardian=anna, pupil=kim).update(restricted_at=clock.now())

    assert [pupil.given_name for pupil in viewer_of(anna).children] == ["Alva"]


def test_a_child_that_has_left_every_school_vanishes(anna, kim, viewer_of):
    Enrolment.everything.filter(pupil=kim).update(valid_until=clock.today() - timedelta(days=1))

    assert [pupil.given_name for pupil in viewer_of(anna).children] == ["Alva"]


def test_a_day_ends_at_midnight_in_stockholm(anna, kim, viewer_of):
    Guardianship.everything.filter(guardian=anna, pupil=kim).update(valid_until=date(2027, 1, 31))

    with time_machine.travel("2027-01-31T22:59:00Z", tick=False):
        assert len(viewer_of(anna).children) == 2
    with time_machine.travel("2027-01-31T23:01:00Z", tick=False):
        assert len(viewer_of(anna).children) == 1


def test_custody_ends_on_the_eighteenth_birthday():
    assert day_parameters(date(2028, 2, 29))["adult_born"] == "2010-02-28"
    assert day_parameters(date(2026, 11, 23))["adult_born"] == "2008-11-23"


def test_somebody_may_be_staff_and_guardian(erik, viewer_of):
    viewer = viewer_of(erik)

    assert viewer.is_staff
    assert [pupil.given_name for pupil in viewer.children] == ["Tuva"]


def test_a_duty_for_the_whole_organiser_reaches_all_its_schools_and_no_other(lena, cast, viewer_of):
    assert viewer_of(lena).administered_school_ids == {cast.ekdalsskolan.pk, cast.lillaskolan.pk}


def test_the_boxes_of_all_her_schools_come_with_an_administrator(lena, cast, viewer_of):
    SchoolBox.objects.create(school=cast.lillaskolan, key="information", enabled=False, order=1)

    assert viewer_of(lena).box_choices == {cast.lillaskolan.pk: {"information": (False, 1)}}


def test_objects_opens_nothing_by_itself(anna, kim, elis, viewer_of):
    with pytest.raises(NoDoor):
        Person.objects.filter(pk=kim.pk)

    assert Person.objects.visible_to(viewer_of(anna)).get_or_404(public_id=kim.public_id) == kim
    with pytest.raises(Http404):
        Person.objects.visible_to(viewer_of(anna)).get_or_404(public_id=elis.public_id)


def test_the_viewer_costs_one_statement(anna, lena, viewer_of, django_assert_num_queries):
    with django_assert_num_queries(1):
        viewer_of(anna)
    with django_assert_num_queries(1):
        viewer_of(lena)
