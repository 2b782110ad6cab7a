"""Many facts told in one statement, and facts that nobody more is to be told of."""

import pytest
from django.db import transaction

from skolnav.core.notifications import kinds
from skolnav.core.notifications.fanout import fan_out_due
from skolnav.core.notifications.kinds import Kind
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.outbox import Telling, call_off, notify, notify_many
from skolnav.core.notifications.reading import bell_of, read_all
from skolnav.core.notifications.sending import send_due
from skolnav.core.tenancy import clock

pytestmark = pytest.mark.usefixtures("ten", "news_kind")

TOLD = ["kind", "fact", "revision", "person_ids", "pupil_id", "params", "link_name", "link_args", "due_at"]


@pytest.fixture
def other_kind(monkeypatch, news_kind):
    """A second kind of the same box."""
    kind = Kind(key="test.other", title="Annat", text=lambda params: "Annat")
    monkeypatch.setitem(kinds._kinds, kind.key, kind)
    return kind


@pytest.fixture
def telling(cast):
    """`telling("a:1")`: about Kim, to his guardians."""

    def make(fact, *person_ids, **fields):
        said = {"revision": 1, "link_name": "home:start", "pupil_id": cast.kim.pk, **fields}
        return Telling(fact=fact, person_ids=person_ids or [cast.omar.pk, cast.anna.pk], **said)

    return make


@pytest.fixture
def tell_many(cast, news_kind):
    """`tell_many(telling, …)`: they are due now."""
    return lambda *tellings: notify_many(
        news_kind.key, tellings, organiser_id=cast.ekdal.pk, due_at=clock.now()
    )


def rung(fact):
    """Whose bell has a fact."""
    rows = Delivery.everything.filter(notice__fact=fact, channel="bell", cut_at=None)
    return sorted(rows.values_list("person__given_name", flat=True))


def test_many_are_written_as_each_would_be_by_itself(cast, news_kind, telling, tell_many):
    tell_many(telling("many:1", params={"title": "Ett"}, link_args={"pupil": "x"}))
    notify(
        news_kind, fact="one:1", revision=1, due_at=clock.now(), person_ids=[cast.anna.pk, cast.omar.pk],
        pupil=cast.kim, params={"title": "Ett"}, link_name="home:start", link_args={"pupil": "x"},
    )  # fmt: skip

    many, one = (Notice.everything.filter(fact=fact).values(*TOLD).get() for fact in ("many:1", "one:1"))

    assert many | {"fact": ""} == one | {"fact": ""}
    assert len(set(Notice.everything.values_list("public_id", flat=True))) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_many_cost_one_statement_and_none_costs_none(telling, tell_many, number, django_assert_num_queries):
    tellings = [telling(f"a:{count}") for count in range(number)]

    with django_assert_num_queries(1):
        tell_many(*tellings)
    with django_assert_num_queries(0):
        tell_many()

    assert Notice.everything.count() == number


def test_what_is_for_nobody_is_left_out(telling, tell_many):
    tell_many(telling("a:1"), Telling("a:2", 1, [], "home:start"))

    assert [notice.fact for notice in Notice.everything.all()] == ["a:1"]


def test_a_telling_may_be_of_a_kind_of_its_own_and_an_unknown_one_tells_nothing(
    other_kind, telling, tell_many
):
    tell_many(telling("a:1"), telling("a:1", kind=other_kind.key))
    assert sorted(Notice.everything.values_list("kind", flat=True)) == ["test.news", "test.other"]

    with pytest.raises(ValueError, match=r"No kind of notice is called test\.unknown"):
        tell_many(telling("a:2"), telling("a:3", kind="test.unknown"))
    assert not Notice.everything.filter(fact__in=["a:2", "a:3"]).exists()


def test_guardians_are_told_and_who_has_lost_custody_is_not(cast, telling, tell_many):
    tell_many(telling("a:1", cast.anna.pk, cast.omar.pk, cast.robin.pk))

    fan_out_due(clock.now())

    assert rung("a:1") == ["Anna", "Omar"]


def test_told_again_it_reaches_who_has_come_to_it_and_leaves_who_has_gone(cast, telling, tell_many):
    tell_many(telling("a:1", cast.anna.pk))
    fan_out_due(clock.now())

    tell_many(telling("a:1", cast.omar.pk, params={"title": "Nytt"}))
    fan_out_due(clock.now())

    assert rung("a:1") == ["Omar"]
    assert Notice.everything.get().params == {"title": "Nytt"}


def test_a_higher_revision_takes_the_earlier_ones_place(cast, telling, tell_many, viewer_of):
    tell_many(telling("a:1"))
    fan_out_due(clock.now())

    tell_many(telling("a:1", revision=2))
    fan_out_due(clock.now())

    assert [row.notice.revision for row in bell_of(viewer_of(cast.anna))] == [2]


def test_nothing_is_told_when_the_action_fails(telling, tell_many):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell_many(telling("a:1"))
        raise RuntimeError

    assert not Notice.everything.exists()


def test_what_is_called_off_leaves_bells_and_letters_but_not_the_books(
    cast, news_kind, telling, tell_many, viewer_of, inbox, django_assert_num_queries
):
    tell_many(telling("read:1", cast.anna.pk))
    fan_out_due(clock.now())
    send_due(clock.now())
    read_all(viewer_of(cast.anna))
    tell_many(telling("unread:1"), telling("stays:1"))
    fan_out_due(clock.now())

    with django_assert_num_queries(2):
        call_off(news_kind.key, ["read:1", "unread:1"])

    assert (rung("read:1"), rung("unread:1"), rung("stays:1")) == (["Anna"], [], ["Anna", "Omar"])
    mails = Delivery.everything.filter(channel="email")
    assert mails.get(notice__fact="read:1").sent_at
    assert not mails.filter(Delivery.WAITING, notice__fact="unread:1").exists()
    assert mails.filter(Delivery.WAITING, notice__fact="stays:1").count() == 2


def test_what_is_called_off_before_it_is_due_is_told_to_nobody(news_kind, other_kind, telling, tell_many):
    tell_many(telling("a:1"), telling("a:1", kind=other_kind.key))

    call_off(news_kind.key, ["a:1"])
    fan_out_due(clock.now())

    told = Delivery.everything.values_list("notice__kind", flat=True).distinct()
    assert list(told) == [other_kind.key]
    assert Notice.everything.get(kind=news_kind.key).person_ids == []


def test_what_was_called_off_can_be_told_anew(news_kind, telling, tell_many):
    tell_many(telling("a:1"))
    fan_out_due(clock.now())
    call_off(news_kind.key, ["a:1"])

    tell_many(telling("a:1", revision=2))
    fan_out_due(clock.now())

    assert rung("a:1") == ["Anna", "Omar"]
