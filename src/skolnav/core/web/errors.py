"""Pages for when something is wrong. They say what happened and what to do, and cost no query."""

import logging
import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from .once import FIELD
from .render import render
from .traces import places, route_of

log = logging.getLogger("skolnav.failures")

DATABASE_GONE = (OperationalError, InterfaceError)
_NOT_REPEATED = {FIELD, "csrfmiddlewaretoken"}
_READABLE = "ACDEFGHJKLMNPQRTUVWXY34679"

# The last resort, when even our templates fail.
_BARE = (
    "<!doctype html><html lang=sv><meta charset=utf-8><title>Fel · Skolnav</title>"
    "<h1>Något gick fel hos oss</h1><p>Försök igen om en stund.</p><p><a href='/'>Till startsidan</a></p>"
)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what does not exist and what this reader may not know of."""
    return _page(request, "web/errors/not_found.html", 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: something that one may see, and not change. An exception's own text is said."""
    text = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(request, "web/errors/not_allowed.html", 403, text=text)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent what no page of ours sends; 413 where it was an upload beyond all limits."""
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request, "web/errors/too_large.html", 413, megabytes=settings.UPLOAD_LIMIT // 1024 // 1024
        )
    return _page(request, "web/errors/not_understood.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is gone: Django calls it while the exception is still at hand."""
    return failed(request, sys.exc_info()[1])


def failed(request: HttpRequest, exception: BaseException | None) -> HttpResponse:
    """The page for an exception that nobody expected, and a line in the log without anybody's data in it."""
    if isinstance(exception, DATABASE_GONE):
        return unreachable(request)
    reference = "".join(secrets.choice(_READABLE) for _ in range(6))
    log.error("reference=%s route=%s %s", reference, _route(request), _where(exception))
    return _page(request, "web/errors/failed.html", 500, reference=reference)


def unreachable(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer. The browser is told when to come back."""
    log.warning("database unreachable route=%s", _route(request))
    response = _page(request, "web/errors/unreachable.html", 503)
    response["Retry-After"] = "30"
    return response


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token no longer fits. What was typed is offered again, if our own page sent it."""
    typed = _typed(request) if _is_from_our_own_page(request) else []
    return _page(request, "web/errors/form_too_old.html", 403, typed=typed, has_files=bool(request.FILES))


def _is_from_our_own_page(request: HttpRequest) -> bool:
    """Another site must not be able to fill a form here and have our page offer it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and url_has_allowed_host_and_scheme(origin, {request.get_host()}, request.is_secure())


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields to send again; never a password."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_REPEATED and "password" not in name and "pin" not in name.lower()
        for value in values
        if isinstance(value, str)
    ]


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    if not hasattr(request, "LANGUAGE_CODE"):  # it failed before anybody asked for the reader's language
        translation.activate(translation.get_language_from_request(request))
    try:
        return render(request, template, context, status=status)
    except Exception:  # noqa: BLE001 (an error page must not fail in its turn)
        log.error("the page %s failed %s", template, _where(sys.exc_info()[1]))
        return HttpResponse(_BARE, status=status)


def _route(request: HttpRequest) -> str:
    return f"{request.method} {route_of(request)}"


def _where(exception: BaseException | None) -> str:
    """Type and place of an exception, without its text: texts quote rows."""
    if exception is None:
        return "unknown"
    said = f"{type(exception).__name__} {places(exception.__traceback__)}"
    return f"{said} {exception!r}" if settings.DEBUG else said
