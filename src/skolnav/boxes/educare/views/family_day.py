"""One day of a child: its times, comments both ways, and asking for other times once it is locked."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.comments import read_comments, write_comment
from skolnav.boxes.educare.actions.requests import ask_change, withdraw_request
from skolnav.boxes.educare.forms.family import initial_of
from skolnav.boxes.educare.forms.family_asking import CommentForm, RequestForm
from skolnav.boxes.educare.models import ChangeRequest
from skolnav.boxes.educare.queries.comments import comments_of, requests_of
from skolnav.boxes.educare.queries.plans import Known
from skolnav.boxes.educare.queries.reading import read
from skolnav.boxes.educare.queries.weeks import Day, day_of, in_educare
from skolnav.boxes.educare.queries.wishes import Wish
from skolnav.boxes.educare.rules import may_open, may_register
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.schools.calendar import school_calendar
from skolnav.core.web import render
from skolnav.core.web.addresses import url
from skolnav.core.web.once import once

from .family_week import near, own_child


@page(may_open)
def index(request: HubRequest, day: date, pupil: str | None = None) -> HttpResponse:
    """The day; its comments are read by opening it."""
    child = _child_with_a_place(request, pupil)
    shown, known = _day(request, child, day)
    if shown.is_unread:
        read_comments(actor=request.viewer, pupil_id=child.id, day=day)
    form = RequestForm(known=known, pupil_id=child.id, initial=initial_of(known, shown.plan))
    return _page(request, child, shown, form, CommentForm())


@page(may_register)
def ask(request: HubRequest, day: date, pupil: str | None = None) -> HttpResponse:
    """The day with its form for a request."""
    child, day = own_child(request, pupil), near(request, day)
    if request.method != "POST":
        return redirect("educare:day", pupil=child.public_id, day=day)
    form = RequestForm(request.POST, known=Known(read([child.id], day, day)), pupil_id=child.id)
    if form.is_valid():
        wish = Wish(child.id, day, **form.times)
        try:
            return once(request, lambda: _ask(request, child, wish, form.cleaned_data["note"]))
        except Refused as refused:
            form.add_error(None, refused.message)
    return _page(request, child, _day(request, child, day)[0], form, CommentForm())


@require_POST
@page(may_register)
def comment(request: HubRequest, day: date, pupil: str | None = None) -> HttpResponse:
    """Write to the staff about the day."""
    child, day = own_child(request, pupil), near(request, day)
    form = CommentForm(request.POST)
    if form.is_valid():
        return once(request, lambda: _comment(request, child, day, form.cleaned_data["text"]))
    shown, known = _day(request, child, day)
    asking = RequestForm(known=known, pupil_id=child.id, initial=initial_of(known, shown.plan))
    return _page(request, child, shown, asking, form)


@require_POST
@page(may_register)
def withdraw(request: HubRequest, change: str, pupil: str | None = None) -> HttpResponse:
    """Take back a request that waits."""
    rows = ChangeRequest.objects.editable_by(request.viewer).filter(pupil__in=request.viewer.child_ids)
    asked = rows.get_or_404(public_id=change)
    child = next(one for one in request.viewer.children if one.id == asked.pupil_id)
    if pupil not in (None, child.public_id):
        raise Http404
    return once(request, lambda: _withdraw(request, child, asked))


def _child_with_a_place(request: HubRequest, pupil: str | None) -> PupilInCare:
    found = in_educare(request.viewer.chosen(pupil))
    if not found:
        raise Http404
    return found[0]


def _day(request: HubRequest, child: PupilInCare, day: date) -> tuple[Day, Known]:
    """Five statements."""
    near(request, day)
    known = Known(read([child.id], day, day, request.viewer.person_id))
    calendar = school_calendar(request.viewer.organiser_id, day, day)
    return day_of(request.viewer, known, calendar, child.id, day), known


def _page(
    request: HubRequest, child: PupilInCare, day: Day, form: RequestForm, comment_form: CommentForm
) -> HttpResponse:
    context = {
        "pupil": child,
        "day": day,
        "form": form,
        "comment_form": comment_form,
        "comments": comments_of(request.viewer, child.id, day.date),
        "requests": requests_of(request.viewer, child.id, day.date),
        "is_own": child.id in request.viewer.child_ids,
    }
    wrong = form.is_bound or comment_form.is_bound
    return render(request, "educare/family/day.html", context, status=422 if wrong else 200)


def _ask(request: HubRequest, child: PupilInCare, wish: Wish, note: str) -> HttpResponse:
    ask_change(actor=request.viewer, wish=wish, note=note)
    messages.success(request, _("Personalen har fått din önskan. Tiderna ändras när de har sagt ja."))
    return redirect("educare:day", pupil=child.public_id, day=wish.day)


def _comment(request: HubRequest, child: PupilInCare, day: date, text: str) -> HttpResponse:
    write_comment(actor=request.viewer, pupil_id=child.id, day=day, text=text.replace("\r\n", "\n"))
    messages.success(request, _("Personalen ser vad du skrev."))
    return redirect("educare:day", pupil=child.public_id, day=day)


def _withdraw(request: HubRequest, child: PupilInCare, asked: ChangeRequest) -> HttpResponse:
    try:
        withdraw_request(actor=request.viewer, asked=asked)
        messages.success(request, _("Din önskan är tillbakatagen."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(url("educare:day", pupil=child.public_id, day=asked.day))
