"""The page that a family opens at 07:15."""

from datetime import timedelta

import pytest

from skolnav.core.feed.models import Wants, group_key, school_key
from skolnav.core.feed.publishing import FeedItem, Reach, When, publish
from skolnav.core.schools.models import SchoolBox
from skolnav.core.tenancy import clock


@pytest.fixture
def tell(cast):
    def tell(title, source, key, **fields):
        item = FeedItem(
            source=source, box=fields.pop("box", "information"), kind="word", title=title,
            link_name="information:index", reaches=[Reach(key)], published_at=clock.now(), **fields,
        )  # fmt: skip
        return publish(item)

    return tell


def page_of(client, address="/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.requirement("9-boxes-1")
def test_a_guardian_meets_all_her_children_and_what_is_new(tell, anna, cast, client_of):
    tell("Friluftsdag", cast.sara, group_key(cast.class_5b.pk))
    tell(
        "Studiedag", cast.ulla, school_key(cast.lillaskolan.pk), happens=[When(clock.today(), clock.today())]
    )

    page = page_of(client_of(anna))

    assert page.index("Alva") < page.index("Kim")
    assert "Friluftsdag" in page
    assert "Studiedag" in page
    assert "2 nya" in page


@pytest.mark.requirement("8-children-1")
def test_picking_a_child_narrows_all_of_it_and_a_strangers_child_is_not_there(
    tell, anna, kim, alva, elis, cast, client_of
):
    tell("Bara 5B", cast.sara, group_key(cast.class_5b.pk))
    tell("Bara 2A", cast.ulla, group_key(cast.class_2a.pk))
    client = client_of(anna)

    page = page_of(client, f"/barn/{kim.public_id}/")

    assert "Bara 5B" in page
    assert "Bara 2A" not in page
    assert f'href="/barn/{alva.public_id}/"' in page
    assert client.get(f"/barn/{elis.public_id}/").status_code == 404
    assert client.get("/barn/1111111111111111/").status_code == 404


@pytest.mark.requirement("9-boxes-2")
def test_a_box_that_the_school_does_not_use_is_neither_shown_nor_there(anna, kim, cast, client_of):
    client = client_of(anna)
    for school in (cast.ekdalsskolan, cast.lillaskolan):
        assert client.get("/information/").status_code == 200
        SchoolBox.objects.create(school=school, key="information", enabled=False, order=10)

    assert client.get("/information/").status_code == 404
    assert client.get(f"/barn/{kim.public_id}/information/").status_code == 404
    assert "/information/" not in page_of(client)


@pytest.mark.requirement("10-empty-1")
def test_an_empty_box_says_so_and_stands_last(tell, anna, cast, client_of):
    tell("Friluftsdag", cast.sara, school_key(cast.ekdalsskolan.pk), box="calendar")

    page = page_of(client_of(anna))

    assert page.index('href="/kalender/"') < page.index('class="over title" href="/information/"')
    assert "Skolan har inte lagt in något än." in page


def test_to_do_stands_on_top_with_its_deadline(tell, anna, omar, cast, client_of):
    tell(
        "Bekräfta",
        cast.sara,
        group_key(cast.class_5b.pk),
        wants=Wants.READ,
        due=clock.now() + timedelta(days=2),
    )

    page = page_of(client_of(anna))

    assert "Att göra" in page
    assert "Senast om 2 dagar" in page


def test_a_pupil_sees_their_own_day(tell, kim, cast, client_of):
    tell("Bara 2A", cast.ulla, group_key(cast.class_2a.pk))

    page = page_of(client_of(kim))

    assert "Din dag" in page
    assert "Bara 2A" not in page


def test_somebody_with_no_role_today_is_shown_out(robin, client_of):
    response = client_of(robin).get("/")

    assert response.status_code == 302
    assert response["Location"].startswith("/logga-in/")


def test_staff_without_children_go_to_their_own_start(sara, erik, client_of):
    assert client_of(sara).get("/")["Location"] == "/personal/"
    assert client_of(erik).get("/").status_code == 200
    assert client_of(erik).get("/personal/").status_code == 200


@pytest.mark.parametrize("published", [1, 3])
def test_the_start_page_takes_ten_statements(
    tell, anna, cast, published, client_of, django_assert_num_queries
):
    for source in list(cast.people.values())[:published]:
        tell("Nyhet", source, school_key(cast.ekdalsskolan.pk), wants=Wants.READ)
    client = client_of(anna)
    client.get("/")

    with django_assert_num_queries(10):
        client.get("/")


def test_search_finds_in_what_one_may_read(tell, anna, gun, cast, client_of):
    tell("Friluftsdag", cast.sara, school_key(cast.ekdalsskolan.pk), search_text="matsäck")

    assert "Friluftsdag" in page_of(client_of(anna), "/sok/?q=mats")
    assert "Inget hittades" in page_of(client_of(gun), "/sok/?q=mats")
    assert client_of(cast.sara).get("/sok/?q=mats").status_code == 404


def test_the_calendar_has_a_tab_only_where_a_childs_school_uses_it(anna, kim, alva, cast, client_of):
    SchoolBox.objects.create(school=cast.ekdalsskolan, key="calendar", enabled=False, order=90)
    client = client_of(anna)

    assert f'href="/barn/{alva.public_id}/kalender/"' in page_of(client, f"/barn/{alva.public_id}/")
    assert "/kalender/" not in page_of(client, f"/barn/{kim.public_id}/")
    assert 'href="/kalender/"' in page_of(client)


def test_what_happens_on_another_day_than_the_cards_says_its_day(tuesday, tell, anna, kim, cast, client_of):
    """After school the card is of the day to come: the evening's meeting is today's all the same."""
    today = clock.today()

    def at(hour):
        return clock.start_of(today) + timedelta(hours=hour)

    mine = group_key(cast.class_5b.pk)
    tell("Luciatåg", cast.sara, mine, happens=[When(today, today, at(9), at(10))])
    tell("Föräldramöte", cast.ulla, mine, happens=[When(today, today, at(18), at(19))])
    address = f"/barn/{kim.public_id}/"
    assert "I dag:" not in page_of(client_of(anna), address)

    tuesday.move_to(at(16))
    card = page_of(client_of(anna), address).split("<article")[1].split("</article>")[0]

    assert "<b>I dag:</b>" in card
    assert "Föräldramöte" in card
    assert "Luciatåg" not in card
