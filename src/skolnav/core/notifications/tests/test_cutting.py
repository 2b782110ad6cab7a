"""What ends with a custody, a duty or a class: in the list, in the count, in the queue."""

from datetime import date, timedelta

import pytest

from skolnav.core.notifications.cutting import cut_person, cut_what_ran_out
from skolnav.core.notifications.fanout import fan_out_due
from skolnav.core.notifications.kinds import Kind
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.outbox import notify
from skolnav.core.notifications.reading import bell_of, meet, open_notice, read_all, unread_in_bell
from skolnav.core.notifications.terms import Who
from skolnav.core.people.models import Duty, Guardianship, Membership, Person
from skolnav.core.tenancy import clock

from .conftest import entry_of


def counted(client_of, person) -> int:
    """The number in the menu, as the session's own statement counts it."""
    response = client_of(person).get("/notiser/antal/")
    return int(response.wsgi_request.viewer.unread_bell)


@pytest.fixture
def told(tell):
    notice = tell()
    fan_out_due(clock.now())
    return notice


def end_custody(person):
    Guardianship.everything.filter(guardian=person, pupil__given_name="Kim").update(ended_at=clock.now())


def test_an_ended_custody_empties_list_count_and_queue_at_once(told, cast, viewer_of, client_of):
    assert counted(client_of, cast.omar) == 1

    end_custody(cast.omar)
    assert cut_person(cast.omar.pk) == 2  # the bell and the mail

    assert counted(client_of, cast.omar) == 0
    assert not bell_of(viewer_of(cast.omar)).exists()
    assert not Delivery.everything.filter(Delivery.WAITING, person=cast.omar).exists()
    assert counted(client_of, cast.anna) == 1


def test_what_holds_for_another_child_stays(tell, cast, viewer_of):
    tell(f"g:{cast.class_5b.pk}", part="kim")
    both = tell(f"g:{cast.class_2a.pk}", part="alva")
    fan_out_due(clock.now())

    end_custody(cast.omar)
    cut_person(cast.omar.pk)

    assert [row.notice for row in bell_of(viewer_of(cast.omar))] == [both]


def test_before_anybody_has_cut_the_list_leaves_it_out_and_the_count_follows(
    told, cast, viewer_of, client_of
):
    end_custody(cast.omar)

    assert not bell_of(viewer_of(cast.omar)).exists()
    client_of(cast.omar).get("/notiser/")

    assert counted(client_of, cast.omar) == 0


def test_a_letter_that_was_sent_stays_in_the_books(told, cast):
    Delivery.everything.filter(channel="email").update(sent_at=clock.now())

    end_custody(cast.omar)
    cut_person(cast.omar.pk)

    assert Delivery.everything.get(person=cast.omar, channel="email").cut_at is None


@pytest.mark.parametrize("tie", ["guardianship", "membership", "eighteen"])
def test_what_runs_out_by_its_date_is_cut_after_midnight(told, cast, tie, client_of):
    yesterday = clock.today() - timedelta(days=1)
    if tie == "guardianship":
        Guardianship.everything.filter(guardian=cast.omar).update(valid_until=yesterday)
    elif tie == "membership":
        Membership.everything.filter(person=cast.kim).update(valid_until=yesterday)
    else:
        born = clock.today()
        Person.everything.filter(pk=cast.kim.pk).update(
            birth_date=date(born.year - 18, born.month, min(born.day, 28))
        )

    cut_what_ran_out()

    assert Delivery.everything.filter(person=cast.omar, cut_at=None).count() == 0
    assert Delivery.everything.filter(person=cast.maja, cut_at=None).count() == 2


def test_what_is_no_longer_shown_is_no_longer_counted(tell, cast, ten, viewer_of):
    tell(visible_until=clock.now() + timedelta(hours=1))
    fan_out_due(clock.now())
    ten.shift(timedelta(hours=2))

    assert not bell_of(viewer_of(cast.anna)).exists()
    cut_what_ran_out()

    assert not Delivery.everything.filter(cut_at=None).exists()


def test_staff_lose_what_was_for_staff_with_their_last_duty(cast, ten, monkeypatch, viewer_of, news_kind):
    from skolnav.core.notifications import kinds

    staff = Kind(key="test.staff", title="", text=lambda params: "", who=Who.STAFF)
    monkeypatch.setitem(kinds._kinds, staff.key, staff)
    notify(
        staff,
        person_ids=[cast.erik.pk, cast.anna.pk],
        fact="x",
        revision=1,
        due_at=clock.now(),
        link_name="home:start",
    )
    fan_out_due(clock.now())
    assert bell_of(viewer_of(cast.erik)).count() == 1
    assert not bell_of(viewer_of(cast.anna)).exists()

    Duty.everything.filter(person=cast.erik).update(valid_until=clock.today() - timedelta(days=1))

    assert cut_person(cast.erik.pk) == 2


def test_opening_and_reading(told, cast, viewer_of, client_of):
    anna = viewer_of(cast.anna)

    assert open_notice(anna, told.public_id).read_at is None  # as it was
    assert counted(client_of, cast.anna) == 0
    assert unread_in_bell(viewer_of(cast.anna)) == 0
    assert counted(client_of, cast.omar) == 1

    assert read_all(viewer_of(cast.omar)) == 1
    assert counted(client_of, cast.omar) == 0


def test_a_piece_met_at_its_own_place_is_no_longer_new_in_the_bell(told, cast, client_of):
    meet(cast.anna.pk, [entry_of(told)])

    assert counted(client_of, cast.anna) == 0
    assert counted(client_of, cast.omar) == 1
