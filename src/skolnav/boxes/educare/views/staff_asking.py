"""What families ask and tell: a child's day, requests for other times, comments."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.educare.actions.comments import read_comments
from skolnav.boxes.educare.actions.deciding import comment_as_staff, decide_request
from skolnav.boxes.educare.forms.staff import AnswerForm, CommentForm
from skolnav.boxes.educare.models import ChangeRequest
from skolnav.boxes.educare.queries.requests import (
    ChildDay,
    asked_of,
    child_day,
    comments_for,
    open_requests,
    requests_of_staff,
    with_names,
)
from skolnav.boxes.educare.rules import has_sections
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.web import render
from skolnav.core.web.once import once

ON_A_PAGE = 30


@page(has_sections)
def child(request: HubRequest, pupil: str, day: date) -> HttpResponse:
    found = child_day(request.viewer, pupil, day)
    if found is None:
        raise Http404
    form = CommentForm(request.POST or None)
    if form.is_valid():
        return once(request, lambda: _comment(request, found, day, form.cleaned_data["text"]))
    if request.method == "GET" and any(not one.is_from_staff for one in found.comments):
        read_comments(actor=request.viewer, pupil_id=found.member.person.pk, day=day)
    context = {"day": day, "found": found, "form": form}
    return render(request, "educare/staff/child.html", context, status=422 if form.errors else 200)


@page(has_sections)
def requests(request: HubRequest) -> HttpResponse:
    waiting = with_names(open_requests(request.viewer)).order_by("day", "asked_at")
    shown = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("sida"))
    context = {"page": shown, "asked": asked_of(list(shown))}
    return render(request, "educare/staff/requests.html", context)


@page(has_sections)
def decide(request: HubRequest, change: str) -> HttpResponse:
    found = with_names(requests_of_staff(request.viewer)).get_or_404(public_id=change)
    if request.method != "POST":
        return render(request, "educare/staff/decide.html", {"asked": asked_of([found])})
    form = AnswerForm(request.POST)
    try:
        return once(request, lambda: _decide(request, found, form))
    except NotAllowed:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("educare_staff:requests")


@page(has_sections)
def comments(request: HubRequest) -> HttpResponse:
    shown = Paginator(comments_for(request.viewer, unread=False), ON_A_PAGE).get_page(request.GET.get("sida"))
    return render(request, "educare/staff/comments.html", {"page": shown})


def _comment(request: HubRequest, found: ChildDay, day: date, text: str) -> HttpResponse:
    comment_as_staff(actor=request.viewer, pupil_id=found.member.person.pk, day=day, text=text)
    messages.success(request, _("Familjen kan läsa det nu."))
    return redirect("educare_staff:child", found.member.person.public_id, day)


def _decide(request: HubRequest, found: ChangeRequest, form: AnswerForm) -> HttpResponse:
    accept = request.POST.get("decision") == "yes"
    if not form.is_valid():
        raise Refused(_("Svaret är för långt. Skriv högst 400 tecken."))
    decide_request(actor=request.viewer, request=found, accept=accept, answer=form.cleaned_data["answer"])
    messages.success(
        request, _("Du sa ja. Tiden är ändrad.") if accept else _("Du sa nej. Familjen får veta det.")
    )
    return redirect("educare_staff:requests")
