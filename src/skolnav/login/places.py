"""Where a login comes from, and the random name by which a browser is known again."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from skolnav.core.accounts.addresses import client_address
from skolnav.core.accounts.limits import Place

COOKIE = f"{settings.SESSION_COOKIE_NAME}-enhet"
KEPT_DAYS = 400


def place_of(request: HttpRequest) -> Place:
    """The place that attempts are counted for. The browser's name opens nothing; it only has limits of its own."""
    return Place(client_address(request), request.COOKIES.get(COOKIE, "")[:64])


def named_browser(request: HttpRequest) -> Place:
    """The place, with a new name for a browser that has none: for a login that was right."""
    place = place_of(request)
    return place if place.device else Place(place.address, secrets.token_urlsafe(16))


def keep_name(response: HttpResponse, place: Place) -> None:
    """Hand the browser its name."""
    response.set_cookie(
        COOKIE,
        place.device,
        max_age=KEPT_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
