"""From a notice to one row per person and channel."""

from datetime import timedelta

import pytest
from django.db import transaction

from skolnav.core.feed.models import Side
from skolnav.core.feed.publishing import withdraw
from skolnav.core.notifications.fanout import fan_out_due
from skolnav.core.notifications.models import Delivery, Notice
from skolnav.core.notifications.outbox import notify
from skolnav.core.notifications.reading import bell_of
from skolnav.core.notifications.recipients import recipients_of
from skolnav.core.people.models import Membership
from skolnav.core.people.models.guardianship import Source
from skolnav.core.tenancy import clock


def rung(notice: Notice) -> set[str]:
    """Whose bell has it."""
    rows = Delivery.everything.filter(notice=notice, channel="bell", cut_at=None)
    return set(rows.values_list("person__given_name", flat=True))


def waiting(notice: Notice) -> set[str]:
    rows = Delivery.everything.filter(Delivery.WAITING, notice=notice, channel="email")
    return set(rows.values_list("person__given_name", flat=True))


@pytest.mark.requirement("7-bell-2")
def test_guardians_of_the_class_are_told_and_nobody_else(tell):
    notice = tell(sides=Side.GUARDIANS)

    assert fan_out_due(clock.now()) == 1

    # Robin lost custody of Kim last week; Kim is a pupil; Erik's child goes to another school.
    assert rung(notice) == {"Anna", "Omar", "Maja"}
    assert waiting(notice) == {"Anna", "Omar", "Maja"}


def test_pupils_are_told_on_their_own_side(tell):
    notice = tell(sides=Side.PUPILS)

    fan_out_due(clock.now())

    assert rung(notice) == {"Kim", "Elis"}
    assert waiting(notice) == set()  # they have confirmed no address


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("s:{lillaskolan}", {"Anna", "Omar", "Erik"}),
        ("y:{ekdalsskolan}:5", {"Anna", "Omar", "Maja"}),
        ("y:{ekdalsskolan}:6", set()),
        ("p:{kim}", {"Anna", "Omar"}),
    ],
)
def test_each_sort_of_audience(tell, cast, key, told):
    ids = {"lillaskolan": cast.lillaskolan.pk, "ekdalsskolan": cast.ekdalsskolan.pk, "kim": cast.kim.pk}
    notice = tell(key.format(**ids))

    fan_out_due(clock.now())

    assert rung(notice) == told


@pytest.mark.parametrize("sides", [Side.GUARDIANS, Side.PUPILS, Side.BOTH])
def test_the_rule_for_many_and_the_viewers_own_rule_agree(tell, cast, viewer_of, sides):
    keys = [f"s:{cast.ekdalsskolan.pk}", f"g:{cast.class_2a.pk}", f"p:{cast.elis.pk}"]
    notices = [tell(key, sides=sides, part=str(number)) for number, key in enumerate(keys)]

    fan_out_due(clock.now())

    for notice in notices:
        told = set(recipients_of(notice).values_list("pk", flat=True))
        for person in cast.people.values():
            if person.organiser_id == cast.ekdal.pk:
                sees = bell_of(viewer_of(person)).filter(notice=notice).exists()
                assert sees == (person.pk in told), person.given_name


def test_doing_it_again_adds_nothing(tell):
    notice = tell()
    fan_out_due(clock.now())
    Notice.everything.update(fanned_out_at=None)  # as if the worker had been killed before it could note it

    fan_out_due(clock.now())

    assert Delivery.everything.filter(notice=notice).count() == 6


def test_the_same_revision_is_told_once_and_a_higher_one_replaces_it(tell):
    first = tell()
    fan_out_due(clock.now())

    again = tell(title="Friluftsdagen")
    assert again == first
    fan_out_due(clock.now())
    assert Delivery.everything.count() == 6

    changed = tell(revision=2)
    fan_out_due(clock.now())
    assert rung(changed) == {"Anna", "Omar", "Maja"}
    assert rung(first) == set()
    assert waiting(first) == set()


def test_a_wider_audience_tells_the_added_and_a_narrower_one_takes_back(tell, cast):
    notice = tell(f"p:{cast.kim.pk}")
    fan_out_due(clock.now())

    tell(f"p:{cast.elis.pk}")
    fan_out_due(clock.now())

    assert rung(notice) == {"Maja"}
    assert waiting(notice) == {"Maja"}


def test_scheduled_news_ring_when_they_are_published(tell, ten):
    notice = tell(after=timedelta(hours=2))

    assert fan_out_due(clock.now()) == 0
    ten.shift(timedelta(hours=2))
    assert fan_out_due(clock.now()) == 1

    assert rung(notice) == {"Anna", "Omar", "Maja"}


def test_a_new_time_moves_what_has_not_been_told(tell, ten):
    tell(after=timedelta(hours=2))
    tell(after=timedelta(hours=5))

    ten.shift(timedelta(hours=3))

    assert fan_out_due(clock.now()) == 0


def test_what_is_withdrawn_takes_its_notices_along(tell, cast):
    tell()
    fan_out_due(clock.now())
    tell(part="scheduled", after=timedelta(hours=1))

    withdraw(cast.class_5b)

    assert not Notice.everything.exists()
    assert not Delivery.everything.exists()


def test_newcomers_are_not_told_of_what_came_before_them(tell, ten, cast):
    notice = tell(f"g:{cast.class_2a.pk}")
    ten.shift(timedelta(days=1))
    Membership.everything.create(
        organiser=cast.ekdal,
        group=cast.class_2a,
        person=cast.elis,
        source=Source.OFFICE,
        valid_from=clock.today(),
    )

    fan_out_due(clock.now())

    assert "Maja" not in rung(notice)


def test_old_news_stand_in_the_bell_alone(tell):
    notice = tell(after=-timedelta(days=5))

    fan_out_due(clock.now())

    assert rung(notice) == {"Anna", "Omar", "Maja"}
    assert waiting(notice) == set()


def test_people_named_one_by_one(cast, news_kind, ten, viewer_of):
    notice = notify(
        news_kind, person_ids=[cast.anna.pk, cast.robin.pk], pupil=cast.kim, fact="absence:1", revision=1,
        due_at=clock.now(), params={"title": "x"}, link_name="home:start",
    )  # fmt: skip

    fan_out_due(clock.now())

    assert rung(notice) == {"Anna"}
    assert [row.notice for row in bell_of(viewer_of(cast.anna))] == [notice]


def test_a_notice_must_say_whom_it_is_for_and_where_it_leads(cast, news_kind):
    with pytest.raises(ValueError, match="for nobody"):
        notify(news_kind, revision=1, due_at=clock.now(), fact="x", link_name="home:start")
    with pytest.raises(ValueError, match="fact and its link"):
        notify(news_kind, person_ids=[cast.anna.pk], revision=1, due_at=clock.now())
    with pytest.raises(ValueError, match="No kind"):
        notify("test.unknown", person_ids=[cast.anna.pk], revision=1, due_at=clock.now())


def test_a_school_costs_as_many_statements_as_a_class(tell, cast, django_assert_num_queries):
    tell(f"g:{cast.class_5b.pk}", part="class")
    with django_assert_num_queries(14):
        fan_out_due(clock.now())
    tell(f"s:{cast.ekdalsskolan.pk}", part="school")
    with django_assert_num_queries(14):
        fan_out_due(clock.now())


def test_nothing_is_told_when_the_action_fails(tell):
    @transaction.atomic
    def act():
        tell()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert fan_out_due(clock.now()) == 0
