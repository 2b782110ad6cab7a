"""Weeks that repeat."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.educare.actions.patterns import (
    begin_pattern,
    end_pattern,
    first_free_day,
    replace_pattern,
)
from skolnav.boxes.educare.forms.family_patterns import PatternForm, preview_of, weekday_name, weeks_in
from skolnav.boxes.educare.models import CarePattern
from skolnav.boxes.educare.queries.opening import Opening
from skolnav.boxes.educare.queries.patterns import fields_of, patterns_of
from skolnav.boxes.educare.queries.plans import Known
from skolnav.boxes.educare.queries.reading import read
from skolnav.boxes.educare.queries.weeks import FARTHEST
from skolnav.boxes.educare.rules import may_register
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once

from .family_week import own_child

PREVIEWED = 8  # weeks


@page(may_register)
def index(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """The child's patterns, whoever made them."""
    child = own_child(request, pupil)
    context = {"pupil": child, "patterns": patterns_of(request.viewer, child.id), "weekday": weekday_name}
    return render(request, "educare/family/patterns.html", context)


@page(may_register)
def new(request: HubRequest, pupil: str | None = None) -> HttpResponse:
    """A new pattern: how many weeks, from when, and their days."""
    return _form_page(request, own_child(request, pupil), None)


@page(may_register)
def change(request: HubRequest, pattern: str, pupil: str | None = None) -> HttpResponse:
    """Other weeks from a day on."""
    child, found = _found(request, pattern, pupil)
    return _form_page(request, child, found)


@require_POST
@page(may_register)
def end(request: HubRequest, pattern: str, pupil: str | None = None) -> HttpResponse:
    """Let a pattern end with the last locked day."""
    child, found = _found(request, pattern, pupil)
    try:
        end_pattern(actor=request.viewer, pattern=found)
    except NotAllowed:
        raise Http404 from None
    messages.success(request, _("Schemat upphör. Dagar som redan är låsta står kvar."))
    return redirect("educare:patterns", pupil=child.public_id)


def _form_page(request: HubRequest, child: PupilInCare, old: CarePattern | None) -> HttpResponse:
    today = request.viewer.today
    known = Known(read([child.id], today, today + FARTHEST))
    opening = known.of_school(child.id)
    if opening is None:
        raise Http404
    form = _form(request, known, child, opening, old)
    context: dict[str, Any] = {"pupil": child, "old": old, "form": form, "theirs": None, "preview": None}
    context["earliest"] = first_free_day(opening)
    if request.method == "POST" and not {"resize", "copy"} & request.POST.keys() and form.is_valid():
        if "preview" in request.POST:
            context["preview"] = preview_of(form.content, opening, max(form.content.weeks, PREVIEWED))
        else:
            try:
                return once(request, lambda: _save(request, child, old, form))
            except Refused as refused:
                form.span.add_error("first_day", refused.message)
            except EditedMeanwhile as meanwhile:
                context["theirs"] = meanwhile.row
                typed = request.POST.copy()
                typed["version"] = str(cast(CarePattern, meanwhile.row).version)
                form.span.data = typed
    wrong = request.method == "POST" and not context["preview"] and bool(form.span.errors or form.wrong)
    return render(request, "educare/family/pattern.html", context, status=422 if wrong else 200)


def _form(
    request: HubRequest, known: Known, child: PupilInCare, opening: Opening, old: CarePattern | None
) -> PatternForm:
    asked = weeks_in(request.GET.get("veckor", ""), least=1)
    initial: dict[str, Any] = {"weeks": asked, "first_day": first_free_day(opening)}
    times: dict[tuple[int, int], dict[str, Any]] = {}
    if old is not None:
        initial |= {"weeks": old.weeks, "last_day": old.last_day, "version": old.version}
        initial["first_day"] = max(old.first_day, first_free_day(opening))
        times = fields_of(known, old, initial["first_day"])
    data = _copied(request.POST) if request.method == "POST" else None
    return PatternForm(data, known=known, pupil_id=child.id, opening=opening, initial=initial, times=times)


def _copied(post: QueryDict) -> QueryDict:
    """What was typed; after "same all days" the weekday that the button stood at is in every day of its week."""
    data = post.copy()
    source = data.get("copy", "")
    week = source.partition("-")[0]
    for weekday in range(7) if f"{source}-leaves_at" in post else ():
        for name in ("comes_at", "leaves_at", "who"):
            data.setlist(f"{week}-{weekday}-{name}", post.getlist(f"{source}-{name}"))
    return data


def _save(
    request: HubRequest, child: PupilInCare, old: CarePattern | None, form: PatternForm
) -> HttpResponse:
    if old is None:
        begin_pattern(actor=request.viewer, pupil_id=child.id, content=form.content)
    else:
        version = form.span.cleaned_data["version"] or 0
        replace_pattern(actor=request.viewer, pattern=old, version=version, content=form.content)
    messages.success(request, _("Schemat är sparat. Dagar som du har ställt in för sig gäller före schemat."))
    return redirect("educare:patterns", pupil=child.public_id)


def _found(request: HubRequest, public_id: str, pupil: str | None) -> tuple[PupilInCare, CarePattern]:
    """A pattern that the viewer may change: another guardian's is read only, and so no page."""
    found = CarePattern.objects.editable_by(request.viewer).get_or_404(public_id=public_id)
    child = next(one for one in request.viewer.children if one.id == found.pupil_id)
    mine = any(one.pattern == found and one.is_own for one in patterns_of(request.viewer, child.id))
    if not mine or pupil not in (None, child.public_id):
        raise Http404
    return child, found
