"""What families meet is said in Arabic, whole. What staff and office alone meet is Swedish to an Arabic reader."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools import messages

PLURAL_FORMS = 6
# Forms 0-2 are none, one and two: Arabic says them without a number.
NUMBERED = 3
FOR_FAMILIES = (
    "home", "login", "core/accounts", "core/web", "core/files", "core/notifications",
    "boxes/information", "boxes/calendar",
)  # fmt: skip
# Within a box: what staff alone write and read.
OF_STAFF = (
    "templates/*/staff*", "templates/*/staff/*", "templates/*/form.html", "templates/*/theirs.html",
    "forms.py", "forms/*", "actions.py", "actions/*", "queries.py", "queries/*", "views/*",
)  # fmt: skip


@cache
def begun() -> list[Path]:
    return [app for app in messages.apps() if messages.place(app, "ar").exists()]


def of_family(app: Path, file: Path) -> bool:
    """Whether a file of an app for families is met by them."""
    if app.parent.name != "boxes":
        return True
    inside = file.relative_to(app)
    return inside.name == "family.py" or not any(inside.match(name) for name in OF_STAFF)


@pytest.fixture
def family_files(monkeypatch: pytest.MonkeyPatch) -> None:
    every = messages.sources

    def theirs(app: Path) -> Iterator[tuple[Path, str]]:
        return ((file, method) for file, method in every(app) if of_family(app, file))

    monkeypatch.setattr(messages, "sources", theirs)


@pytest.mark.parametrize("name", FOR_FAMILIES)
@pytest.mark.usefixtures("family_files")
def test_every_text_for_families_has_its_arabic(name: str) -> None:
    app = messages.SOURCE / name
    said = messages.renewed(messages.texts(app), messages.kept(app, "ar"))

    assert [message.id for message in said if message.id and messages.unsound(message)] == []


def wrong(message: Message) -> bool:
    """An Arabic that has begun but is not whole: a lost placeholder, or fewer than six forms."""
    forms = messages.translations(message)
    if not any(forms):
        return False
    if not message.pluralizable:
        return bool(messages.unsound(message))
    wanted = set(messages.PLACEHOLDER.findall(message.id[1]))
    return (
        len(forms) != PLURAL_FORMS
        or bool(messages.unsound(message))
        or any(set(messages.PLACEHOLDER.findall(form)) != wanted for form in forms[NUMBERED:])
    )


@pytest.mark.parametrize("app", begun(), ids=lambda app: str(app.relative_to(messages.SOURCE)))
def test_every_placeholder_stands_in_the_arabic(app: Path) -> None:
    assert [message.id for message in messages.kept(app, "ar") if message.id and wrong(message)] == []


def test_what_schools_write_stands_isolated_in_the_arabic() -> None:
    """Else a sign at the end of a Swedish title ("214 böcker!") is moved to the wrong side."""
    bare = re.compile(r"(?<!\u2068)%\((?:title|words|search|groups|school|name|box)\)s")
    said = (message for app in begun() for message in messages.kept(app, "ar") if message.id)

    assert [message.id for message in said if any(map(bare.search, messages.translations(message)))] == []


def test_a_text_is_said_alike_in_every_app() -> None:
    """Django keeps one text for all apps, so that two would win by chance; plurals left empty come as Swedish."""
    said: dict[tuple[str, str], set[str]] = {}
    for app in begun():
        for message in messages.kept(app, "ar"):
            forms = messages.translations(message)
            if message.id and (any(forms) or message.pluralizable):
                key = (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
                said.setdefault(key, set()).add("|".join(forms))

    assert {key: forms for key, forms in said.items() if len(forms) > 1} == {}
