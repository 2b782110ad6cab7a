"""Glömt lösenord, and glömt användarnamn (rows 4-password-1 and 4-password-2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from skolnav.core.access.pages import page, public
from skolnav.core.accounts.actions import request_new_password
from skolnav.core.accounts.limits import TooManyAttempts
from skolnav.core.web import render
from skolnav.login.forms import ForgottenForm
from skolnav.login.places import place_of
from skolnav.login.schools import Found, find_schools


@require_http_methods(["GET", "HEAD", "POST"])
@page(public)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the account exists or not, and takes as long."""
    form = ForgottenForm(request.POST or None)
    until = None
    if form.is_valid():
        try:
            request_new_password(
                typed=form.cleaned_data["typed"], language=get_language() or "", place=place_of(request)
            )
            return redirect("login:sent")
        except TooManyAttempts as too_many:
            until = too_many.until
    context = {"form": form, "until": until}
    return render(request, "login/forgotten.html", context, status=429 if until else 200)


@require_safe
@page(public)
def sent(request: HttpRequest) -> HttpResponse:
    """What happens now, and what to do when no mail comes."""
    return render(request, "login/sent.html")


@require_safe
@page(public)
def username(request: HttpRequest) -> HttpResponse:
    """A forgotten user name: the school tells it. Which school, one finds by its name."""
    asked = request.GET.get("skola", "")
    found = find_schools(asked) if asked.strip() else Found()
    return render(request, "login/username.html", {"asked": asked, "found": found})
