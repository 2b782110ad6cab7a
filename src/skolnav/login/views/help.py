"""Questions and answers about this installation (row 0-help-1)."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from skolnav.core.access.pages import page, public
from skolnav.core.access.viewer import Viewer
from skolnav.core.boxes.choices import family_boxes, staff_boxes
from skolnav.core.boxes.registry import Box, all_boxes
from skolnav.core.web import render
from skolnav.login.schools import Found, find_schools, schools_of


@require_safe
@page(public)
def index(request: HttpRequest) -> HttpResponse:
    """The page, before and after login: one's own schools first, else a school that one finds by name."""
    viewer = cast(Viewer | None, getattr(request, "viewer", None))
    asked = request.GET.get("skola", "")
    context = {
        "own_schools": schools_of(viewer) if viewer else (),
        "asked": asked,
        "found": find_schools(asked) if asked.strip() else Found(),
        "boxes": _boxes(viewer),
        "days": settings.SESSION_COOKIE_AGE // 86400,
        "languages": [str(name) for _code, name in settings.LANGUAGES],
    }
    return render(request, "login/help.html", context)


def _boxes(viewer: Viewer | None) -> list[Box]:
    """Those the reader has; before login, those that there are."""
    if viewer is None:
        return list(all_boxes())
    return family_boxes(viewer, viewer.pupils) if viewer.is_family else staff_boxes(viewer)
