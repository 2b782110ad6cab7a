"""The bell: its count, its list, and the way from a notice to the very place."""

import re

import pytest
from django.urls import reverse

from skolnav.core.accounts.models import Account
from skolnav.core.feed.models import Side
from skolnav.core.notifications.models import Delivery, Preference
from skolnav.core.people.models import Guardianship
from skolnav.core.publishing.models import Target
from skolnav.core.tenancy import clock


def number_in_menu(html: str) -> str:
    found = re.search(
        r'<a class="tool" id="bell"[^>]*>.*?<span class="count"[^>]*>(.*?)</span>', html, re.DOTALL
    )
    assert found, "There is no bell in the menu."
    return found[1]


@pytest.mark.requirement("7-bell-1", "7-bell-2")
def test_the_bell_in_the_menu_shows_how_many_are_unread(news, cast, client_of):
    anna = client_of(cast.anna)
    assert number_in_menu(anna.get("/").content.decode()) == ""

    news("Friluftsdag")
    news("Föräldramöte")

    html = anna.get("/").content.decode()
    assert number_in_menu(html) == "2"
    assert "Notiser, 2 olästa" in html
    assert number_in_menu(client_of(cast.kim).get("/").content.decode()) == "2"
    assert number_in_menu(client_of(cast.erik).get("/").content.decode()) == ""


@pytest.mark.requirement("7-bell-1")
def test_the_count_is_refreshed_without_a_reload(news, cast, client_of):
    anna = client_of(cast.anna)
    news()

    fragment = anna.get("/notiser/antal/").content.decode()

    assert number_in_menu(fragment) == "1"
    assert "<html" not in fragment
    assert 'hx-get="/notiser/antal/"' in fragment


def test_the_count_leaves_the_page_alone_once_the_session_is_over(visitor):
    response = visitor.get("/notiser/antal/")

    assert (response.status_code, response.content) == (204, b"")


@pytest.mark.requirement("7-bell-3")
def test_clicking_a_notice_goes_to_the_very_place_for_the_very_child_and_it_is_read(news, cast, client_of):
    anna = client_of(cast.anna)
    notice = news("Friluftsdag")
    html = anna.get("/notiser/").content.decode()
    assert "Ny information: Friluftsdag" in html
    assert f'href="/notiser/{notice.public_id}/"' in html

    response = anna.get(f"/notiser/{notice.public_id}/", follow=True)

    # Anna has children at two schools; the news are Kim's.
    assert response.redirect_chain == [
        (
            reverse(
                "information:news", kwargs={"pupil": cast.kim.public_id, "item": notice.link_args["item"]}
            ),
            302,
        )
    ]
    assert response.status_code == 200
    assert "Ta med matsäck." in response.content.decode()
    assert number_in_menu(anna.get("/").content.decode()) == ""


def test_a_reader_with_one_child_is_led_past_the_choice_of_child(news, cast, client_of):
    notice = news()

    response = client_of(cast.maja).get(f"/notiser/{notice.public_id}/")

    assert response.url == reverse("information:news", kwargs={"item": notice.link_args["item"]})


def test_nobody_elses_notice_can_be_opened(news, cast, client_of, visitor):
    notice = news()
    address = f"/notiser/{notice.public_id}/"

    for stranger in (cast.erik, cast.sara, cast.ulla, cast.greta):
        assert client_of(stranger).get(address).status_code == 404
    assert client_of(cast.anna).get("/notiser/1/").status_code == 404
    assert visitor.get(address).status_code == 302
    assert not Delivery.everything.exclude(read_at=None).exists()


def test_all_are_marked_read_at_once(news, cast, client_of):
    anna = client_of(cast.anna)
    news("Friluftsdag")
    news("Föräldramöte")
    assert anna.get("/notiser/lasta/").status_code == 405

    response = anna.post("/notiser/lasta/", follow=True)

    html = response.content.decode()
    assert number_in_menu(anna.get("/").content.decode()) == ""
    assert "Oläst" not in html
    assert "Markera alla" not in html
    assert number_in_menu(client_of(cast.omar).get("/").content.decode()) == "2"


