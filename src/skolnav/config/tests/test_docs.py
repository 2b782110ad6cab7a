"""What the documents name exists: commands, settings and addresses; and every setting is documented."""

import re
from pathlib import Path
from types import ModuleType

import pytest
import typer
from django.urls import Resolver404, include, resolve
from django.urls import path as url_path

from skolnav.config.cli import app
from skolnav.demo.urls import PAGES as PAGES_OF_DEMO

TOP = Path(__file__).resolve().parents[4]
PAGES = sorted([TOP / "README.md", *TOP.glob("docs/**/*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]+`|^ {4}\S.*$", re.DOTALL | re.MULTILINE)
SETTING = re.compile(r"\b(?:SKOLNAV_[A-Z_]+|DATABASE_URL)\b")
# Folders of Debian, which documents name too.
SYSTEM = ("/etc/", "/usr/", "/var/", "/srv/", "/opt/", "/dev/", "/run/")
ANY_ID = "1" * 16
# The recipe of a new box writes one that does not exist.
INVENTED = {"adding-a-box.md": "/matsedel/"}


def code_of(page: Path) -> str:
    """What the page shows as code."""
    return "\n".join(part.strip("`") for part in CODE.findall(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text(), re.MULTILINE))

    named = set(re.findall(r"(?:^ *|[;&] *)make ([a-z][a-z-]*)", code_of(page), re.MULTILINE))

    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_commands_exist(page: Path) -> None:
    root = typer.main.get_command(app)
    known = {name: set(getattr(command, "commands", {})) for name, command in root.commands.items()}

    named = re.findall(
        r"(?:^ *|bin/)skolnav ([a-z][a-z-]+)(?: ([a-z][a-z0-9-]+))?", code_of(page), re.MULTILINE
    )

    assert [words for words in named if words[0] not in known] == []
    assert [
        words for words in named if known[words[0]] and words[1] and words[1] not in known[words[0]]
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_settings_exist(page: Path) -> None:
    assert set(SETTING.findall(code_of(page))) - program_settings() == set()


def test_every_setting_is_documented() -> None:
    documented = set(
        SETTING.findall((TOP / "docs" / "operating" / "settings.md").read_text(encoding="utf-8"))
    )

    assert set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings_text())) - documented == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_addresses_exist(page: Path) -> None:
    invented = INVENTED.get(page.name, "/demo-of-nothing/")

    assert [path for path in addresses_in(page) if not is_route(path) and invented not in path] == []


@pytest.mark.parametrize(
    "page", [*PAGES, *TOP.glob("[A-Z]*.md")], ids=lambda page: str(page.relative_to(TOP))
)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def settings_text() -> str:
    """The settings file."""
    return (TOP / "src" / "skolnav" / "config" / "settings.py").read_text(encoding="utf-8")


def program_settings() -> set[str]:
    """Every variable that the program, its tests or its tools read."""
    files = [*TOP.glob("src/**/*.py"), *TOP.glob("tools/**/*"), TOP / "Makefile"]
    texts = (file.read_text(encoding="utf-8") for file in files if file.is_file() and file.suffix != ".pyc")
    return {name for text in texts for name in SETTING.findall(text)}


def addresses_in(page: Path) -> list[str]:
    """The code spans of a page that are addresses of the product: `/kontoret/` or `/barn/<pupil>/kalender/`."""
    spans = re.findall(r"`(/[\w<>:/-]*)`", page.read_text(encoding="utf-8"))
    return [span for span in spans if not span.startswith(SYSTEM)]


def is_route(path: str) -> bool:
    """Does the address lead to a view? `<anything>` stands for an id."""
    try:
        resolve(re.sub(r"<[^>]+>", ANY_ID, path), demo_addresses() if path.startswith("/demo/") else None)
    except Resolver404:
        return False
    return True


def demo_addresses() -> ModuleType:
    """The demo's own addresses, which the tests' installation does not have."""
    addresses = ModuleType("demo_addresses")
    addresses.urlpatterns = [url_path("demo/", include((PAGES_OF_DEMO, "demo")))]  # type: ignore[attr-defined]
    return addresses
