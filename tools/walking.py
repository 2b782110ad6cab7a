"""A demo of its own, a browser, and the pages that somebody reaches by following links from where they begin.

Screenshots and the axe tests walk the same way, so a new page is in both without being listed anywhere.
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("SKOLNAV_CHROMIUM", "/usr/bin/chromium")
PASSWORD = "ekdal-demo"  # noqa: S105 (docs/demo.md tells it to everybody)
# Who is walked as, and where they begin. The first of each kind stands for it.
ROLES = {
    "visitor": "/logga-in/",
    "anna": "/",
    "kim": "/",
    "sara": "/personal/",
    "ingrid": "/personal/",
    "nour": "/personal/",
    "lena": "/kontoret/",
}
# Files and other hosts are no pages; logging out would end the walk.
NO_PAGE = re.compile(r"^/(static|fil)/|logga-ut|\.\w+$")


class Stop(NamedTuple):
    """One page of a walk: the name of its route, and the address it was met at."""

    route: str
    path: str


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        port: int = attempt.getsockname()[1]
        return port


@contextmanager
def served_demo(folder: Path) -> Iterator[str]:
    """Builds the demo in `folder` (it may be there already) and serves it; gives its address."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("SKOLNAV_", "DJANGO_"))},
        "SKOLNAV_ENVIRONMENT": "demo",
        "SKOLNAV_DATA": str(folder),
        "SKOLNAV_URL": f"http://127.0.0.1:{port}",
        # A mailbox of its own: another demo on this machine would take the letters.
        "SKOLNAV_SMTP_PORT": str(free_port()),
    }
    command = [
        sys.executable,
        "-c",
        "from skolnav.config.cli import main; main()",
        "demo",
        "--serve",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 (our own program)
    try:
        _wait_for(f"http://127.0.0.1:{port}/halsa/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(address: str, server: subprocess.Popen[bytes], seconds: int = 240) -> None:
    for _ in range(seconds * 4):
        if server.poll() is not None:
            raise RuntimeError("The demo did not start; see what it said above.")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 (our own address)
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"The demo did not answer on {address} within {seconds} seconds.")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        # Root has no sandbox of its own, and CI runs as root.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def log_in(page: Page, address: str, username: str) -> None:
    """Logs a member of the cast in, through the form."""
    page.goto(f"{address}/logga-in/")
    page.get_by_label("Användarnamn", exact=True).fill(username)
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(lambda url: "/logga-in/" not in url)


def walk(page: Page, address: str, start: str, most: int = 60) -> Iterator[Stop]:
    """Follows every link, breadth first, and stops once at each distinct route. The page stands at the stop."""
    waiting, met = [start], set[str]()
    while waiting and len(met) < most:
        path = waiting.pop(0)
        route = route_of(path)
        if route is None or route in met:
            continue
        answer = page.goto(urljoin(address, path))
        met.add(route)
        if answer is None or answer.status >= 400 or "html" not in answer.headers.get("content-type", ""):
            continue
        yield Stop(route, path)
        waiting += links_of(page, address)


def links_of(page: Page, address: str) -> list[str]:
    """The paths that the page links to, within the product."""
    found: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    parts = (urlsplit(link) for link in found if link.startswith(address + "/"))
    return [part.path for part in parts if not NO_PAGE.search(part.path)]


def route_of(path: str) -> str | None:
    """The name of the route that a path leads to."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
