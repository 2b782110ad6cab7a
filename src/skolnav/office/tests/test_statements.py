"""No page costs more for more rows, and none more than twelve statements."""

from datetime import date

import pytest

from skolnav.core.people.models import Enrolment, Guardianship, Membership, Person
from skolnav.core.schools.models import SchoolUnit


def family(cast, number):
    """One more pupil of 5B, with a guardian."""
    common = {"organiser": cast.ekdal, "source": "office", "valid_from": cast.class_5b.valid_from}
    pupil, guardian = (
        Person.everything.create(
            organiser=cast.ekdal,
            given_name=f"{name}{number}",
            family_name="Ny",
            birth_date=date(2015, 1, 1),
        )
        for name in ("Elev", "Vuxen")
    )
    Enrolment.everything.create(pupil=pupil, school=cast.ekdalsskolan, school_year=5, **common)
    Membership.everything.create(person=pupil, group=cast.class_5b, **common)
    Guardianship.everything.create(pupil=pupil, guardian=guardian, **common)


def lists(cast):
    return {
        f"/kontoret/grupper/{cast.class_5b.public_id}/inloggningar/": 7,
        f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/inloggningar/": 8,
        f"/kontoret/skolor/{cast.ekdalsskolan.public_id}/inloggningar/personal/": 3,
        "/kontoret/?roll=elever": 7,
        "/kontoret/": 4,
    }


def test_lists_of_people_cost_the_same_for_one_family_and_for_three(cast, lena, django_assert_num_queries):
    family(cast, 0)
    for where, statements in lists(cast).items():
        with django_assert_num_queries(statements, info=where):
            lena.get(where)
    for number in (1, 2):
        family(cast, number)

    for where, statements in lists(cast).items():
        with django_assert_num_queries(statements, info=where):
            lena.get(where)


def test_schools_cost_the_same_for_two_and_for_four(cast, lena, django_assert_num_queries):
    with django_assert_num_queries(3):
        lena.get("/kontoret/skolor/")
    for number in (1, 2):
        SchoolUnit.objects.create(organiser=cast.ekdal, name=f"Skola {number}")

    with django_assert_num_queries(3):
        lena.get("/kontoret/skolor/")


PAGES = (
    "/kontoret/",
    "/kontoret/inloggningar/",
    "/kontoret/skolor/",
    "/kontoret/lasar/",
    "/kontoret/lasar/nytt/",
    "/kontoret/ny/elev/",
    "/kontoret/skolor/{school}/",
    "/kontoret/skolor/{school}/boxar/",
    "/kontoret/skolor/{school}/ny-elev/",
    "/kontoret/skolor/{school}/ny-personal/",
    "/kontoret/skolor/{school}/inloggningar/",
    "/kontoret/skolor/{school}/inloggningar/personal/",
    "/kontoret/grupper/{group}/inloggningar/",
    "/kontoret/personer/{kim}/",
    "/kontoret/personer/{kim}/andra/",
    "/kontoret/personer/{kim}/historik/",
    "/kontoret/personer/{kim}/skydd/",
    "/kontoret/personer/{kim}/inloggning/",
    "/kontoret/personer/{kim}/ny-vardnadshavare/",
    "/kontoret/personer/{kim}/skolgang/ny/",
    "/kontoret/personer/{kim}/skolgang/{school}/",
    "/kontoret/personer/{kim}/skolgang/{school}/sluta/",
    "/kontoret/personer/{kim}/vardnad/{omar}/avsluta/",
    "/kontoret/personer/{kim}/vardnad/{omar}/begransa/",
    "/kontoret/personer/{sara}/uppdrag/nytt/",
    "/kontoret/personer/{sara}/uppdrag/{school}/grupper/",
    "/kontoret/personer/{sara}/uppdrag/{school}/avsluta/teacher/",
)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_at_most_twelve_statements(cast, lena, django_assert_max_num_queries, page):
    ids = {name: getattr(cast, name).public_id for name in ("kim", "omar", "sara")}
    where = page.format(school=cast.ekdalsskolan.public_id, group=cast.class_5b.public_id, **ids)

    with django_assert_max_num_queries(12):
        answer = lena.get(where)

    assert answer.status_code == 200
