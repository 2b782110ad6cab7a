"""The office's first page: find people, and what is left to do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render
from skolnav.office.queries.figures import figures
from skolnav.office.queries.searching import find_by_number, is_number_like, search
from skolnav.office.rules import may_run_office

# Past so many schools the figures are each school's own: counting a municipality is no work for a first page.
SCHOOLS_COUNTED = 20
ROLES = ("", "elever", "vardnadshavare", "personal")
# Reached from the figures; no choice of its own beside the search field.
UNCONFIRMED = "obekraftade"


@page(may_run_office)
def start(request: HubRequest) -> HttpResponse:
    """Found people by GET; what is typed comes by POST, so that an identity number never stands in an address."""
    if request.method == "POST":
        return _typed(request)
    return _listed(
        request, "office/start.html", _clean(request.GET.get("sok", "")), request.GET.get("roll", "")
    )


def _clean(text: str) -> str:
    """What was typed, without what no name has: PostgreSQL takes no NUL."""
    return "".join(one for one in text if one.isprintable()).strip()[:80]


def _typed(request: HubRequest) -> HttpResponse:
    text, role = _clean(request.POST.get("sok", "")), request.POST.get("roll", "")
    if is_number_like(text):
        return _by_number(request, text)
    if request.headers.get("HX-Request"):
        return _listed(request, "office/parts/found.html", text, role)
    return redirect(f"{reverse('office:start')}?{urlencode({'sok': text, 'roll': role})}")


def _by_number(request: HubRequest, text: str) -> HttpResponse:
    found = find_by_number(request.viewer, text)
    if request.headers.get("HX-Request"):
        return render(request, "office/parts/found.html", {**_nothing(), "hit": found, "by_number": True})
    if found:
        return redirect("office:person", person=found.public_id)
    return render(request, "office/start.html", {**_nothing(), "by_number": True})


def _nothing() -> dict[str, Any]:
    return {
        "text": "", "role": "", "roles": _roles(), "page": None, "hit": None, "by_number": False, "keep": "",
        "figures": None,
    }  # fmt: skip


def _listed(request: HubRequest, template: str, text: str, role: str) -> HttpResponse:
    role = role if role in (*ROLES, UNCONFIRMED) else ""
    if not (text or role):
        return render(request, template, {**_nothing(), "figures": _figures(request)})
    context = {**_nothing(), "text": text, "role": role}
    context["page"] = search(request.viewer, text, role, request.GET.get("sida", ""))
    context["keep"] = urlencode({"sok": text, "roll": role}) + "&"
    return render(request, template, context)


def _figures(request: HubRequest) -> Any:
    few = len(request.viewer.administered_school_ids) <= SCHOOLS_COUNTED
    return figures(request.viewer) if few and not request.headers.get("HX-Request") else None


def _roles() -> list[tuple[str, str]]:
    return list(zip(ROLES, (_("Alla"), _("Elever"), _("Vårdnadshavare"), _("Personal")), strict=True))
