"""The day cards: which day a card is about, its hours, and what the boxes add."""

from datetime import datetime, time, timedelta

import pytest

from skolnav.core.boxes import registry
from skolnav.core.boxes.registry import BoxToday, DayFact, PreviewLine, Waiting, find_box
from skolnav.core.people.models import Guardianship
from skolnav.core.schools.breaks import set_breaks
from skolnav.core.schools.models import SchoolBox
from skolnav.core.tenancy import clock
from skolnav.core.timetable.computing import lesson_on, timetable_of_groups
from skolnav.core.timetable.models import Lesson
from skolnav.core.timetable.storing import stored
from skolnav.home.days import pupil_days

pytestmark = pytest.mark.usefixtures("tuesday")


def at(hour, minute=0, days=0):
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, minute), clock.STOCKHOLM)


def card_of(client, pupil, address="/"):
    page = client.get(address).content.decode()
    cards = page.split("<article")
    return next(card for card in cards if f"<bdi>{pupil.given_name}</bdi>" in card)


def test_the_morning_shows_todays_hours_for_each_child(anna, kim, alva, client_of):
    client = client_of(anna)

    assert "08.10–14.20" in card_of(client, kim)
    assert "08.10–13.10" in card_of(client, alva)


def test_after_the_last_lesson_the_next_school_day_is_shown(tuesday, anna, kim, alva, cast, client_of):
    wednesday = clock.today() + timedelta(days=1)
    set_breaks(
        "test:1", kind="study_day", name="Studiedag", first_day=wednesday, last_day=wednesday,
        school_ids=[cast.ekdalsskolan.pk],
    )  # fmt: skip

    tuesday.move_to(at(14, 19))
    assert "08.10–14.20" in card_of(client_of(anna), kim)
    tuesday.move_to(at(14, 20))

    # Kim's school is closed on Wednesday; Alva's is not.
    assert "tors" in card_of(client_of(anna), kim).lower()
    assert "i morgon" in card_of(client_of(anna), alva).lower()


def test_on_a_saturday_monday_comes_next(tuesday, anna, kim, client_of):
    tuesday.move_to(at(10, days=4))

    assert "mån" in card_of(client_of(anna), kim).lower()


def test_a_cancelled_last_lesson_ends_the_day_earlier(anna, kim, cast, client_of):
    last = timetable_of_groups(cast.ekdal.pk, [cast.class_5b.pk], clock.today(), clock.today()).occurrences[
        -1
    ]
    row = stored(last, cast.ekdal.pk)
    row.is_cancelled = True
    row.save()

    assert "08.10–13.00" in card_of(client_of(anna), kim)
    assert lesson_on(cast.ekdal.pk, last.public_id, clock.today()).is_cancelled


def test_a_school_without_a_timetable_has_no_hours_and_no_fault(anna, kim, client_of):
    Lesson.everything.all().delete()

    assert client_of(anna).get("/").status_code == 200
    assert "08.10" not in card_of(client_of(anna), kim)


def test_in_the_summer_no_day_comes(tuesday, anna, kim, client_of):
    tuesday.move_to(datetime(clock.today().year + 1, 6, 20, 9, 0, tzinfo=clock.STOCKHOLM))

    assert "Ingen skola just nu" in card_of(client_of(anna), kim)


@pytest.fixture
def a_box_with_a_state(monkeypatch, kim):
    """Kalender, as a box that knows something of the day."""

    def today(viewer, days):
        facts = {day.pupil.id: [DayFact("Ta med badkläder", "backpack")] for day in days}
        mine = [day.pupil for day in days if day.pupil.id == kim.pk]
        return BoxToday(
            lines=[PreviewLine("Simskolan")],
            facts=facts,
            todo=[Waiting("Simskolan: kan Kim simma?", "Senast i dag", "/kalender/", "Svara", tuple(mine))],
        )

    box = find_box("calendar")
    changed = type(box)(**{**{name: getattr(box, name) for name in box.__dataclass_fields__}, "today": today})
    monkeypatch.setitem(registry._boxes, "calendar", changed)
    registry.all_boxes.cache_clear()
    yield
    registry.all_boxes.cache_clear()


def test_a_box_adds_facts_lines_and_what_waits(a_box_with_a_state, anna, kim, cast, client_of):
    page = client_of(anna).get("/").content.decode()

    assert page.count("Ta med badkläder") == 2
    assert "Simskolan: kan Kim simma?" in page
    for school in (cast.ekdalsskolan, cast.lillaskolan):
        SchoolBox.objects.create(school=school, key="calendar", enabled=False, order=1)
    assert "badkläder" not in client_of(anna).get("/").content.decode()


@pytest.mark.parametrize("children", [1, 3])
def test_the_days_of_all_children_cost_four_statements(
    children, anna, kim, alva, tuva, cast, viewer_of, django_assert_num_queries
):
    mine = Guardianship.everything.filter(guardian=anna)
    if children == 1:
        mine.filter(pupil=alva).delete()
    else:
        Guardianship.everything.create(
            organiser=cast.ekdal, pupil=tuva, guardian=anna, source="office", valid_from=clock.today()
        )
    viewer = viewer_of(anna)

    with django_assert_num_queries(4):
        days = pupil_days(viewer, viewer.pupils)

    assert len(days) == children
    assert all(day.lessons for day in days)


def test_a_strangers_child_has_no_card(maja, kim, elis, client_of):
    page = client_of(maja).get("/").content.decode()

    assert f"<bdi>{elis.given_name}</bdi>" in page
    assert f"<bdi>{kim.given_name}</bdi>" not in page
