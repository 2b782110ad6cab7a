"""The threat model promises nothing that no test proves."""

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
PAGE = PACKAGE.parents[1] / "THREAT_MODEL.md"
NAMED = re.compile(r"`([\w/]+\.py)?::(test_\w+)`")


def named_tests() -> list[tuple[str, str]]:
    """(file, test) of every test that the page names; a file is named once and counts until the next."""
    found, file = [], ""
    for path, test in NAMED.findall(PAGE.read_text(encoding="utf-8")):
        file = path or file
        found.append((file, test))
    return found


def test_every_test_that_it_names_is_there() -> None:
    texts = {file: (PACKAGE / file).read_text(encoding="utf-8") for file, _ in named_tests()}

    assert len(texts) > 20
    assert [(file, test) for file, test in named_tests() if f"def {test}(" not in texts[file]] == []


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))

    assert [link for link in links if not (PAGE.parent / link).exists()] == []
