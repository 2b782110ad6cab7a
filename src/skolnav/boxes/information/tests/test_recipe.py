"""docs/adding-a-box.md is written from this box: what it imports and names exists, and its templates are sound."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from jinja2 import Environment

RECIPE = Path(__file__).parents[5] / "docs" / "adding-a-box.md"
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", RECIPE.read_text(), re.DOTALL)
PYTHON = [text for language, text in BLOCKS if language == "python"]
TEMPLATES = [text for language, text in BLOCKS if language == "jinja"]


@pytest.mark.parametrize("text", PYTHON, ids=lambda text: text.split("\n", 1)[0].strip('"'))
def test_what_the_recipe_imports_is_there(text):
    for node in ast.walk(ast.parse(text)):
        if (
            not isinstance(node, ast.ImportFrom)
            or node.level
            or (node.module or "").startswith("skolnav.boxes.menu")
        ):
            continue
        module = importlib.import_module(node.module or "")
        assert all(hasattr(module, alias.name) for alias in node.names), node.module


@pytest.mark.parametrize("text", TEMPLATES)
def test_the_recipes_templates_can_be_read(text):
    Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text)


def test_the_recipe_shows_every_file_of_the_box():
    assert len(PYTHON) == 11
    assert len(TEMPLATES) == 2
