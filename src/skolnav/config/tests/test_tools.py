"""The tools of `make check` find what they are for."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tools import committed_files, messages, requirements


def test_texts_of_templates_and_modules_are_found(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{{ _("Hej") }} {% trans n=3 %}En{% pluralize %}{{ n }}{% endtrans %}'
    )
    (tmp_path / "views.py").write_text(
        '_("Spara"); ngettext("ett barn", "%(n)s barn", 2); pgettext_lazy("box", "Tid")'
    )

    found = messages.texts(tmp_path)

    assert {
        message.id if isinstance(message.id, str) else message.id[0] for message in found if message.id
    } == {
        "Hej",
        "En",
        "Spara",
        "ett barn",
        "Tid",
    }


@pytest.mark.parametrize(
    ("text", "translation", "complaint"),
    [
        ("Hej", "Hi", ""),
        ("Hej", "", "not translated"),
        ("Hej %(name)s", "Hi %(nam)s", "in its translation only"),
        ("Hej %(name)s", "Hi", "lost a placeholder"),
        (("ett barn", "%(n)s barn"), ("one child", "%(n)s children"), ""),
        (("ett barn", "%(n)s barn"), ("one child", ""), "not translated"),
    ],
)
def test_an_unsound_translation_is_named(text: str, translation: str, complaint: str) -> None:
    found = messages.unsound(Message(text, translation))

    assert complaint in found
    assert bool(complaint) == bool(found)


def test_a_text_that_is_gone_leaves_the_catalogue_and_none_is_guessed() -> None:
    old, found = Catalog(locale="en"), Catalog()
    old.add("Spara", "Save")
    old.add("Ta bort", "Remove")
    found.add("Spara")
    found.add("Ta bort allt")

    kept = messages.renewed(found, old)

    assert {message.id: message.string for message in kept if message.id} == {
        "Spara": "Save",
        "Ta bort allt": None,
    }


def test_a_promise_without_a_test_and_a_test_without_a_promise_are_told() -> None:
    rows = [
        requirements.Row("1-a", True, ""),
        requirements.Row("1-b", True, ""),
        requirements.Row("1-c", False, ""),
    ]

    told = requirements.complaints(rows, {"1-a": ["test_a"], "9-z": ["test_z"]})

    assert [line.split()[0] for line in told] == ["1-b", "9-z"]


def test_every_row_of_the_list_is_read() -> None:
    assert {row.number for row in requirements.rows()} >= {"0-help-1", "7-bell-1", "15-security-3"}


@pytest.mark.parametrize(
    "line", ["pip install --index" + "-url x", "see /home/" + "anna/skolnav", "/ro" + "ot/x"]
)
def test_what_belongs_to_one_machine_is_seen(line: str) -> None:
    assert committed_files.PACKAGE_HOST.search(line) or committed_files.machine_places().search(line)


@pytest.mark.parametrize("line", ["uv --no-emit-index" + "-url", "/usr/bin/chromium", "href=/hem/home/"])
def test_what_is_anybodys_is_not(line: str) -> None:
    assert not committed_files.PACKAGE_HOST.search(line)
    assert not committed_files.machine_places().search(line)


@pytest.mark.parametrize(("part", "file"), [("run", "run.txt"), ("dev", "dev.txt")])
def test_all_that_the_project_asks_for_is_pinned(part: str, file: str) -> None:
    project = tomllib.loads((committed_files.TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(project["optional-dependencies"]["dev"] if part == "dev" else [])]
    pins = (committed_files.TOP / "requirements" / file).read_text(encoding="utf-8")

    pinned = set(re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE))

    assert {re.split(r"[\[<>=]", name)[0].lower() for name in asked} - pinned == set()
    assert pins.count("==") <= pins.count("--hash=sha256:")
