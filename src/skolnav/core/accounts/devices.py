"""What a browser is called in the list of one's sessions: "Chrome på Android". Short, and nothing to track with."""

from django.utils.translation import gettext as _

# The first that fits: later ones name earlier ones too (Edge says Chrome, Chrome says Safari).
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """What is kept of a User-Agent header: "Chrome|Android"; empty when it says nothing that we know."""
    known = (_first(user_agent, _BROWSERS), _first(user_agent, _SYSTEMS))
    return "|".join(known) if any(known) else ""


def device_name(device: str) -> str:
    """How it is called in the reader's language: "Chrome på Android"."""
    browser, _bar, system = device.partition("|")
    if browser and system:
        return _("%(browser)s på %(system)s") % {"browser": browser, "system": system}
    return browser or system


def _first(user_agent: str, signs: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
