"""The first page of the office: finding people."""

import pytest

from skolnav.core.accounts.models import Account
from skolnav.core.people.models import Enrolment, Person

OFFICE = "/kontoret/"


def test_the_first_page_says_what_is_left_to_do(lena):
    page = lena.get(OFFICE).content.decode()

    assert "Läget i dag" in page
    assert "vårdnadshavare utan inloggning" in page


@pytest.mark.parametrize("stranger", ["sara", "ingrid", "anna", "kim", "ulla"])
def test_nobody_else_finds_the_office(cast, client_of, stranger):
    client = client_of(getattr(cast, stranger))

    assert client.get(OFFICE).status_code == 404
    assert client.post(OFFICE, {"sok": "Kim"}).status_code == 404


def test_a_visitor_is_led_to_the_login(visitor):
    assert visitor.get(OFFICE).headers["Location"].startswith("/logga-in/")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kim", "Kim Larsson"),
        ("lars", "Anna Larsson"),
        ("Åkesson", "Maja Åkesson"),
        ("åkesson elis", "Elis Åkesson"),
        ("5b", "Kim Larsson"),
        ("robin", "Robin Nilsson"),
        ("NORÉN", "Ulla Norén"),
        ("omar.rashid@post", "Omar Rashid"),
    ],
)
def test_people_are_found_by_name_user_name_and_class(lena, typed, found):
    page = lena.get(OFFICE, {"sok": typed}).content.decode()

    assert found in page


def test_what_is_typed_comes_by_post_and_leads_to_a_page_that_can_be_kept(lena):
    answer = lena.post(OFFICE, {"sok": "kim", "roll": "elever"})

    assert answer.headers["Location"] == "/kontoret/?sok=kim&roll=elever"


def test_as_one_types_the_list_alone_is_answered(lena):
    part = lena.post(OFFICE, {"sok": "kim"}, headers={"HX-Request": "true"}).content.decode()

    assert "Kim Larsson" in part
    assert "<html" not in part


@pytest.mark.parametrize(
    "write", [lambda n: n, lambda n: f"{n[:8]}-{n[8:]}", lambda n: n[2:], lambda n: f" {n} "]
)
def test_an_identity_number_opens_the_person_and_stands_in_no_address(cast, lena, write):
    answer = lena.post(OFFICE, {"sok": write(cast.anna.identity_number)})

    assert answer.headers["Location"] == f"/kontoret/personer/{cast.anna.public_id}/"


def test_a_number_of_another_municipality_is_nobody(cast, lena):
    answer = lena.post(OFFICE, {"sok": cast.people["gun"].identity_number})

    assert "Ingen på dina skolor" in answer.content.decode()


def test_roles_narrow_the_list(cast, lena):
    page = lena.get(OFFICE, {"roll": "personal"}).content.decode()

    assert "Sara Holm" in page
    assert "Kim Larsson" not in page


def test_nothing_found_says_what_to_try(lena):
    assert "Ingen hittades" in lena.get(OFFICE, {"sok": "xyzzy"}).content.decode()


@pytest.mark.parametrize("typed", ["\0", "%", "' OR 1=1", "k" * 5000, "\u202e", "kim " * 200])
def test_odd_words_find_nothing_and_break_nothing(lena, typed):
    assert lena.get(OFFICE, {"sok": typed, "sida": "-1", "roll": "\0"}).status_code == 200
    assert lena.post(OFFICE, {"sok": typed}).status_code == 302


def test_a_protected_address_is_no_way_to_find_somebody(lena):
    assert "Maja" not in lena.get(OFFICE, {"sok": "maja.akesson@post"}).content.decode()


def test_the_figure_of_the_unconfirmed_opens_their_list(cast, lena):
    Account.objects.filter(person=cast.omar).update(verified_email="")

    page = lena.get(OFFICE, {"roll": "obekraftade"}).content.decode()

    assert "Omar Rashid" in page
    assert "Anna Larsson" not in page


def test_another_municipality_is_never_found(cast, lena, client_of):
    assert "Gun Gran" not in lena.get(OFFICE, {"sok": "gran"}).content.decode()
    assert "Kim Larsson" not in client_of(cast.greta).get(OFFICE, {"sok": "kim"}).content.decode()


def test_forty_people_come_a_page_at_a_time_for_as_many_statements(cast, lena, django_assert_num_queries):
    with django_assert_num_queries(7):
        lena.get(OFFICE, {"sok": "kim"})
    for number in range(40):
        clone = Person.everything.create(
            organiser=cast.ekdal, given_name=f"Kim{number:02}", family_name="Många" * 10
        )
        cast_enrol(cast, clone)

    with django_assert_num_queries(7):
        page = lena.get(OFFICE, {"sok": "kim"})

    assert "Sida 1 av 2" in page.content.decode()


def cast_enrol(cast, person):
    Enrolment.everything.create(
        organiser=cast.ekdal,
        pupil=person,
        school=cast.ekdalsskolan,
        school_year=5,
        source="office",
        valid_from=cast.class_5b.valid_from,
    )