def test_a_lost_custody_empties_the_bell(news, cast, client_of):
    notice = news()
    Guardianship.everything.filter(guardian=cast.omar, pupil=cast.kim).update(ended_at=clock.now())
    omar = client_of(cast.omar)

    html = omar.get("/notiser/").content.decode()

    assert "Friluftsdag" not in html
    assert omar.get(f"/notiser/{notice.public_id}/").status_code == 404
    assert number_in_menu(omar.get("/").content.decode()) == ""


def test_an_empty_bell_says_who_will_ring_it(cast, client_of):
    html = client_of(cast.erik).get("/notiser/").content.decode()

    assert "När skolan har något nytt till dig ringer det här." in html


def test_the_bell_speaks_the_readers_language(news, cast, client_of):
    Account.objects.filter(person=cast.anna).update(language="en")
    news("Friluftsdag")

    html = client_of(cast.anna).get("/notiser/").content.decode()

    assert '<html lang="en"' in html
    assert "Friluftsdag" in html
    assert "Notices" in html


def test_the_list_is_in_pages_and_costs_the_same_for_one_and_for_three(
    news, cast, client_of, django_assert_num_queries
):
    anna = client_of(cast.anna)
    news("Nyhet 0")
    anna.get("/notiser/")
    # Session and viewer; how many there are; those of the page.
    with django_assert_num_queries(3):
        anna.get("/notiser/")
    for number in range(1, 3):
        news(f"Nyhet {number}")
    with django_assert_num_queries(3):
        anna.get("/notiser/")
    for number in range(3, 27):
        news(f"Nyhet {number}")

    first, second = (anna.get(f"/notiser/?sida={page}").content.decode() for page in (1, 2))

    assert first.count("Ny information: Nyhet") == 25
    assert second.count("Ny information: Nyhet") == 2


def test_each_row_bears_the_child_that_it_is_about(news, cast, client_of):
    news("Bara 5B")
    news("Bara 2A", Target(f"g:{cast.class_2a.pk}", cast.lillaskolan.pk, Side.GUARDIANS), by=cast.ulla)

    html = client_of(cast.anna).get("/notiser/").content.decode()

    for title, name in (("Bara 5B", "Kim"), ("Bara 2A", "Alva")):
        row = next(part for part in html.split("<li") if title in part)
        assert name in row


def test_choosing_what_comes_as_mail(news, cast, client_of):
    anna = client_of(cast.anna)
    page = anna.get("/konto/notiser/").content.decode()
    assert "Nyheter från skolan" in page
    fields = dict.fromkeys(re.findall(r'name="([a-z_.]+:email)"', page), "at_once")

    response = anna.post(
        "/konto/notiser/",
        {**fields, "information.news_published:email": "off", "form_id": "a" * 16},
        follow=True,
    )

    assert "Sparat." in response.content.decode()
    chosen = Preference.objects.get(person=cast.anna, kind="information.news_published")
    assert (chosen.channel, chosen.when) == ("email", "off")
    notice = news()
    mailed = Delivery.everything.filter(notice=notice, channel="email").values_list(
        "person__given_name", flat=True
    )
    assert set(mailed) == {"Omar", "Maja"}
    assert Delivery.everything.filter(notice=notice, channel="bell", person=cast.anna).exists()


def test_a_choice_that_does_not_exist_is_refused(cast, client_of):
    anna = client_of(cast.anna)
    page = anna.get("/konto/notiser/").content.decode()
    fields = dict.fromkeys(re.findall(r'name="([a-z_.]+:email)"', page), "at_once")

    response = anna.post("/konto/notiser/", {**fields, "information.news_published:email": "whenever"})

    assert response.status_code == 200
    assert "Något behöver rättas" in response.content.decode()
    assert not Preference.objects.exists()


def test_whoever_has_no_confirmed_address_is_told_so(cast, client_of):
    assert "ingen bekräftad e-postadress" in client_of(cast.kim).get("/konto/notiser/").content.decode()
    assert "ingen bekräftad e-postadress" not in client_of(cast.anna).get("/konto/notiser/").content.decode()
