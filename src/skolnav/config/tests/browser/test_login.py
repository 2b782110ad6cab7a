"""What the browser says before a login goes wrong, and that all of it works without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tools import walking

pytestmark = pytest.mark.browser
SPACE = "Det finns ett mellanslag först eller sist i"


@pytest.mark.requirement("6-case-2")
def test_a_space_that_came_along_is_said_as_one_types(page_of: Callable[..., Page]) -> None:
    page = page_of("visitor")
    page.goto("/logga-in/")
    expect(page.get_by_text(f"{SPACE} lösenordet.")).to_be_hidden()

    page.get_by_label("Användarnamn").fill("anna ")
    page.get_by_label("Lösenord", exact=True).fill("ekdal-demo ")

    expect(page.get_by_text(f"{SPACE} användarnamnet.")).to_be_visible()
    expect(page.get_by_text(f"{SPACE} lösenordet.")).to_be_visible()
    page.get_by_label("Lösenord", exact=True).fill("ekdal-demo")
    expect(page.get_by_text(f"{SPACE} lösenordet.")).to_be_hidden()


@pytest.mark.requirement("6-case-2")
def test_caps_lock_is_said(page_of: Callable[..., Page]) -> None:
    page = page_of("visitor")
    page.goto("/logga-in/")

    # Chromium without a screen has no caps lock to turn on: the event is made as a keyboard would.
    page.get_by_label("Lösenord", exact=True).evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keyup', {key: 'A', modifierCapsLock: true, bubbles: true}))"
    )

    expect(page.get_by_text("Caps Lock är på.")).to_be_visible()


def test_a_password_can_be_read_while_it_is_typed(page_of: Callable[..., Page]) -> None:
    page = page_of("visitor")
    page.goto("/logga-in/")
    field = page.get_by_label("Lösenord", exact=True)
    field.fill("ekdal-demo")

    page.get_by_role("button", name="Visa lösenordet").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Visa lösenordet").click()
    expect(field).to_have_attribute("type", "password")


@pytest.mark.requirement("1-login-1")
@pytest.mark.requirement("6-case-2")
def test_without_scripts_one_logs_in_and_gets_the_same_advice(page_of: Callable[..., Page]) -> None:
    page = page_of("visitor", scripts=False)
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("Omar")
    page.get_by_label("Lösenord", exact=True).fill("ekdal-demo")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("alert")).to_contain_text("Stora och små bokstäver")

    page.get_by_label("Användarnamn").fill("omar")
    page.get_by_label("Lösenord", exact=True).fill("ekdal-demo")
    page.get_by_role("button", name="Logga in").click()

    expect(page).to_have_url(re.compile(r"http://[^/]+/"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Logga in")


@pytest.mark.requirement("5-username-1")
def test_the_name_at_the_top_right_leads_to_changing_the_user_name(page_of: Callable[..., Page]) -> None:
    page = page_of("omar")

    page.locator("details.who > summary").click()
    page.get_by_role("link", name="Ändra användarnamn").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ändra användarnamn")
    expect(page.get_by_label("Nytt användarnamn")).to_be_visible()


@pytest.mark.requirement("4-password-1")
def test_a_forgotten_password_is_chosen_anew_by_the_letter(page_of: Callable[..., Page]) -> None:
    """In a browser, because only a browser says where a form came from, and is refused when it must not say."""
    page = page_of("visitor")
    page.goto("/logga-in/")
    page.get_by_role("link", name="Glömt lösenord?").click()
    page.get_by_label("Användarnamn eller e-post").fill("maja")
    page.get_by_role("button", name="Skicka länk").click()

    open_letter(page, "lösenord")
    page.locator("main a[href*=nytt-losenord]").first.click()
    page.get_by_label("Nytt lösenord").fill(walking.PASSWORD)
    page.get_by_role("button", name="Spara lösenordet").click()

    expect(page.get_by_text("Lösenordet är bytt.")).to_be_visible()


def open_letter(page: Page, subject: str) -> None:
    """Opens the newest letter of that subject in the demo's mailbox, as soon as the worker has sent it."""
    letter = page.locator("main ul.rows a").filter(has_text=re.compile(subject, re.IGNORECASE)).first
    for _ in range(30):
        page.goto("/demo/brev/")
        if letter.is_visible():
            break
        page.wait_for_timeout(500)
    letter.click()
