"""Staff see honestly how a piece came through."""

from datetime import timedelta

from skolnav.core.accounts.models import Account
from skolnav.core.feed.seen import mark_seen
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.reading import open_notice
from skolnav.core.notifications.report import State, delivery_report
from skolnav.core.notifications.worker import sweep
from skolnav.core.tenancy import clock

from .conftest import entry_of


def test_sent_opened_confirmed_and_out_of_reach(tell, inbox, cast, viewer_of, ten):
    Account.objects.filter(person=cast.maja).delete()
    notice = tell()
    sweep()
    ten.shift(timedelta(minutes=5))
    open_notice(viewer_of(cast.anna), notice.public_id)
    mark_seen(cast.omar.pk, [entry_of(notice)], done=True)

    report = delivery_report(entry_of(notice))

    assert report.counts == {
        "people": 3, "no_account": 1, "told": 2, "mailed": 2, "waiting": 0, "failed": 0, "opened": 2, "confirmed": 1,
    }  # fmt: skip
    people = {person.person_id: person for person in report.people}
    assert people[cast.anna.pk].opened_at == clock.now()
    assert people[cast.anna.pk].confirmed_at is None
    assert people[cast.omar.pk].confirmed_at == clock.now()
    assert people[cast.omar.pk].by_channel == {"bell": State.SENT, "email": State.SENT}
    assert not people[cast.maja.pk].has_account
    assert people[cast.maja.pk].by_channel == {}


def test_mail_that_waits_or_failed_is_never_called_sent(tell, smtp_port, cast):
    notice = tell()
    sweep()
    assert delivery_report(entry_of(notice)).counts["waiting"] == 3

    Delivery.everything.filter(person=cast.omar, channel="email").update(failed_at=clock.now())

    counts = delivery_report(entry_of(notice)).counts
    assert (counts["mailed"], counts["waiting"], counts["failed"]) == (0, 2, 1)


def test_it_costs_the_same_for_a_class_and_a_school(tell, cast, django_assert_num_queries):
    one, many = tell(f"p:{cast.kim.pk}", part="one"), tell(f"s:{cast.ekdalsskolan.pk}", part="many")
    for notice in (one, many):
        entry = entry_of(notice)
        with django_assert_num_queries(6):
            delivery_report(entry)
