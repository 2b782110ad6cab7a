"""Pages that anybody reaches: robots, the security contact, the accessibility statement, the choice of language."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from skolnav.core.access.pages import page, public
from skolnav.core.tenancy import clock

from ..render import render
from ..returning import back_to
from ..statement import statement

_A_YEAR = 365 * 24 * 3600


@require_safe
@page(public)
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for a search engine."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@require_safe
@page(public)
def security_contact(request: HttpRequest) -> HttpResponse:
    """/.well-known/security.txt (RFC 9116): where somebody who finds a hole turns."""
    until = clock.start_of(clock.today() + timedelta(days=180))
    lines = (
        f"Contact: {statement().security_contact}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: sv, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@page(public)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Tillgänglighetsredogörelse: the law (2018:1937) asks each installation for one."""
    return render(request, "web/accessibility.html", {"statement": statement()})


@require_POST
@page(public)
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language: a cookie, and the account's own choice for somebody logged in."""
    chosen = request.POST.get("sprak", "")
    response = back_to(request, request.POST.get("till", ""), "/")
    if chosen in dict(settings.LANGUAGES):
        _remember(request, chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _remember(request: HttpRequest, chosen: str) -> None:
    """So that mails speak it too, and the next device."""
    account = getattr(request, "user", None)
    if account is not None and account.is_authenticated:
        type(account)._default_manager.filter(pk=account.pk).update(language=chosen)
