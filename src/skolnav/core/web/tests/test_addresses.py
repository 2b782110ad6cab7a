import pytest
from django.urls import NoReverseMatch, reverse

from skolnav.core.web.addresses import url, url_if_there
from skolnav.core.web.navigation import Entry, links, register

pytestmark = pytest.mark.usefixtures("small_house", "swedish")
CHILD = "A1b2C3d4E5f6G7h8"


@pytest.mark.parametrize(
    ("name", "values"), [("home:start", {}), ("home:child", {"pupil": CHILD}), ("home:news", {"number": 12})]
)
def test_an_address_is_what_django_says(name, values):
    assert url(name, **values) == reverse(name, kwargs=values)
    assert url(name, **values) == reverse(name, kwargs=values)


@pytest.mark.parametrize(
    ("name", "values"),
    [("home:child", {"pupil": 17}), ("home:child", {"pupil": "../../x"}), ("home:news", {"number": "Kim"})],
)
def test_an_id_of_the_wrong_kind_is_no_address(name, values):
    with pytest.raises(NoReverseMatch):
        url(name, **values)


def test_what_is_not_there_is_an_empty_text():
    assert url_if_there("portfolio:index") == ""
    assert url_if_there("portfolio:index", pupil=CHILD) == ""
    assert url("home:start", pupil=None) == "/"


def test_only_links_that_lead_somewhere_show_in_their_order_and_hat():
    for order, key, name in (
        (2, "t-second", "home:search"),
        (1, "t-first", "home:bell"),
        (3, "t-dead", "talks:index"),
    ):
        register(Entry(key, "account", key, "bell", name, hats=("office",), order=order))

    found = [link.key for link in links("account", "office", None, "/sok/") if link.key.startswith("t-")]

    assert found == ["t-first", "t-second"]
    assert not [link for link in links("account", "family", None, "/") if link.key.startswith("t-")]
