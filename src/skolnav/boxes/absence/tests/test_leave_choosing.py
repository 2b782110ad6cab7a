"""What a family sees of the days while it chooses them: school days, who decides, and what is wrong."""

from datetime import date, timedelta

import pytest

from skolnav.boxes.absence.models import LeaveApplication
from skolnav.boxes.absence.queries.leave_plans import plans_of
from skolnav.core.feed.models import Side, group_key
from skolnav.core.feed.publishing import FeedItem, Reach, When, publish
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.tenancy import clock

from .leave_parts import ADDRESS, apply, decide, fields, monday

pytestmark = pytest.mark.usefixtures("tuesday")


def test_the_days_are_shown_while_one_chooses(anna, kim, alva, sara, cast, client_of, viewer_of):
    day = monday() + timedelta(days=1)
    for part, kind, title in (("1", "activity", "Friluftsdag"), ("2", "national_test", "Prov i svenska")):
        publish(
            FeedItem(
                source=cast.class_5b,
                part=part,
                box="calendar",
                kind=kind,
                title=title,
                link_name="calendar:index",
                reaches=[Reach(group_key(cast.class_5b.pk), Side.BOTH)],
                published_at=clock.now(),
                happens=[When(day, day)],
            )
        )
    decide(viewer_of(sara), apply(viewer_of(anna), kim, first=monday(3), days=2))
    client = client_of(anna)

    whole = client.post(ADDRESS, fields(kim, alva, days=7, reason="", show="1")).content.decode()
    part = client.post(
        ADDRESS, fields(kim, alva, days=7, reason="", show="1"), headers={"HX-Request": "true"}
    )

    for page in (whole, part.content.decode()):
        assert "Kim: 5 skoldagar" in page
        assert "Redan beviljat i år: 2 dagar." in page
        assert "Med den här blir det 7 dagar på läsåret." in page
        assert page.index("Prov i svenska") < page.index("Friluftsdag")
        assert "Något behöver rättas" not in page
    assert "<h1>" in whole
    assert "<h1>" not in part.content.decode()
    assert LeaveApplication.everything.count() == 1  # looking applies for nothing


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2019-01-07", "2019-01-08", "dagar som har varit"),
        ("2026-12-07", "2026-12-04", "Sista dagen ligger före den första."),
        ("9999-12-30", "9999-12-31", "det här läsåret eller nästa"),
    ],
)
def test_while_choosing_one_sees_what_is_wrong_with_the_days(anna, kim, client_of, first, last, said):
    sent = fields(kim, first_day=first, last_day=last, show="1")

    part = client_of(anna).post(ADDRESS, sent, headers={"HX-Request": "true"}).content.decode()

    assert said in part


def test_the_principal_decides_beyond_ten_and_about_very_long_periods(anna, kim, cast, client_of):
    client = client_of(anna)

    short = client.post(ADDRESS, fields(kim, days=5, show="1")).content.decode()
    long = client.post(ADDRESS, fields(kim, days=15, show="1")).content.decode()
    very_long = client.post(ADDRESS, fields(kim, days=61, show="1")).content.decode()

    assert "Mentorn kan besluta." in short
    assert "Bara rektor kan besluta." in long
    assert "skolplikt" not in long
    assert "skolplikt" in very_long


def test_breaks_red_days_and_the_ends_of_terms_are_no_school_days(anna, kim, cast, viewer_of):
    viewer = viewer_of(anna)
    mine = [child for child in viewer.children if child.id == kim.pk]
    start = monday(2)
    set_breaks(
        "test:1",
        kind="holiday",
        name="Höstlov",
        first_day=start + timedelta(days=2),
        last_day=start + timedelta(days=3),
        school_ids=[cast.ekdalsskolan.pk],
    )
    year = clock.today().year

    week = plans_of(viewer, mine, start, start + timedelta(days=6))[0]
    christmas = plans_of(viewer, mine, date(year, 12, 17), date(year + 1, 1, 12))[0]

    assert [day.weekday() for day in week.days] == [0, 1, 4]
    term_ends, term_begins = date(year, 12, 18), date(year + 1, 1, 11)
    assert all(day <= term_ends or day >= term_begins for day in christmas.days)


def test_next_years_terms_may_not_be_there_yet(anna, kim, viewer_of):
    with pytest.raises(Refused, match="lagt in terminerna"):
        apply(viewer_of(anna), kim, first=date(clock.today().year + 1, 9, 6))


@pytest.mark.parametrize("number", [1, 2])
def test_the_form_and_the_days_cost_the_same_for_one_child_and_two(
    anna, kim, alva, number, client_of, django_assert_num_queries
):
    client, pupils = client_of(anna), [kim, alva][:number]

    with django_assert_num_queries(1):
        client.get(ADDRESS)
    with django_assert_num_queries(6):
        client.post(ADDRESS, fields(*pupils, show="1"))
