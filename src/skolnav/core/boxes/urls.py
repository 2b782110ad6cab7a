"""The boxes' URLs: over all children, over one, and for staff."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.module_loading import import_string

from skolnav.core.tenancy.ids import PublicIdConverter

from .registry import all_boxes

# `/information/` over all children and `/barn/<pupil>/information/` over one are the same pages: the pupil
# stands in the path, never in the session, so two tabs can show two children.
_MAYBE_A_PUPIL = rf"^(?:barn/(?P<pupil>{PublicIdConverter.regex})/)?"


def box_urls() -> list[URLPattern | URLResolver]:
    """Patterns of every registered box, named `<key>:…` and `<key>_staff:…`."""
    patterns: list[URLPattern | URLResolver] = []
    for box in all_boxes():
        family = (_named(box.family_urls), box.key)
        patterns.append(re_path(f"{_MAYBE_A_PUPIL}{box.prefix}/", include(family)))
        if box.staff_urls:
            patterns.append(
                path(f"personal/{box.prefix}/", include((_named(box.staff_urls), f"{box.key}_staff")))
            )
    return patterns


def _named(dotted: str) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = import_string(dotted)
    return found
