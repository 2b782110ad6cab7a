"""Texts of staff: a little Markdown, nothing that can harm."""

import pytest

from skolnav.core.publishing.text import for_search, to_html, to_words


def test_markdown_becomes_html_below_the_title_of_the_page():
    made = to_html("# Friluftsdag\n\nTa med **matsäck**.\n\n- vantar\n- mössa\n\n## Tider")

    assert '<h2 dir="auto">Friluftsdag</h2>' in made
    assert "<strong>matsäck</strong>" in made
    assert made.count("<li") == 2
    assert '<h3 dir="auto">Tider</h3>' in made


def test_the_first_heading_follows_the_title_however_small_it_was_written():
    """The button of the form writes "##": a step left out misleads who hears the page."""
    made = to_html("## Ta med\n\nMatsäck.\n\n#### Till skogen\n\nVantar.")

    assert '<h2 dir="auto">Ta med</h2>' in made
    assert '<h3 dir="auto">Till skogen</h3>' in made


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>hej</a>",
        "[hej](javascript:alert(1))",
        "[hej](data:text/html;base64,PHNjcmlwdD4=)",
        "<p style='position:fixed' onclick='alert(1)'>hej</p>",
        "<style>body{display:none}</style>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src='https://ond.example'></iframe>",
        "<form action='https://ond.example'><input name=losenord></form>",
        "![spion](https://ond.example/pixel.gif)",
        '<a href="https://a.example" onmouseover="alert(1)">hej</a>',
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    ],
)
def test_nothing_that_runs_or_calls_elsewhere_survives(written):
    made = to_html(written).lower()

    for bad in (
        "<script",
        "<img",
        '="javascript:',
        '="data:',
        "<style",
        "style=",
        "<iframe",
        "<svg",
        "<form",
        "<input",
    ):
        assert bad not in made
    assert not any(f" {handler}=" in made for handler in ("onerror", "onclick", "onmouseover"))


def test_addresses_become_links_that_tell_the_other_side_nothing():
    made = to_html("Läs mer på www.skolverket.se")

    assert 'href="http://www.skolverket.se"' in made
    assert 'rel="noopener nofollow"' in made


def test_a_line_break_stays_and_what_looks_like_a_sum_too():
    assert "<br>" in to_html("Hej\nVi ses")
    assert "3 &lt; 4" in to_html("3 < 4")


def test_words_for_search_are_found_whatever_their_case():
    assert to_words("# ÅRSMÖTE\n\n**Välkomna** till *skolan*.\nHej") == "ÅRSMÖTE Välkomna till skolan. Hej"
    assert "årsmöte" in for_search("ÅRSMÖTE", "x")


@pytest.mark.parametrize(
    "piece", ["[", "*a_", "> ", "![](", "`", "www.a.se ", "<b>", "- ", "|a|b|\n", "&#0;"]
)
def test_a_text_of_the_longest_sort_is_read_in_no_time(piece):
    import time

    began = time.perf_counter()
    to_html(piece * (50_000 // len(piece)))

    assert time.perf_counter() - began < 8
