"""Who has read, who has not, and the reminder; and who is never named."""

import pytest

from skolnav.core.audit.models import AuditRecord
from skolnav.core.notifications.models import Notice

STAFF = "/personal/information/"


def _text(response):
    return response.content.decode()


@pytest.fixture
def routine(news):
    return news("Ny rutin", is_important=True)


def test_a_teacher_sees_who_has_confirmed_and_who_has_not(routine, sara, anna, omar, kim, client_of):
    address = f"{STAFF}{routine.public_id}/lasare/"
    client_of(anna).post(f"/information/{routine.public_id}/last/")
    # To open it is not to confirm it.
    client_of(omar).get(f"/information/{routine.public_id}/")

    page = _text(client_of(sara).get(f"{address}?visa=alla"))

    assert "1 av 3" in page
    row = page[page.index("<bdi>Kim Larsson</bdi>") :]
    assert row.index("has-not") < row.index("has-read")
    assert "Eleven själv" in row
    assert "Anna Larsson" in row
    assert "Omar Rashid" in row
    for stranger in ("erik", "ulla"):
        assert client_of(_of(sara, stranger)).get(address).status_code == 404


def _of(person, name):
    return type(person).everything.get(given_name=name.capitalize())


def test_of_news_that_ask_nothing_an_opening_is_a_reading(news, sara, anna, client_of):
    item = news()
    client_of(anna).get(f"/information/{item.public_id}/")

    assert "1 av 3" in _text(client_of(sara).get(f"{STAFF}{item.public_id}/lasare/"))


def test_protected_people_are_named_and_counted_for_those_alone_who_lead_the_school(
    routine, sara, ingrid, client_of
):
    address = f"{STAFF}{routine.public_id}/lasare/?visa=alla"

    for_sara, for_ingrid = _text(client_of(sara).get(address)), _text(client_of(ingrid).get(address))

    assert "Åkesson" not in for_sara
    assert "0 av 3" in for_sara
    assert "Elis Åkesson" in for_ingrid
    assert "Maja Åkesson" in for_ingrid
    assert "0 av 5" in for_ingrid


def test_a_guardians_protection_hides_the_child_though_the_piece_is_for_pupils_alone(
    news, to_5b, sara, elis, client_of
):
    from skolnav.core.feed.models import Side
    from skolnav.core.publishing.models import Target

    type(elis).everything.filter(pk=elis.pk).update(is_protected=False)
    item = news(audience=[Target(to_5b[0].key, to_5b[0].school_id, Side.PUPILS)])

    page = _text(client_of(sara).get(f"{STAFF}{item.public_id}/lasare/?visa=alla"))

    assert "Kim Larsson" in page
    assert "Elis" not in page


def test_a_reminder_goes_to_those_who_have_not_read_as_often_as_it_is_asked_for(
    routine, sara, erik, anna, omar, maja, kim, elis, client_of
):
    address = f"{STAFF}{routine.public_id}/paminn/"
    client_of(anna).post(f"/information/{routine.public_id}/last/")

    assert client_of(erik).post(address).status_code == 404
    assert client_of(sara).get(address).status_code == 405
    client_of(sara).post(address)
    assert "De som inte har läst är påminda." in _text(client_of(sara).post(address, follow=True))

    reminders = Notice.everything.filter(kind="information.reminder")
    assert reminders.count() == 2
    # Maja and Elis are reminded too: they are not shown, but they have not read.
    assert set(reminders.first().person_ids) == {omar.pk, maja.pk, kim.pk, elis.pk}
    assert AuditRecord.objects.filter(act="remind_readers").count() == 2


def test_of_a_draft_there_are_no_readers(routine, sara, viewer_of, client_of):
    from skolnav.boxes.information.actions.news import withdraw_news

    withdraw_news(actor=viewer_of(sara), item=routine)

    assert client_of(sara).get(f"{STAFF}{routine.public_id}/lasare/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_readers_costs_the_same_for_one_and_for_three(
    count, routine, cast, sara, ingrid, client_of, django_assert_num_queries
):
    from skolnav.demo.people import Town

    town = Town(cast.ekdal, "")
    for number in range(count - 1):
        pupil = town.person(f"Barn{number}", "Berg", "", birth_date=None)
        town.enrol(pupil, cast.ekdalsskolan, 5, cast.class_5b)
    client, address = client_of(sara), f"{STAFF}{routine.public_id}/lasare/?visa=alla"
    client.get(address)

    # Session and viewer; the item; its audiences; pupils; guardians; the protected; the entry; marks; classes.
    with django_assert_num_queries(9):
        client.get(address)
