"""Reporting absence on a phone, from the start page, each tap counted: a flow that takes one more fails."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from skolnav.core.presence.models import Absence
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.scope import of_organiser
from tools import walking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Phone:
    """Somebody's phone. `tap` is the only way to do anything, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1

    def button(self, name: str, **more: Any) -> Locator:
        """A button or what looks like one."""
        return self.page.get_by_role("button", name=name, **more).or_(
            self.page.get_by_role("link", name=name, **more)
        )

    def chip(self, name: str, exact: bool = True) -> Locator:
        """A choice, as one sees it."""
        return self.page.locator("main .choice label").filter(
            has=self.page.get_by_text(name, exact=exact), visible=True
        )


@pytest.fixture
def phone(
    request: pytest.FixtureRequest, tuesday: Any, live_server: Any, chromium: Browser
) -> Iterator[Phone]:
    """Anna's phone on a Tuesday at a quarter past seven, on the start page; without scripts where the test asks."""
    context = chromium.new_context(
        base_url=live_server.url,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        java_script_enabled=getattr(request, "param", True),
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
    )
    page = context.new_page()
    walking.log_in(page, live_server.url, "anna")
    page.goto("/")
    yield Phone(page)
    context.close()


@pytest.fixture
def away(cast: Any) -> Callable[[Any], list[tuple[int, bool]]]:
    """`away(cast.kim)`: the days from today, and whether they are whole."""

    def away(pupil: Any) -> list[tuple[int, bool]]:
        with of_organiser(cast.ekdal.pk):
            rows = Absence.everything.filter(pupil=pupil.pk).order_by("starts")
            return [((one.day - clock.today()).days, one.is_whole_day) for one in rows]

    return away


both_ways = pytest.mark.parametrize("phone", [True, False], ids=["scripts", "no scripts"], indirect=True)


@both_ways
@pytest.mark.requirement("11-absence-2")
def test_sick_today_is_two_taps(phone: Phone, cast: Any, away: Any) -> None:
    phone.tap(phone.button("Anmäl frånvaro: Kim"))
    phone.tap(phone.button("Skicka"))

    expect(phone.page.get_by_role("heading", name="Kim är anmäld som sjuk i dag.")).to_be_visible()
    assert phone.taps == 2
    assert away(cast.kim) == [(0, True)]


@pytest.mark.requirement("11-absence-2")
def test_two_children_are_three_taps(phone: Phone, cast: Any, away: Any) -> None:
    phone.tap(phone.button("Anmäl frånvaro: Kim"))
    phone.tap(phone.chip("Alva"))
    phone.tap(phone.button("Skicka"))

    expect(phone.page.get_by_role("heading", name="Alva är anmäld som sjuk i dag.")).to_be_visible()
    assert phone.taps == 3
    assert away(cast.kim) == away(cast.alva) == [(0, True)]


@pytest.mark.requirement("11-absence-2")
@pytest.mark.parametrize(
    ("choice", "said", "days"),
    [("Resten av dagen", "i dag från", [(0, False)]), ("I morgon", "i morgon", [(1, True)])],
)
def test_the_rest_of_the_day_or_tomorrow_is_three_taps(
    phone: Phone, cast: Any, away: Any, choice: str, said: str, days: Any
) -> None:
    phone.tap(phone.button("Anmäl frånvaro: Kim"))
    phone.tap(phone.chip(choice))
    phone.tap(phone.button("Skicka"))

    expect(phone.page.get_by_role("heading", level=1)).to_contain_text(said)
    assert phone.taps == 3
    assert away(cast.kim) == days


@both_ways
@pytest.mark.requirement("11-absence-2")
def test_several_days_are_four_taps(phone: Phone, cast: Any, away: Any) -> None:
    phone.tap(phone.button("Anmäl frånvaro: Kim"))
    expect(phone.page.get_by_text("t.o.m. tors", exact=False)).to_be_hidden()
    phone.tap(phone.chip("Flera dagar"))
    phone.tap(phone.chip("t.o.m. tors", exact=False))
    phone.tap(phone.button("Skicka"))

    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Kim är anmäld som sjuk")
    assert phone.taps == 4
    assert away(cast.kim) == [(0, True), (1, True), (2, True)]


@both_ways
@pytest.mark.requirement("11-absence-3")
def test_a_lesson_is_four_taps_and_only_the_chosen_childs_are_shown(
    phone: Phone, cast: Any, away: Any
) -> None:
    phone.tap(phone.button("Anmäl frånvaro: Kim"))
    phone.tap(phone.chip("Vissa lektioner"))
    # Alva's are folded away, and so is the choice of a last day.
    expect(phone.page.locator(".of-child").filter(has_text="Alva,")).to_be_hidden()
    expect(phone.page.get_by_text("t.o.m. tors", exact=False)).to_be_hidden()
    phone.tap(phone.chip("13.20–14.20 Engelska").first)
    phone.tap(phone.button("Skicka"))

    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("i dag 13.20–14.20")
    assert phone.taps == 4
    assert away(cast.kim) == [(0, False)]


@pytest.mark.requirement("11-absence-2")
def test_well_again_is_two_taps(phone: Phone, tuesday: Any, cast: Any, away: Any) -> None:
    phone.tap(phone.button("Anmäl frånvaro: Kim"))
    phone.tap(phone.button("Skicka"))
    expect(phone.page.get_by_role("heading", name="Kim är anmäld som sjuk i dag.")).to_be_visible()
    tuesday.shift(timedelta(hours=2))
    phone.page.goto("/")
    phone.taps = 0

    phone.tap(phone.button("Frisk igen: Kim"))
    phone.tap(phone.button("I dag, från 10.20"))

    expect(phone.page.get_by_text("Kim är anmäld som frisk igen.")).to_be_visible()
    assert phone.taps == 2
    assert away(cast.kim) == [(0, False)]


@both_ways
def test_undo_is_one_tap_and_a_double_tap_reports_once(phone: Phone, cast: Any, away: Any) -> None:
    phone.tap(phone.button("Anmäl frånvaro: Kim"))
    phone.button("Skicka").dblclick()
    expect(phone.page.get_by_role("heading", name="Kim är anmäld som sjuk i dag.")).to_be_visible()
    assert away(cast.kim) == [(0, True)]
    phone.taps = 0

    phone.tap(phone.button("Ångra: Kim"))

    expect(phone.page.get_by_text("Anmälan är ångrad.")).to_be_visible()
    assert phone.taps == 1
    assert away(cast.kim) == []
