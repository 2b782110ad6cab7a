"""The shell in a real browser: what works without JavaScript, and what the small modules add."""

import re
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from jinja2 import ChoiceLoader, DictLoader
from playwright.sync_api import Page, expect

from skolnav.core.access.pages import page as rule
from skolnav.core.access.pages import public
from skolnav.core.web import render

from . import urls
from .conftest import ALVA, KIM, viewer

pytestmark = pytest.mark.browser

START = re.compile(r":\d+/$")
FORM = """{% extends "web/page.html" %}{% block title %}Ny{% endblock %}{% block content %}<h1>Ny nyhet</h1>
{% call ui.form(csrf_input, keep="news") %}<label>Text <textarea class="input" name="text"></textarea></label>
<label>Kod <input class="input" type="password" name="code" autocomplete="off"></label>
{{ ui.button("Skicka") }}{% endcall %}{% endblock %}"""


@rule(public)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        urls.DID.append(request.POST["text"])
        return redirect("/")
    return render(request, "test/form.html")


class AsAnna:
    """Stands for the session: everybody is Anna with two children."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.viewer = viewer(KIM, ALVA)
        return self.get_response(request)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """The browser asks for much, and says itself what is wrong."""


@pytest.fixture
def house(small_house: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The small house, served without a database."""
    at = settings.MIDDLEWARE.index("skolnav.core.web.middleware.ReaderLanguage")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:at], f"{__name__}.AsAnna", *settings.MIDDLEWARE[at:]]
    environment = engines.all()[0].env
    monkeypatch.setattr(
        environment, "loader", ChoiceLoader([environment.loader, DictLoader({"test/form.html": FORM})])
    )
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("ny/", new)])
    server: WSGIServer = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tab(chromium: Any, house: str) -> Iterator[Callable[..., Page]]:
    contexts: list[Any] = []

    def open_tab(**options: Any) -> Page:
        contexts.append(chromium.new_context(base_url=house, locale="sv-SE", **options))
        page: Page = contexts[-1].new_page()
        return page

    yield open_tab
    for context in contexts:
        context.close()


@pytest.mark.requirement("8-children-1")
def test_the_switcher_opens_without_javascript(tab):
    page = tab(java_script_enabled=False)
    page.goto("/")

    page.click(".who > summary")

    expect(page.get_by_role("link", name="Kim Larsson")).to_be_visible()
    page.click("text=Alva Larsson")
    expect(page.locator(".who > summary")).to_contain_text("Alva")


def test_the_switcher_closes_by_escape_and_by_a_click_outside(tab):
    page = tab()
    page.goto("/")
    page.click(".who > summary")
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator(".who > summary")).to_be_focused()
    page.click(".who > summary")
    page.mouse.click(5, 400)
    expect(page.locator(".sheet")).to_be_hidden()


def test_what_was_typed_is_back_after_a_crash_and_gone_after_success(tab):
    page = tab()
    page.goto("/ny/")
    page.fill("[name=text]", "Hej! Vi har haft en fin vecka.")
    page.fill("[name=code]", "hemligt")

    page.goto("about:blank")
    page.goto("/ny/")

    expect(page.locator("[name=text]")).to_have_value("Hej! Vi har haft en fin vecka.")
    expect(page.locator("[name=code]")).to_have_value("")
    expect(page.locator(".kept")).to_be_visible()
    assert "hemligt" not in page.evaluate("JSON.stringify(localStorage)")
    page.click("text=Skicka")
    page.wait_for_url(START)
    page.goto("/ny/")
    expect(page.locator("[name=text]")).to_have_value("")


@pytest.mark.requirement("7-bell-1")
def test_the_bell_asks_again_every_minute_without_a_reload(tab):
    page = tab()
    page.clock.install()
    page.goto("/")
    page.evaluate("document.querySelector('#bell .count').textContent = 'old'")

    page.clock.run_for(61_000)

    expect(page.locator("#bell .count")).to_have_text("3")
    assert urls.DID == ["counted"]


def test_a_double_tap_sends_once(tab):
    page = tab()
    page.goto("/ny/")
    page.fill("[name=text]", "Hej!")

    page.dblclick("text=Skicka")
    page.wait_for_url(START)

    assert urls.DID == ["Hej!"]


@pytest.mark.requirement("14-browser-1")
def test_a_browser_that_knows_none_of_the_styles_says_so_and_still_works(tab):
    page = tab(java_script_enabled=False)
    page.route("**/*.css", lambda route: route.abort())

    page.goto("/ny/")

    expect(page.locator(".outdated")).to_be_visible()
    page.fill("[name=text]", "Hej!")
    page.click("text=Skicka")
    assert urls.DID == ["Hej!"]


def test_a_current_browser_says_nothing_and_nothing_is_blocked(tab):
    page, said = tab(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    for address in ("/", "/ny/", "/tillganglighet/", f"/barn/{KIM.public_id}/"):
        page.goto(address, wait_until="networkidle")

    assert said == []
    expect(page.locator(".outdated")).to_be_hidden()


def test_the_first_key_leads_past_the_menu(tab):
    page = tab()
    page.goto("/ny/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
