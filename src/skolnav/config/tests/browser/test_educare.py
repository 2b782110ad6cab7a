"""Fritids: the same times as last week are two taps from the start page at most, and the week works without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
MOST_TAPS = 2


class Taps:
    """Counts what a finger does."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, page: Page, role: str, name: str | re.Pattern[str]) -> None:
        self.count += 1
        page.locator("main").get_by_role(role, name=name).first.click()  # type: ignore[arg-type]


@pytest.mark.requirement("11-fritids-1")
def test_same_as_last_week_takes_two_taps_at_most(page_of: Callable[..., Page]) -> None:
    page, taps = page_of("anna"), Taps()
    page.goto("/")

    taps.on(page, "button", re.compile("^Som förra veckan"))

    expect(page.get_by_text(re.compile(r"Vecka \d+: \d dagar? har fått förra veckans tider"))).to_be_visible()
    assert taps.count <= MOST_TAPS


@pytest.mark.requirement("11-fritids-1")
def test_a_week_is_filled_in_without_scripts(page_of: Callable[..., Page]) -> None:
    page = page_of("anna", scripts=False)
    page.goto("/fritids/")
    for _week in range(4):
        page.get_by_role("link", name="Nästa").click()
    page.get_by_role("link", name="Ändra tider: Alva").click()
    # Both times, since it may be lov by then.
    page.get_by_label("Kommer").first.fill("07:30")
    page.get_by_label("Går hem").first.fill("15:45")
    page.get_by_role("button", name=re.compile("^Samma alla dagar som")).first.click()
    page.get_by_role("button", name="Spara", exact=True).click()

    expect(page.locator("main").get_by_text("07.30–15.45").first).to_be_visible()


@pytest.mark.requirement("11-fritids-2")
def test_a_comment_and_a_request_reach_the_staff_and_what_they_write_is_marked(
    page_of: Callable[..., Page],
) -> None:
    page = page_of("anna")
    page.goto("/fritids/")
    page.locator("main").get_by_role("link", name=re.compile("^(Mån|Tis|Ons|Tors|Fre) ")).last.click()

    page.get_by_label("Skriv till personalen").fill("Hon har med sig skridskorna")
    page.get_by_role("button", name="Skicka", exact=True).click()

    expect(page.get_by_text("Personalen ser vad du skrev.")).to_be_visible()
    expect(page.locator("main").get_by_text("Hon har med sig skridskorna")).to_be_visible()
