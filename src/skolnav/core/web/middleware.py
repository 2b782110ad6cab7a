"""The manners of every answer: headers, calm failures, the reader's language. Each does a few dictionary look-ups."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import connections
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation

from . import errors
from .shell import HAT_OF_PREFIX

log = logging.getLogger("skolnav.failures")

GetResponse = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
# What Django answers itself, each with its own page.
_HAS_A_PAGE = (Http404, PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)


class SecurityHeaders:
    """Strict headers on every answer. A view that set its own (a download, more strictly) keeps it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            headers.setdefault("Cache-Control", "no-store")
        return response


class FriendlyFailures:
    """A database that is gone: one more try for a reader, then a calm page. Anything else: a page and a log line."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 503 and response.headers.get("Retry-After"):
            self._close_connections()
            if request.method in ("GET", "HEAD"):
                log.warning("trying again")
                response = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view's exception; those of the middleware inside come to `errors.server_error`."""
        if isinstance(exception, _HAS_A_PAGE):
            return None
        got_request_exception.send(sender=type(self), request=request)
        return errors.failed(request, exception)

    @staticmethod
    def _close_connections() -> None:
        """A dead connection is not used again. Inside a test's transaction there is none to lose."""
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:
                connection.close()


# Only what families meet is translated to these; the pages of staff and office speak Swedish instead.
FOR_FAMILIES_ONLY = frozenset({"ar"})


class ReaderLanguage:
    """Speaks the language of the account, else of the cookie, else of the browser, where the page has it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.spoken = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: Any) -> HttpResponse:
        language = self._language_of(request)
        # A page left in Swedish but marked as Arabic would be read aloud as gibberish, from the wrong side.
        if language in FOR_FAMILIES_ONLY and request.path.startswith(tuple(HAT_OF_PREFIX)):
            language = settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _language_of(self, request: Any) -> str:
        viewer = getattr(request, "viewer", None)
        for chosen in (viewer.language if viewer else "", request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
            if chosen in self.spoken:
                return str(chosen)
        return translation.get_language_from_request(request)
