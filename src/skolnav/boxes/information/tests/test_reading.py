"""A family reads: what reaches them, what is new, what asks for "Jag har läst"; and what a stranger gets."""

from datetime import timedelta

import pytest
from django.utils import timezone

from skolnav.boxes.information.actions.news import withdraw_news
from skolnav.core.feed.models import Seen, Side
from skolnav.core.people.models import Guardianship
from skolnav.core.publishing.models import Target
from skolnav.core.schools.models import SchoolBox

INDEX = "/information/"


def _text(response):
    return response.content.decode()


@pytest.mark.requirement("11-information-1")
@pytest.mark.requirement("0-staff-1")
def test_what_a_teacher_writes_is_read_by_the_families_of_her_class_and_by_nobody_else(
    news, anna, kim, maja, erik, gun, robin, client_of, visitor
):
    item = news("Friluftsdag på torsdag", body="Ta med **matsäck**.")
    address = f"{INDEX}{item.public_id}/"

    for reader in (anna, kim, maja):
        client = client_of(reader)
        assert "Friluftsdag på torsdag" in _text(client.get(INDEX))
        assert "<strong>matsäck</strong>" in _text(client.get(address))

    # Erik teaches 5B but is there as the father of Tuva in 2A; Gun lives in the other municipality.
    for stranger in (erik, gun):
        assert "Friluftsdag" not in _text(client_of(stranger).get(INDEX))
        assert client_of(stranger).get(address).status_code == 404
    # Robin lost custody last week, and with it every role here.
    assert "logga-in" in client_of(robin).get(address).url
    assert "logga-in" in visitor.get(address).url


def test_the_same_item_stands_under_the_child_it_is_about_and_not_under_the_other(
    news, anna, kim, alva, client_of
):
    item = news()
    client = client_of(anna)

    assert "Friluftsdag" in _text(client.get(f"/barn/{kim.public_id}/information/"))
    assert client.get(f"/barn/{kim.public_id}/information/{item.public_id}/").status_code == 200
    assert "Friluftsdag" not in _text(client.get(f"/barn/{alva.public_id}/information/"))
    assert client.get(f"/barn/{alva.public_id}/information/{item.public_id}/").status_code == 404


def test_somebody_elses_child_in_the_address_is_no_address(news, anna, elis, client_of):
    item = news()

    assert client_of(anna).get(f"/barn/{elis.public_id}/information/").status_code == 404
    assert client_of(anna).get(f"/barn/{elis.public_id}/information/{item.public_id}/").status_code == 404


def test_custody_that_ends_cuts_the_news_at_once(news, omar, kim, alva, client_of):
    address = f"{INDEX}{news().public_id}/"
    client = client_of(omar)
    assert client.get(address).status_code == 200

    Guardianship.everything.filter(guardian=omar, pupil=kim).update(ended_at=timezone.now())

    assert client.get(address).status_code == 404
    assert "Friluftsdag" not in _text(client.get(INDEX))


def test_a_box_that_is_off_shows_nothing_anywhere(news, cast, anna, kim, alva, client_of):
    item = news()
    client = client_of(anna)
    off = {"key": "information", "enabled": False, "order": 10}

    SchoolBox.objects.create(school=cast.ekdalsskolan, **off)
    # Lillåskolan still uses the box: it opens, without what Ekdalsskolan has published.
    assert "Friluftsdag" not in _text(client.get(INDEX))
    assert client.get(f"{INDEX}{item.public_id}/").status_code == 404
    assert client.get(f"/barn/{kim.public_id}/information/").status_code == 404
    assert client.get(f"/barn/{alva.public_id}/information/").status_code == 200

    SchoolBox.objects.create(school=cast.lillaskolan, **off)
    assert client.get(INDEX).status_code == 404


def test_news_for_guardians_alone_is_not_the_pupils(news, to_5b, anna, kim, client_of):
    item = news(audience=[Target(to_5b[0].key, to_5b[0].school_id, Side.GUARDIANS)])

    assert client_of(anna).get(f"{INDEX}{item.public_id}/").status_code == 200
    assert client_of(kim).get(f"{INDEX}{item.public_id}/").status_code == 404


