"""The frame around a page: whose name stands at the top right, where choosing leads, which links there are."""

import re

import pytest

from skolnav.core.web import render
from skolnav.core.web.shell import Shell

from .conftest import ALVA, KIM, viewer

KIM_PAGE, ALVA_PAGE = f"/barn/{KIM.public_id}/", f"/barn/{ALVA.public_id}/"


def page(request) -> str:
    return render(request, "web/page.html").content.decode()


def summary(html: str) -> str:
    return re.sub("<[^>]+>", "", html.split("<summary>")[1].split("</summary>")[0]).strip()


@pytest.mark.requirement("8-children-1")
def test_the_name_of_the_child_stands_in_the_menu_and_switches(asked):
    request = asked(KIM_PAGE, viewer(KIM, ALVA))

    html = page(request)

    assert summary(html) == "KKim"
    assert f'href="{ALVA_PAGE}"' in html
    assert "Alla barn" in html
    assert Shell(request).child is KIM


@pytest.mark.requirement("8-children-1")
def test_without_a_choice_it_is_all_the_children(asked):
    assert summary(page(asked("/", viewer(KIM, ALVA)))) == "Alla barn"


def test_an_only_child_needs_no_choice(asked):
    html = page(asked("/", viewer(KIM)))

    assert summary(html) == "Kim"
    assert "Alla barn" not in html


def test_somebody_elses_child_in_the_path_is_nobody(asked):
    assert Shell(asked(ALVA_PAGE, viewer(KIM))).child is None


@pytest.mark.requirement("7-bell-1")
def test_the_bell_tells_how_many_are_unread(asked):
    html = page(asked("/", viewer(KIM)))

    assert 'aria-label="Notiser, 3 olästa"' in html
    assert 'href="/notiser/"' in html


def test_nobody_logged_in_has_no_bell_and_no_name(asked):
    html = page(asked("/"))

    assert 'id="bell"' not in html
    assert "<summary>" not in html


def test_the_hat_follows_the_path_and_is_kept_on_shared_pages(asked):
    both = viewer(KIM, roles=frozenset({(1, "teacher")}))

    assert Shell(asked("/", both)).hat == "family"
    assert Shell(asked("/personal/", both)).hat == "staff"
    assert Shell(asked("/notiser/", both, hatt="staff")).hat == "staff"
    assert Shell(asked("/notiser/", viewer(KIM), hatt="staff")).hat == "family"


def test_changing_hats_is_a_link_and_needs_no_second_login(asked):
    both = viewer(KIM, roles=frozenset({(1, "teacher")}))

    assert Shell(asked("/", both)).other_hats == [("staff", "/personal/")]
    assert Shell(asked("/personal/", both)).other_hats == [("family", "/")]


@pytest.mark.django_db
def test_a_page_of_the_shell_asks_the_database_nothing(asked, django_assert_num_queries):
    request = asked("/", viewer(KIM, ALVA))

    with django_assert_num_queries(0):
        page(request)


def test_a_pages_forms_share_one_token(asked):
    tokens = set(re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', page(asked("/", viewer(KIM)))))

    assert len(tokens) == 1


def test_from_a_page_further_in_one_goes_up_and_may_still_close_the_box(cast, sara, client_of):
    page = client_of(sara).get("/personal/franvaro/utredning/").content.decode()

    assert 'class="up" href="/personal/franvaro/"' in page
    assert "Stäng Frånvaro" in page
    assert 'class="up"' not in client_of(sara).get("/personal/franvaro/").content.decode()
