"""Taking attendance on a phone, from the start page, each tap counted: a flow that takes one more fails."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from skolnav.boxes.absence.models import LessonAttendance
from skolnav.core.people.models import Membership, Person
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from tools import walking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Phone:
    """Sara's phone. `tap` is the only way to do anything, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def choice(self, pupil: str, words: str) -> Locator:
        """A pupil's segment, as one sees it."""
        return self.page.get_by_role("group", name=pupil).locator("label").filter(has_text=words)


@pytest.fixture
def open_phone(
    tuesday: Any, live_server: Any, chromium: Browser, cast: Any
) -> Iterator[Callable[..., Phone]]:
    """`open_phone()`: at 08.18 on a Tuesday, in the middle of Svenska, on her start page; five pupils in the class."""
    with of_organiser(cast.ekdal.pk):
        for name in ("Adam", "Bea", "Cleo"):
            pupil = Person.everything.create(organiser=cast.ekdal, given_name=name, family_name="Ek")
            Membership.everything.create(
                organiser=cast.ekdal,
                group=cast.class_5b,
                person=pupil,
                source="office",
                valid_from=clock.today(),
            )
    tuesday.move_to(datetime.combine(clock.today(), time(8, 18), clock.STOCKHOLM))
    contexts = []

    def open_it(*, scripts: bool = True, start: str = "/personal/") -> Phone:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": 390, "height": 844},
            has_touch=True,
            java_script_enabled=scripts,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        walking.log_in(page, live_server.url, "sara")
        page.goto(start)
        return Phone(page)

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def taken(cast: Any) -> Callable[[], dict[str, tuple[str, int]]]:
    """`taken()`: given name -> (state, minutes)."""

    def taken() -> dict[str, tuple[str, int]]:
        with of_organiser(cast.ekdal.pk):
            rows = LessonAttendance.everything.values_list("pupil__given_name", "state", "minutes")
            return {row[0]: (row[1], row[2]) for row in rows}

    return taken


both_ways = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@both_ways
def test_everybody_present_is_one_tap(open_phone: Any, taken: Any, scripts: bool) -> None:
    phone = open_phone(scripts=scripts)

    phone.tap(phone.page.get_by_role("button", name="Alla är här"))

    expect(phone.page.get_by_text("Närvaron är sparad")).to_be_visible()
    assert set(taken().values()) == {("present", 0)}
    assert (len(taken()), phone.taps) == (5, 1)


@both_ways
def test_two_absent_and_one_late_are_five_taps(open_phone: Any, taken: Any, scripts: bool) -> None:
    phone = open_phone(scripts=scripts)

    phone.tap(phone.page.get_by_role("link", name="Öppna närvaron för Svenska 5B"))
    phone.tap(phone.choice("Adam Ek", "Borta"))
    phone.tap(phone.choice("Bea Ek", "Sen"))
    phone.tap(phone.choice("Kim Larsson", "Borta"))
    expect(phone.page.locator(".minutes.late input:visible")).to_have_value("8")
    words = "Alla andra är här" if scripts else "Alla är här"
    phone.tap(phone.page.get_by_role("button", name=words).last)

    expect(phone.page.get_by_text("Närvaron är sparad")).to_be_visible()
    assert taken() == {
        "Adam": ("absent", 0),
        "Bea": ("late", 8),
        "Cleo": ("present", 0),
        "Elis": ("present", 0),
        "Kim": ("absent", 0),
    }
    assert phone.taps <= 5


def test_a_register_by_keyboard_alone(open_phone: Any, taken: Any) -> None:
    page = open_phone().page
    page.get_by_role("link", name="Öppna närvaron för Svenska 5B").press("Enter")

    page.get_by_role("group", name="Adam Ek").get_by_role("radio", name="Här").focus()
    page.keyboard.press("3")  # Adam is absent, and Bea is next
    page.keyboard.press("2")  # Bea is late, and Cleo is next
    page.keyboard.press("ArrowRight")  # Cleo is late too
    expect(page.locator("[data-tally]")).to_have_text("3 markerade")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Närvaron är sparad")).to_be_visible()
    found = taken()
    assert (found["Adam"][0], found["Bea"][0], found["Cleo"][0]) == ("absent", "late", "late")


def test_every_choice_is_large_enough_for_a_finger(open_phone: Any) -> None:
    page = open_phone().page
    page.get_by_role("link", name="Öppna närvaron för Svenska 5B").click()

    for label in page.locator(".roll .seg label").all()[:8]:
        place = label.bounding_box()
        assert place is not None
        assert min(place["width"], place["height"]) >= 44
        assert place["x"] + place["width"] <= 390