def test_a_draft_a_plan_a_withdrawn_and_a_worn_out_item_are_not_there(news, sara, anna, viewer_of, client_of):
    from skolnav.core.tenancy import clock

    planned = news("Planerad", at=clock.now() + timedelta(hours=1))
    withdrawn = news("Återkallad")
    withdraw_news(actor=viewer_of(sara), item=withdrawn)
    worn_out = news("Förbi", visible_until=clock.today() - timedelta(days=1))
    client = client_of(anna)

    shown = _text(client.get(INDEX))
    for item in (planned, withdrawn, worn_out):
        assert item.title not in shown
        assert client.get(f"{INDEX}{item.public_id}/").status_code == 404
    assert "Här kommer nyheter från skolan." in shown


def test_an_item_is_new_until_it_is_opened(news, anna, omar, client_of):
    item = news()
    client = client_of(anna)

    assert "is-new" in _text(client.get(INDEX))
    client.get(f"{INDEX}{item.public_id}/")

    assert "is-new" not in _text(client.get(INDEX))
    assert "is-new" in _text(client_of(omar).get(INDEX))


def test_important_news_stand_first_until_one_tap_says_read(news, anna, erik, client_of):
    important = news("Ny rutin vid hämtning", is_important=True)
    news("Nyare men mindre viktigt")
    client, confirm = client_of(anna), f"{INDEX}{important.public_id}/last/"

    shown = _text(client.get(INDEX))
    assert shown.index("Ny rutin") < shown.index("Nyare men")
    assert confirm in shown

    assert client.get(confirm).status_code == 405
    assert client.post(confirm, {"next": INDEX}).url == INDEX
    assert client_of(erik).post(confirm).status_code == 404

    assert "Tack! Skolan ser att du har läst ”Ny rutin vid hämtning”." in _text(client.get(INDEX))
    shown = _text(client.get(INDEX))
    assert shown.index("Nyare men") < shown.index("Ny rutin")
    assert "Du bekräftade i dag" in _text(client.get(f"{INDEX}{important.public_id}/"))
    assert Seen.objects.get(person=anna).done_at is not None
    assert not Seen.objects.filter(person=erik).exists()


def test_the_way_back_after_a_tap_never_leads_out_of_the_house(news, anna, client_of):
    item = news(is_important=True)

    answer = client_of(anna).post(f"{INDEX}{item.public_id}/last/", {"next": "https://ond.example/"})

    assert answer.url == f"{INDEX}{item.public_id}/"


def test_search_finds_words_of_title_and_body_whatever_their_case(news, anna, client_of):
    news("ÅRSMÖTE", body="Välkomna till **aulan**.")
    news("Friluftsdag")
    client = client_of(anna)

    assert "ÅRSMÖTE" in _text(client.get(INDEX, {"q": "årsmöte AULAN"}))
    assert "Friluftsdag" not in _text(client.get(INDEX, {"q": "årsmöte"}))
    assert "Ingen nyhet innehåller ”&lt;b&gt;”" in _text(client.get(INDEX, {"q": "<b>"}))


@pytest.mark.requirement("10-empty-1")
def test_an_empty_box_says_who_will_fill_it(anna, client_of):
    client = client_of(anna)

    assert "Här kommer nyheter från skolan." in _text(client.get(INDEX))
    assert "Här kommer skolans filer." in _text(client.get(f"{INDEX}filer/"))
    assert "Här kommer länkar som skolan vill visa." in _text(client.get(f"{INDEX}lankar/"))


def test_a_writer_with_protected_identity_is_not_named(news, sara, anna, client_of):
    item = news()
    assert "Sara Holm" in _text(client_of(anna).get(INDEX))

    type(sara).everything.filter(pk=sara.pk).update(is_protected=True)

    assert "Sara Holm" not in _text(client_of(anna).get(INDEX))
    assert "Sara Holm" not in _text(client_of(anna).get(f"{INDEX}{item.public_id}/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_item_and_for_three(
    count, news, anna, client_of, django_assert_num_queries
):
    for number in range(count):
        news(f"Nyhet {number}")
    client = client_of(anna)
    client.get(INDEX)

    # Session and viewer; how many; the page of them.
    with django_assert_num_queries(3):
        client.get(INDEX)


def test_the_page_of_an_item_costs_five_statements_once_it_is_met(
    news, anna, client_of, django_assert_num_queries
):
    address = f"{INDEX}{news().public_id}/"
    client = client_of(anna)
    client.get(address)

    # Session and viewer; the item; its audiences; what was met of it; its files.
    with django_assert_num_queries(5):
        client.get(address)
