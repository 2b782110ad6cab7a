"""Texts that staff write: a little Markdown becomes HTML that can do no harm."""

import html
import re
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

LONGEST = 50_000

_BLOCKS = ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "td", "th")
_TAGS = {
    *_BLOCKS,
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "del",
    "code",
    "br",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
}
_BLOCK_END = re.compile(r"</(?:p|h\d|li|blockquote|pre|td|th)>|<br>")
_SCHEMES = {"http", "https", "mailto", "tel"}


def to_html(source: str) -> str:
    """Safe HTML of a text in Markdown, or of one pasted from a web page.

    Scripts and styles go with all they hold; other unknown tags, event handlers and addresses that run code
    go alone. Headings begin at h2, below the page's own; pictures are attachments, never another host's.
    Each block finds its own direction of writing.
    """
    return nh3.clean(
        _markdown().render(source),
        tags=_TAGS,
        clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math", "noscript"},
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        set_tag_attribute_values={tag: {"dir": "auto"} for tag in _BLOCKS},
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )


def to_words(source: str) -> str:
    """The same text as plain words, for search and for the first line in a list."""
    bare = nh3.clean(_BLOCK_END.sub(r" \g<0>", to_html(source)), tags=set())
    return " ".join(html.unescape(bare).split())


def for_search(*texts: str) -> str:
    """Words in the form that both databases find alike: SQLite knows no capital Å."""
    return " ".join(texts).casefold()


def asked_words(search: str) -> list[str]:
    """What somebody looks for, word by word, to be found in what `for_search` made; no more than a person types."""
    return for_search(search[:100].replace("\0", "")).split()[:8]


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"linkify": True, "breaks": True}).enable(
        ["linkify", "table", "strikethrough"]
    )
    made.core.ruler.push("below_the_title", _below_the_title)
    return made


def _below_the_title(state: StateCore) -> None:
    """h1 is the title of the page: the text's largest heading is one step below it, and no step is skipped."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    sizes = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(sizes.index(token.tag) + 2, 4)}"
