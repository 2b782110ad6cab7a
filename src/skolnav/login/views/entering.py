"""Logging in by user name and password, and logging out."""

from django.conf import settings
from django.contrib import auth, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from skolnav.core.access.pages import page, public
from skolnav.core.accounts.devices import device_of
from skolnav.core.accounts.entering import Reason, Refused, account_for
from skolnav.core.accounts.limits import TooManyAttempts, remember_place
from skolnav.core.accounts.models import Account
from skolnav.core.accounts.password_queue import TooBusy
from skolnav.core.audit.log import record
from skolnav.core.tenancy import clock
from skolnav.core.web import render
from skolnav.core.web.returning import back_to
from skolnav.login.forms import LoginForm
from skolnav.login.places import keep_name, named_browser, place_of

BACKEND = "skolnav.core.accounts.backend.ExactPassword"
TRY_AGAIN_SECONDS = 15


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@page(public)
def password(request: HttpRequest) -> HttpResponse:
    """The login page. Somebody already logged in goes where they were going."""
    if getattr(request, "viewer", None):
        return _where_to(request)
    form = LoginForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    try:
        account = account_for(form.cleaned_data["username"], form.cleaned_data["password"], place_of(request))
    except Refused as refused:
        return _page(
            request, form, refused=refused.reason, status=200 if refused.reason is Reason.NOT_RIGHT else 403
        )
    except TooManyAttempts as too_many:
        wait = round((too_many.until - clock.now()).total_seconds())
        return _later(_page(request, form, until=too_many.until, status=429), wait)
    except TooBusy:
        return _later(_page(request, form, is_busy=True, status=503), TRY_AGAIN_SECONDS)
    return _logged_in(request, account)


@require_POST
@page(public)
def logout(request: HttpRequest) -> HttpResponse:
    """End this session. Public, so that a session which has ended already is no error."""
    if request.user.is_authenticated:
        record(getattr(request, "viewer", None), "log_out", request.user)
    auth.logout(request)
    messages.success(request, _("Du är utloggad."))
    return redirect("login:password")


@transaction.atomic
def _logged_in(request: HttpRequest, account: Account) -> HttpResponse:
    place = named_browser(request)
    remember_place(account.username, place)
    # Cycles the session's key: one that somebody planted before opens nothing after.
    auth.login(request, account, backend=BACKEND)
    request.session["device"] = device_of(request.headers.get("User-Agent", ""))[:80]
    response = redirect("login:first") if account.must_change_password else _where_to(request)
    keep_name(response, place)
    return response


def _later(response: HttpResponse, seconds: int) -> HttpResponse:
    response["Retry-After"] = str(seconds)
    return response


def _page(request: HttpRequest, form: LoginForm, *, status: int = 200, **what: object) -> HttpResponse:
    said = {"refused": None, "until": None, "is_busy": False} | what
    reason = said["refused"]
    said["refused"] = reason.name if isinstance(reason, Reason) else ""
    return render(
        request, "login/password.html", {"form": form, "next": _next(request), **said}, status=status
    )


def _next(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _where_to(request: HttpRequest) -> HttpResponse:
    """To the page that was asked for, if it is one of ours."""
    return back_to(request, _next(request), settings.LOGIN_REDIRECT_URL)
