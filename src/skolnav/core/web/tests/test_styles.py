"""The styles keep their budget and their promises: nothing inline anywhere, every icon drawn, every colour there."""

import re
from pathlib import Path

import brotli

import skolnav

SOURCE = Path(skolnav.__file__).parent
WEB = SOURCE / "core" / "web" / "static" / "web"
TEMPLATES = [path for path in SOURCE.rglob("templates/**/*.html") if "/mail/" not in str(path)]


def styles() -> str:
    return "".join((WEB / name).read_text() for name in ("tokens.css", "base.css", "components.css"))


def test_styles_and_icons_are_light():
    weight = sum(
        len(brotli.compress((WEB / f).read_bytes())) for f in ("tokens.css", "base.css", "components.css")
    )

    assert weight < 15_000
    assert len(brotli.compress((WEB / "icons.svg").read_bytes())) < 8_000


def test_no_template_has_inline_style_or_script():
    for path in TEMPLATES:
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|hx-on|<style|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path


def test_every_icon_that_is_named_is_drawn():
    drawn = set(re.findall('<symbol id="([^"]+)"', (WEB / "icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for pattern in (r'(?<!\|)icon\("([a-z0-9-]+)"', r'"([a-z0-9-]+)"\|icon', r'icon_name="([a-z0-9-]+)"')
        for name in re.findall(pattern, path.read_text())
    }

    assert named - drawn == set()


def test_every_hue_has_its_class():
    css = styles()

    assert all(f".hue-{number} " in css for number in range(1, 13))
    assert all(f".box-hue-{degrees} " in css for degrees in range(0, 360, 5))


def test_all_tastes_and_needs_are_looked_after():
    css = styles()

    for need in (
        "prefers-contrast",
        "prefers-reduced-motion",
        "forced-colors",
        "@media print",
        "light-dark(",
    ):
        assert need in css, need
    assert not re.search(r"(?:margin|padding|border)-(?:left|right)\b|text-align: (?:left|right)", css)


def test_nothing_is_fetched_from_another_host():
    for path in [*WEB.glob("*.css"), *WEB.glob("js/*.js")]:
        assert "//" not in re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(), flags=re.S | re.M), path
