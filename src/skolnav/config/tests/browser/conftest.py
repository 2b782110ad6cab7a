"""A demo that is served for the browser tests, once for all of them, and pages logged in as its people."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tools import walking

# A busy machine is no reason to fail.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def demo_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demo answers; its data is thrown away afterwards."""
    folder: Path = tmp_path_factory.mktemp("demo")
    with walking.served_demo(folder) as address:
        yield address


@pytest.fixture
def page_of(chromium: Browser, demo_address: str) -> Iterator[Callable[..., Page]]:
    """`page_of("anna")`: a page of a browser of her own, logged in; `page_of("visitor")` is not."""
    contexts = []

    def open_page(username: str, *, phone: bool = True, dark: bool = False, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=demo_address,
            viewport={"width": 390, "height": 844} if phone else {"width": 1440, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        if username != "visitor":
            walking.log_in(page, demo_address, username)
        return page

    yield open_page
    for context in contexts:
        context.close()
