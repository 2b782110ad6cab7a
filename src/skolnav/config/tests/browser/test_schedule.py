"""A week of lessons on paper: one A4 for each child, and one for a teacher."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.requirement("11-schedule-1")]


def sheets(page: Page) -> list[tuple[int, int]]:
    """The sheets that the page is printed on, width and height in points."""
    pdf: Any = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.parametrize(
    ("who", "address", "number"), [("anna", "/schema/", 2), ("sara", "/personal/schema/", 1)]
)
def test_a_week_is_printed_on_one_a4(
    page_of: Callable[..., Page], who: str, address: str, number: int
) -> None:
    page = page_of(who)
    page.goto(address)

    assert sheets(page) == [(842, 595)] * number
    assert page.locator(".lesson-card").count() > number * 10
