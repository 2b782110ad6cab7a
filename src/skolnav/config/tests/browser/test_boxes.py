"""Opening and closing a box, by tap, by keyboard and without scripts (row 9-boxes-3)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.requirement("9-boxes-3")
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_tap_opens_a_box_and_the_icon_in_the_upper_left_closes_it(
    page_of: Callable[..., Page], phone: bool
) -> None:
    page = page_of("anna", phone=phone)
    start = page.url

    page.locator("main").get_by_role("link", name="Kalender").first.click()

    expect(page).to_have_url(re.compile("/kalender/$"))
    close = page.get_by_role("link", name="Stäng Kalender och gå till startsidan")
    place = close.bounding_box()
    assert place is not None
    assert (place["x"] < 80, place["y"] < 80) == (True, True)
    assert min(place["width"], place["height"]) >= 44
    close.click()
    expect(page).to_have_url(start)


@pytest.mark.requirement("9-boxes-3")
def test_a_box_opens_and_closes_by_keyboard_and_without_scripts(page_of: Callable[..., Page]) -> None:
    page = page_of("anna", scripts=False)
    start = page.url

    page.locator("main").get_by_role("link", name="Information").first.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Stäng Information och gå till startsidan").press("Enter")
    expect(page).to_have_url(start)
