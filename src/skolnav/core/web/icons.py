"""Icons from one sprite file (Lucide). Always with a word beside them, so they are hidden from screen readers."""

from functools import lru_cache

from markupsafe import Markup

from .addresses import static


@lru_cache(maxsize=512)
def icon(name: str, extra: str = "") -> Markup:
    """The drawing `name` of static/web/icons.svg (its ids are Lucide's names); `extra` is one more class."""
    return Markup(
        '<svg class="{}" width="22" height="22" aria-hidden="true"><use href="{}#{}"></use></svg>'
    ).format(f"i {extra}".strip(), static("web/icons.svg"), name)
