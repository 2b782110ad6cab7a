"""Pages are answered with `render`, which sets the shell around them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment
from markupsafe import Markup

from .shell import HAT_COOKIE, Shell


class FormToken:
    """The token against forged forms, made when the first form of the page asks for it, and once a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def value(self) -> str:
        return get_token(self.request)

    @cached_property
    def field(self) -> Markup:
        return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(self.value)


class TokenField(FormToken):
    """`csrf_input`: prints itself as the hidden field."""

    def __html__(self) -> str:
        return self.field

    __str__ = __html__


class TokenValue:
    """`csrf_token`: prints itself as the bare value."""

    def __init__(self, token: FormToken) -> None:
        self.token = token

    def __str__(self) -> str:
        return self.token.value


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page `template` (`"absence/report.html"`) with its context, and beside it `shell`, `viewer`, `child`, `hat`,
    `box`, `csrf_input` and `csrf_token`. Costs no query of its own."""
    shell = Shell(request)
    token = TokenField(request)
    around = {
        "request": request,
        "shell": shell,
        "viewer": shell.viewer,
        "child": shell.child,
        "hat": shell.hat,
        "box": shell.box,
        "csrf_input": token,
        "csrf_token": TokenValue(token),
    }
    page = _environment().get_template(template).render({**around, **(context or {})})
    response = HttpResponse(page, status=status)
    if len(shell.hats) > 1 and shell.hat != request.COOKIES.get(HAT_COOKIE):
        response.set_cookie(HAT_COOKIE, shell.hat, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def _environment() -> Environment:
    """The one Jinja2 environment of settings.TEMPLATES."""
    engine = engines.all()[0]
    assert isinstance(engine, Jinja2)
    return engine.env
