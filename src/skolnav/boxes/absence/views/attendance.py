"""Taking attendance in a lesson, or of a class's day, and what was changed afterwards."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skolnav.boxes.absence.actions.registers import ReasonMissing, take_register
from skolnav.boxes.absence.forms.registers import RegisterForm, rows_of
from skolnav.boxes.absence.queries.history import changes_of
from skolnav.boxes.absence.queries.occasions import (
    Occasion,
    OutOfTime,
    lesson_title,
    may_correct,
    opened_class_day,
    opened_lesson,
)
from skolnav.boxes.absence.queries.registers import Roll, pupils_of, register_of, roll_of
from skolnav.boxes.absence.rules import may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.viewer import GroupRef, Viewer
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Group
from skolnav.core.tenancy import clock
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.timetable import rights
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(may_see_staff_side)
def lesson(request: HubRequest, lesson: str, day: date) -> HttpResponse:
    try:
        occasion = opened_lesson(request.viewer, lesson, day)
    except OutOfTime as closed:
        return _closed(request, closed)
    return _register(request, occasion)


@page(may_see_staff_side)
def class_day(request: HubRequest, group: str, day: date) -> HttpResponse:
    return _register(request, opened_class_day(request.viewer, group, day))


@page(may_see_staff_side)
@require_safe
def lesson_history(request: HubRequest, lesson: str, day: date) -> HttpResponse:
    try:
        occasion = opened_lesson(request.viewer, lesson, day)
    except OutOfTime as closed:
        return _closed(request, closed)
    return _history(request, occasion)


@page(may_see_staff_side)
@require_safe
def class_day_history(request: HubRequest, group: str, day: date) -> HttpResponse:
    return _history(request, opened_class_day(request.viewer, group, day))


def _register(request: HubRequest, occasion: Occasion) -> HttpResponse:
    return _save(request, occasion) if request.method == "POST" else _show(request, roll_of(occasion))


def _save(request: HubRequest, occasion: Occasion) -> HttpResponse:
    # Whether it is a correction that wants a reason, the action says: it alone knows what stands now.
    form = RegisterForm(request.POST, occasion=occasion, pupils=pupils_of(occasion))
    if not form.is_valid():
        return _show(request, roll_of(occasion), form)
    try:
        return once(request, lambda: _take(request, occasion, form))
    except Refused as refused:
        form.add_error("reason" if isinstance(refused, ReasonMissing) else None, refused.message)
        return _show(request, roll_of(occasion), form)
    except EditedMeanwhile:
        return _meanwhile(request, roll_of(occasion), form)


def _take(request: HubRequest, occasion: Occasion, form: RegisterForm) -> HttpResponse:
    data = form.cleaned_data
    take_register(
        actor=request.viewer,
        occasion=occasion,
        marks=form.marks,
        version=data["version"] or 0,
        reason=data["reason"],
    )
    messages.success(request, _("Närvaron är sparad: %(lesson)s.") % {"lesson": occasion.title})
    if occasion.held_on == clock.today():
        return redirect("workplace:start")
    return redirect(occasion.address if data["version"] else "absence_staff:missing")


def _meanwhile(request: HubRequest, roll: Roll, form: RegisterForm) -> HttpResponse:
    """Both versions of each line that differs; where none does, there is nothing to choose."""
    if any(row.theirs for row in rows_of(roll, form, meanwhile=True)):
        return _show(request, roll, form, meanwhile=True)
    messages.info(request, _("Närvaron var redan tagen. Här är den."))
    return redirect(roll.occasion.address)


def _show(
    request: HubRequest, roll: Roll, form: RegisterForm | None = None, *, meanwhile: bool = False
) -> HttpResponse:
    occasion, viewer = roll.occasion, request.viewer
    is_over = roll.register is not None and occasion.held_on != clock.today()
    pupils = [line.pupil for line in roll.lines]
    form = form or RegisterForm(occasion=occasion, pupils=pupils)
    context = {
        "roll": roll,
        "occasion": occasion,
        "form": form,
        "rows": rows_of(roll, form, meanwhile=meanwhile),
        "meanwhile": meanwhile,
        "corrects": is_over,
        "waits": bool(occasion.only_of) and roll.register is None,
        "may_save": _may_save(viewer, roll, is_over),
        "is_now": occasion.is_on(clock.now()),
        "classes": _classes(viewer, occasion),
    }
    status = 409 if meanwhile else 422 if form.is_bound else 200
    return render(request, "absence/staff/register.html", context, status=status)


def _may_save(viewer: Viewer, roll: Roll, is_over: bool) -> bool:
    """What the action would not refuse."""
    occasion = roll.occasion
    may = not is_over or may_correct(viewer, occasion)
    return may and occasion.is_open() and (roll.register is not None or not occasion.only_of)


def _classes(viewer: Viewer, occasion: Occasion) -> list[GroupRef]:
    """The occasion's classes whose list the viewer may open, each once: a mentor also teaches. No statement."""
    mine = {one.id: one for one in viewer.staff_groups if one.kind == Group.Kind.CLASS}
    return [one for pk, one in sorted(mine.items()) if pk in occasion.group_ids]


def _history(request: HubRequest, occasion: Occasion) -> HttpResponse:
    register = register_of(occasion)
    only = {pupil.id for pupil in pupils_of(occasion)} if occasion.only_of else None
    changes = changes_of(register, only) if register else []
    context = {"occasion": occasion, "register": register, "changes": changes}
    return render(request, "absence/staff/history.html", context)


def _closed(request: HubRequest, closed: OutOfTime) -> HttpResponse:
    """A calm page without any pupil: the lesson is open to its substitute around its time alone."""
    lesson = closed.lesson
    opens, closes = lesson.starts - rights.OPENS_BEFORE, lesson.ends + rights.CLOSES_AFTER
    context = {"title": lesson_title(lesson), "lesson": lesson, "opens": opens, "closes": closes}
    return render(request, "absence/staff/closed.html", context, status=403)
