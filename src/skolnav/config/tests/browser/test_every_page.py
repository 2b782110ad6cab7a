"""Every distinct page of every role: axe finds nothing, nothing scrolls sideways, the console is silent."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tools import walking

pytestmark = pytest.mark.browser
LOOKS = pytest.mark.parametrize(
    "look",
    [{"phone": True, "dark": False}, {"phone": False, "dark": True}],
    ids=["phone-light", "desktop-dark"],
)


@LOOKS
@pytest.mark.parametrize("role", walking.ROLES)
def test_every_page_is_for_everyone(
    page_of: Callable[..., Page], demo_address: str, role: str, look: dict[str, bool]
) -> None:
    page, axe, found = page_of(role, **look), Axe(), list[str]()
    page.on(
        "console", lambda said: found.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))

    stops = 0
    for stop in walking.walk(page, demo_address, walking.ROLES[role]):
        stops += 1
        found += [f"{stop.path}: {violation}" for violation in violations(axe, page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{stop.path}: scrolls sideways")

    assert not found, "\n".join(found)
    assert stops > 1


def violations(axe: Axe, page: Page) -> list[str]:
    """What axe finds on the page, one line for each place."""
    return [
        f"{rule['id']} at {node['target']}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in axe.run(page).response["violations"]
        for node in rule["nodes"]
    ]
