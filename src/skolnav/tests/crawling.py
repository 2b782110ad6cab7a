"""Walks the house as somebody does who clicks every link."""

import re
from dataclasses import dataclass
from typing import Any

LINK = re.compile(r'(?:href|hx-get)="([/?][^"#]*)"')
# Weeks and days lead on to weeks and days without end.
CALENDAR = re.compile(r"^\?.*\b(?:vecka|dag|sida)=")
MOST_PAGES = 400


@dataclass(frozen=True)
class Page:
    """What a link led to, and the page that it stands on."""

    address: str
    status: int
    text: str
    found_on: str


def walk(client: Any, start: str = "/") -> list[Page]:
    """Every page that links lead to from here, each once, with its tabs; where it redirects is walked too."""
    pages: dict[str, Page] = {}
    waiting = [(start, "")]
    while waiting and len(pages) < MOST_PAGES:
        address, found_on = waiting.pop()
        if address in pages or address.startswith("/static/"):
            continue
        response = client.get(address)
        text = "" if response.streaming else response.content.decode()
        pages[address] = Page(address, response.status_code, text, found_on)
        if response.status_code in (301, 302, 303):
            waiting.append((response["Location"], address))
        links = [link.replace("&amp;", "&") for link in LINK.findall(text)]
        waiting += [(_whole(link, address), address) for link in links if not CALENDAR.match(link)]
    return list(pages.values())


def _whole(link: str, address: str) -> str:
    """A tab's link is a query of its own page."""
    return address.partition("?")[0] + link if link.startswith("?") else link
