"""A small house for the tests of the shell: pages by the names that the shell looks for."""

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path

from skolnav.core.access.pages import page, public
from skolnav.core.tenancy.ids import PublicIdConverter
from skolnav.core.web import render
from skolnav.core.web.once import once

DID: list[str] = []


@page(public)
def blank(request: HttpRequest, pupil: str = "", number: int = 0) -> HttpResponse:
    return render(request, "web/page.html")


@page(public)
def count(request: HttpRequest) -> HttpResponse:
    DID.append("counted")
    return render(request, "web/parts/bell.html")


@page(public)
def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("Kim Larsson")


@page(public)
def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Veckan är låst.")


@page(public)
def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("Kim Larsson, 20130101TF01")


@page(public)
def unreachable(request: HttpRequest) -> HttpResponse:
    """Fails as often as the request's header says, as a database does that comes back."""
    DID.append("asked")
    if len(DID) <= int(request.headers.get("X-Fails", "99")):
        raise OperationalError("server closed the connection")
    return HttpResponse("answered")


@page(public)
def act(request: HttpRequest) -> HttpResponse:
    def work() -> HttpResponse:
        DID.append(request.POST.get("text", ""))
        if request.POST.get("text") == "fails":
            raise ValueError("half way")
        if request.POST.get("text") == "wrong":
            return HttpResponse("the form again")
        return redirect(f"/nyhet/{len(DID)}/")

    return once(request, work)


home = (
    [
        path("", blank, name="start"),
        re_path(rf"^barn/(?P<pupil>{PublicIdConverter.regex})/$", blank, name="child"),
        path("sok/", blank, name="search"),
        path("notiser/", blank, name="bell"),
        path("notiser/antal/", count, name="bell_count"),
        path("nyhet/<int:number>/", blank, name="news"),
    ],
    "home",
)
urlpatterns = [
    path("", include("skolnav.core.web.urls")),
    path("", include(home)),
    path("personal/", include(([path("", blank, name="start")], "workplace"))),
    path(
        "logga-in/", include(([path("", blank, name="password"), path("ut/", blank, name="logout")], "login"))
    ),
    path("saknas/", missing),
    path("last/", refused),
    path("trasig/", broken),
    path("borta/", unreachable),
    path("gor/", act),
]

handler400 = "skolnav.core.web.errors.bad_request"
handler403 = "skolnav.core.web.errors.forbidden"
handler404 = "skolnav.core.web.errors.not_found"
handler500 = "skolnav.core.web.errors.server_error"
