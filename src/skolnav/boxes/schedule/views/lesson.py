"""A lesson's page for those who work with it, and what they do there."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.actions.refusals import NotAllowed, Refused
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.timetable.computing import lesson_on
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import CLOSES_AFTER, OPENS_BEFORE, leads, may_work_with
from skolnav.core.web import render
from skolnav.core.web.once import once

from ..actions import changing, marks
from ..forms.lesson import MarkForm, NoteForm
from ..queries.staff_weeks import address_of
from ..queries.weeks import Card
from ..rules import knows_of, may_change, may_mark_every_week, may_see_staff_side

LessonView = Callable[..., HttpResponse]


def with_lesson(view: LessonView) -> LessonView:
    """Give the view the lesson of its address. 404 for those who have nothing to do with it; a substitute who comes
    too early or too late is told when it opens. What was saved meanwhile is shown, and asked once more."""

    @wraps(view)
    def found(request: HubRequest, lesson: str, day: date, **more: str) -> HttpResponse:
        one = lesson_on(request.viewer.organiser_id, lesson, day)
        if one is None or not knows_of(request.viewer, one):
            raise Http404
        if not may_work_with(request.viewer, one):
            return _closed(request, one)
        try:
            return view(request, one, **more)
        except NotAllowed:
            raise Http404 from None
        except EditedMeanwhile:
            now = lesson_on(request.viewer.organiser_id, lesson, day)
            return show(request, now or one, is_meanwhile=True, status=409)

    return found


@page(may_see_staff_side)
@with_lesson
def lesson(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    return show(request, lesson)


@page(may_see_staff_side)
@require_POST
@with_lesson
def add_mark(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    form = MarkForm(request.POST, with_every_week=may_mark_every_week(request.viewer, lesson))
    if not form.is_valid():
        return show(request, lesson, mark_form=form, status=422)
    data = {"text": form.cleaned_data["text"], "every_week": form.cleaned_data.get("every_week", False)}
    return once(request, lambda: _mark(request, lesson, kind=form.cleaned_data["kind"], **data))


@page(may_see_staff_side)
@require_POST
@with_lesson
def remove_mark(request: HubRequest, lesson: Occurrence, mark: str) -> HttpResponse:
    marks.remove_mark(actor=request.viewer, lesson=lesson, public_id=mark)
    messages.success(request, _("Borttaget."))
    return redirect(address_of(lesson))


@page(may_see_staff_side)
@require_POST
@with_lesson
def note(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, lesson, note_form=form, status=422)
    try:
        return once(request, lambda: _note(request, lesson, form.cleaned_data))
    except EditedMeanwhile:
        return _note_again(request, lesson)


@page(may_see_staff_side)
@require_POST
@with_lesson
def cancel(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    return _change(
        request, lesson, changing.cancel_lesson, _("Lektionen är inställd. De som berörs får veta det.")
    )


@page(may_see_staff_side)
@require_POST
@with_lesson
def reinstate(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    return _change(
        request, lesson, changing.reinstate_lesson, _("Lektionen blir av. De som berörs får veta det.")
    )


@page(may_see_staff_side)
@require_POST
@with_lesson
def put_back(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    return _change(
        request,
        lesson,
        changing.put_back_lesson,
        _("Lektionen är som vanligt igen. De som berörs får veta det."),
    )


def show(
    request: HubRequest,
    lesson: Occurrence,
    *,
    mark_form: MarkForm | None = None,
    note_form: NoteForm | None = None,
    is_meanwhile: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The lesson's page, with a form as it was filled in where something in it needs another look."""
    viewer, every_week = request.viewer, may_mark_every_week(request.viewer, lesson)
    context = {
        "lesson": lesson,
        "card": Card(lesson, is_now=False),
        "mark_form": mark_form or MarkForm(with_every_week=every_week),
        "note_form": note_form or NoteForm(initial={"note": lesson.note, "version": lesson.version}),
        "may_change": may_change(viewer, lesson),
        "may_set_substitute": leads(viewer, lesson),
        "may_mark_every_week": every_week,
        "is_meanwhile": is_meanwhile,
    }
    return render(request, "schedule/staff/lesson.html", context, status=status)


def _closed(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    opens, closes = lesson.starts - OPENS_BEFORE, lesson.ends + CLOSES_AFTER
    context = {"lesson": lesson, "opens": opens, "closes": closes}
    return render(request, "schedule/staff/closed.html", context, status=403)


def _mark(request: HubRequest, lesson: Occurrence, **what: Any) -> HttpResponse:
    marks.add_mark(actor=request.viewer, lesson=lesson, **what)
    messages.success(request, _("Det står i schemat nu."))
    return redirect(address_of(lesson))


def _note(request: HubRequest, lesson: Occurrence, data: dict[str, Any]) -> HttpResponse:
    changing.note_lesson(actor=request.viewer, lesson=lesson, version=data["version"], note=data["note"])
    messages.success(request, _("Anteckningen är sparad."))
    return redirect(address_of(lesson))


def _note_again(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    """What was typed stays in the form; the day as it now is stands above, and a second save is a choice."""
    now = lesson_on(request.viewer.organiser_id, lesson.public_id, lesson.day) or lesson
    typed = request.POST.copy()
    typed["version"] = str(now.version)
    return show(request, now, note_form=NoteForm(typed), is_meanwhile=True, status=409)


def _change(request: HubRequest, lesson: Occurrence, action: Callable[..., Any], told: str) -> HttpResponse:
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) <= 9 else -1

    def act() -> HttpResponse:
        try:
            action(actor=request.viewer, lesson=lesson, version=seen if seen >= 0 else lesson.version)
            messages.success(request, told)
        except Refused as refused:
            messages.warning(request, refused.message)
        return redirect(address_of(lesson))

    return once(request, act)
