"""Pages are answered with `render`, which sets the shell around them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from .shell import HAT_COOKIE, Shell


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page `template` (`"absence/report.html"`) with its context, and beside it `shell`, `viewer`, `child`, `hat`,
    `box`, `csrf_input` and `csrf_token`. Costs no query of its own."""
    shell = Shell(request)
    around = {"shell": shell, "viewer": shell.viewer, "child": shell.child, "hat": shell.hat, "box": shell.box}
    page = engines.all()[0].get_template(template).render({**around, **(context or {})}, request)
    response = HttpResponse(page, status=status)
    if len(shell.hats) > 1 and shell.hat != request.COOKIES.get(HAT_COOKIE):
        response.set_cookie(HAT_COOKIE, shell.hat, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
