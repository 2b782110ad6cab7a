"""The links of the mails: a new password, and the proof of an address.

The token is moved from the address into a short-lived cookie, so that it is neither in the
history nor in what the browser tells other pages; and opening a link does nothing yet: mail scanners open them too.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from skolnav.core.access.pages import page, public
from skolnav.core.accounts.actions import set_password_by_link, verify_email
from skolnav.core.accounts.limits import welcome_back
from skolnav.core.accounts.links import LinkUsedUp, Purpose, find_link
from skolnav.core.accounts.models import OneTimeLink
from skolnav.core.accounts.password_queue import TooBusy
from skolnav.core.web import render
from skolnav.core.web.once import once
from skolnav.login.forms import NewPasswordForm
from skolnav.login.places import keep_name, named_browser

COOKIE = f"{settings.SESSION_COOKIE_NAME}-lank"
MINUTES = 60


@require_safe
@page(public)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link to choose a password."""
    return _carry(token, "login:new_password")


@require_safe
@page(public)
def open_verification(request: HttpRequest, token: str) -> HttpResponse:
    """A link that proves an address."""
    return _carry(token, "login:verification")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@page(public)
def new_password(request: HttpRequest) -> HttpResponse:
    """Choose a password by a link that was mailed."""
    return once(request, lambda: _choose(request)) if request.method == "POST" else _choose(request)


@require_http_methods(["GET", "HEAD", "POST"])
@page(public)
def verification(request: HttpRequest) -> HttpResponse:
    """Confirm that an address is one's own, by the button of the page that the link leads to."""
    return once(request, lambda: _confirm(request)) if request.method == "POST" else _confirm(request)


def _choose(request: HttpRequest) -> HttpResponse:
    try:
        link = find_link(request.COOKIES.get(COOKIE, ""), Purpose.NEW_PASSWORD, Purpose.FIRST_PASSWORD)
        form = NewPasswordForm(request.POST or None, account=link.account)
        if form.is_valid():
            set_password_by_link(link=link, new=form.cleaned_data["password"])
            return _password_is_set(request, link)
    except LinkUsedUp:
        return _used_up(request)
    except TooBusy:
        return _private(
            render(request, "login/new_password.html", {"form": form, "link": link, "is_busy": True}, 503)
        )
    return _private(
        render(request, "login/new_password.html", {"form": form, "link": link, "is_busy": False})
    )


def _confirm(request: HttpRequest) -> HttpResponse:
    try:
        link = find_link(request.COOKIES.get(COOKIE, ""), Purpose.VERIFY_EMAIL)
        if request.method == "POST":
            verify_email(link=link)
            messages.success(request, _("Tack! E-postadressen är bekräftad."))
            return _done(redirect("/"))
    except LinkUsedUp:
        return _used_up(request)
    return _private(render(request, "login/verification.html", {"email": link.email}))


def _password_is_set(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    text = _("Lösenordet är bytt. Logga in som %(username)s med ditt nya lösenord.")
    messages.success(request, text % {"username": link.account.username})
    place = named_browser(request)
    welcome_back(link.account.username, place)
    response = _done(redirect("login:password"))
    keep_name(response, place)
    return response


def _carry(token: str, name: str) -> HttpResponse:
    response = redirect(name)
    response.set_cookie(
        COOKIE,
        token,
        max_age=MINUTES * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return _private(response)


def _used_up(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "login/used_up.html", status=410))


def _done(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache.

    A Referrer-Policy of "no-referrer" has no place here: under it a browser sends its forms with the Origin "null",
    which the check against forged forms refuses. "same-origin", which is the default, keeps the address from others.
    """
    response["Cache-Control"] = "no-store"
    return response
