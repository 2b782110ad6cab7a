"""Every URL, knocked at by everybody, with what is theirs and what is not."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from skolnav.core.access.checks import walk

from .door import ALL, NOBODY
from .doors import DEMO_ONLY, DOORS, OF_BOXES, ROWS, ROWS_OF_URL, WORDS

pytestmark = pytest.mark.django_db

OPEN, SHUT = {200, 302, 405}, {404, 405}
NAMES = sorted(DOORS)
GUARDED = [name for name in NAMES if not DOORS[name].is_public]


def parameters_of(name):
    """The names of an address's parameters; a box's own child (`/barn/<pupil>/…`) may be left out."""
    route = next(route for route, found, _ in walk() if found == name)
    return [
        one for one in re.findall(r"<(?:\w+:)?(\w+)>", route) if "(?:barn/" not in route or one != "pupil"
    ]


def values_of(name, rows):
    """The parameters with a municipality's rows in them."""
    known = {
        parameter: ROWS_OF_URL.get((name, parameter), ROWS.get(parameter, parameter))
        for parameter in parameters_of(name)
    }
    return {parameter: WORDS.get(parameter) or rows[row] for parameter, row in known.items()}


def names_rows(name):
    return any(parameter not in WORDS for parameter in parameters_of(name))


def knock(client, address, method="get"):
    """The answer's status, "login" for being led there; whatever it did is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/logga-in/?"):
        return "login"
    return response.status_code


def test_every_url_stands_in_the_table():
    urls = {name for _, name, _ in walk()} - DEMO_ONLY

    assert urls == set(DOORS)


@pytest.mark.parametrize("name", [name for name in NAMES if DOORS[name].is_public])
def test_a_public_page_answers_anybody(name, doors):
    address = reverse(name, kwargs=values_of(name, doors.ekdal))

    for member in ("visitor", "anna", "robin", "lena"):
        assert knock(doors.clients[member], address) in {200, 204, 302, 303, 404, 405, 410}


@pytest.mark.parametrize("municipality", ["ekdal", "granby"])
@pytest.mark.parametrize("name", GUARDED)
def test_who_gets_in(name, municipality, doors):
    door = DOORS[name]
    address = reverse(name, kwargs=values_of(name, getattr(doors, municipality)))
    theirs = door.ekdal if municipality == "ekdal" or not names_rows(name) else door.granby or NOBODY

    for member in sorted(ALL):
        answers = [knock(doors.clients[member], address, method) for method in ("get", "post")]
        if member in theirs:
            assert answers[0] in OPEN, f"{member} gets in at {address}"
        else:
            assert set(answers) <= SHUT, f"{member} does not get in at {address}"
            assert 404 in answers, f"{member} is told that there is nothing at {address}"
    for member in ("visitor", "robin"):
        assert knock(doors.clients[member], address) == "login", f"{member} at {address}"


@pytest.mark.parametrize(
    "name", [name for box in OF_BOXES for name in box.DOORS if not name.split(":")[0].endswith("_staff")]
)
def test_a_strangers_child_in_the_address_of_a_box(name, doors, cast):
    for member, child in (("anna", cast.elis), ("maja", cast.kim), ("gun", cast.kim), ("sara", cast.kim)):
        values = values_of(name, doors.ekdal) | {"pupil": child.public_id}

        assert 404 in {
            knock(doors.clients[member], reverse(name, kwargs=values), way) for way in ("get", "post")
        }


def test_unknown_and_forbidden_look_the_same(doors, cast, django_assert_num_queries):
    client = doors.clients["anna"]
    with django_assert_num_queries(1):
        forbidden = client.get(f"/barn/{cast.elis.public_id}/")
    with django_assert_num_queries(1):
        unknown = client.get("/barn/1111111111111111/")

    def without(answer, public_id):
        return re.sub(r'value="[^"]{20,}"', "", answer.content.decode()).replace(public_id, "")

    assert without(forbidden, cast.elis.public_id) == without(unknown, "1111111111111111")
    assert forbidden.status_code == unknown.status_code == 404
