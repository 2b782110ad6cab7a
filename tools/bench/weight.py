"""What a first visit carries over the wire, and what the next one does, as Chromium counts it."""

from collections import Counter
from pathlib import Path

from tools.walking import CHROMIUM, chromium


def weigh(address: str, session: str) -> dict[str, dict[str, float]] | None:
    """Requests and compressed kilobytes of a first and a next visit of the start page, the font apart.

    None where Chromium is not installed (apt-get install chromium).
    """
    if not Path(CHROMIUM).exists():
        return None
    with chromium() as browser:
        context = browser.new_context(locale="sv-SE")
        context.add_cookies([{"name": "skolnav", "value": session, "url": address}])
        page = context.new_page()
        client = context.new_cdp_session(page)
        client.send("Network.enable")
        kinds: dict[str, str] = {}
        octets: Counter[str] = Counter()

        def asked(event: dict[str, str]) -> None:
            kinds[event["requestId"]] = event.get("type", "")

        def loaded(event: dict[str, float]) -> None:
            octets[str(event["requestId"])] += int(event["encodedDataLength"])

        client.on("Network.requestWillBeSent", asked)
        client.on("Network.loadingFinished", loaded)
        visits = {}
        for visit in ("first", "next"):
            kinds.clear()
            octets.clear()
            page.goto(f"{address}/", wait_until="networkidle")
            visits[visit] = totals(kinds, octets)
        return visits


def totals(kinds: dict[str, str], octets: Counter[str]) -> dict[str, float]:
    """Requests that went over the wire, their kilobytes, and the font's."""
    sent = {request: size for request, size in octets.items() if size}
    font = sum(size for request, size in sent.items() if kinds.get(request) == "Font")
    return {
        "requests": len(sent),
        "kb": round((sum(sent.values()) - font) / 1000, 1),
        "font_kb": round(font / 1000, 1),
    }
