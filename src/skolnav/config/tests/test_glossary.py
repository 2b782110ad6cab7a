"""The glossary names what exists: every word in code is a class, a module or a value of the product."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[4]
PACKAGE = TOP / "src" / "skolnav"


def words() -> list[str]:
    """The code words of the glossary's tables, those of the notes included."""
    rows = (
        line
        for line in (TOP / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    )
    return sorted({word for row in rows for word in re.findall(r"`(\w+)`", row)})


@pytest.fixture(scope="module")
def program() -> str:
    """All of the program, tests apart."""
    files = [file for file in PACKAGE.glob("**/*.py") if "tests" not in file.parts]
    return "\n".join([*(file.stem for file in files), *(file.read_text(encoding="utf-8") for file in files)])


@pytest.mark.parametrize("word", words())
def test_the_word_is_in_the_program(word: str, program: str) -> None:
    pattern = rf"^class {word}\b" if word[0].isupper() else rf"\b{word}\b"

    assert re.search(pattern, program, re.MULTILINE)
