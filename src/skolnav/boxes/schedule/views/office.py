"""The week grid: a class's weekly times, added, changed from a day on, taken away and brought back."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.models import Group
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.timetable.models import Activity, Lesson
from skolnav.core.web import render
from skolnav.core.web.once import once

from ..actions import weekly
from ..actions.activities import add_activity
from ..forms.office import NEW, WEEKDAYS, LessonForm
from ..forms.restoring import RestoreForm
from ..queries.office import People, bring_of, choices_for, class_week, people_for, schools_led
from ..rules import may_plan
from .office_objects import group_of, lesson_of
from .office_warnings import Warnings, warnings_of


@page(may_plan)
def index(request: HubRequest) -> HttpResponse:
    """The viewer's schools, to choose a class."""
    return render(request, "schedule/office/index.html", {"schools": schools_led(request.viewer)})


@page(may_plan)
def week(request: HubRequest, group: str) -> HttpResponse:
    """A class's weekly times; after a removal with the way back."""
    found = group_of(request, group)
    restoring = RestoreForm(request.GET or None)
    removed = None
    if restoring.is_valid():
        removed = lesson_of(request, found, restoring.cleaned_data["lesson"])
    context = {"week": class_week(request.viewer, found), "group": found, "weekdays": dict(WEEKDAYS)}
    return render(
        request, "schedule/office/week.html", context | {"removed": removed, "restoring": restoring}
    )


@page(may_plan)
def new(request: HubRequest, group: str) -> HttpResponse:
    found = group_of(request, group)
    initial = {"weekday": request.GET.get("veckodag"), "groups": [found.public_id]}
    form = LessonForm(
        request.POST or None,
        choices=choices_for(request.viewer, found),
        people=_people(request, found),
        initial=initial,
    )
    if form.is_valid():
        return once(request, lambda: _add(request, found, form))
    return _form(request, found, form)


@page(may_plan)
def change(request: HubRequest, group: str, lesson: str) -> HttpResponse:
    found = group_of(request, group)
    chosen = lesson_of(request, found, lesson)
    form = LessonForm(
        request.POST or None,
        choices=choices_for(request.viewer, found),
        people=_people(request, found),
        lesson=chosen,
        bring="" if request.POST else bring_of(chosen),
        initial={"groups": [found.public_id]},
    )
    theirs = None
    if form.is_valid():
        try:
            return once(request, lambda: _change(request, found, chosen, form))
        except EditedMeanwhile as meanwhile:
            # What was typed stays in the form; the other version stands above it, and a second save is a choice.
            theirs = cast(Lesson, meanwhile.row)
            typed = request.POST.copy()
            typed["version"] = str(theirs.version)
            form.data = typed
    return _form(request, found, form, chosen, theirs=theirs)


@page(may_plan)
@require_POST
def remove(request: HubRequest, group: str, lesson: str) -> HttpResponse:
    found = group_of(request, group)
    chosen = lesson_of(request, found, lesson)

    def act() -> HttpResponse:
        first, last = weekly.remove_lesson(actor=request.viewer, lesson=chosen)
        answer = redirect("schedule_staff:office_week", found.public_id)
        answer["Location"] += f"?lesson={chosen.public_id}&first_day={first}&last_day={last}"
        return answer

    return once(request, act)


@page(may_plan)
@require_POST
def restore(request: HubRequest, group: str, lesson: str) -> HttpResponse:
    found = group_of(request, group)
    chosen = lesson_of(request, found, lesson)
    form = RestoreForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            return once(
                request,
                lambda: _restore(
                    request, found, chosen, data["version"] or 0, data["first_day"], data["last_day"]
                ),
            )
        except EditedMeanwhile:
            messages.warning(request, _("Någon annan har ändrat lektionen. Titta på den och ändra själv."))
    return redirect("schedule_staff:office_lesson", found.public_id, chosen.public_id)


def _people(request: HubRequest, group: Group) -> People | None:
    """Groups and teachers, where what was sent asks for them; a page that is shown always has them."""
    return people_for(request.viewer, group.school_id) if request.POST.get("activity") == NEW else None


def _form(
    request: HubRequest,
    group: Group,
    form: LessonForm,
    lesson: Lesson | None = None,
    warnings: Warnings | None = None,
    theirs: Lesson | None = None,
) -> HttpResponse:
    if form.people is None:
        form.offer(people_for(request.viewer, group.school_id))
    context = {"group": group, "form": form, "lesson": lesson, "warnings": warnings, "theirs": theirs}
    return render(
        request, "schedule/office/lesson.html", context | {"weekdays": dict(WEEKDAYS)}, status=_status(form)
    )


def _status(form: LessonForm) -> int:
    return 422 if form.errors else 200


def _activity(request: HubRequest, form: LessonForm) -> Activity:
    return form.chosen_activity or add_activity(
        actor=request.viewer,
        school_id=form.choices.school_id,
        content=form.content,
        first_day=form.pattern.first_day,
    )


def _add(request: HubRequest, group: Group, form: LessonForm) -> HttpResponse:
    """Within `once`: of a double tap the second does not meet the first one's lesson as a conflict."""
    warnings = warnings_of(request, form, None)
    if not warnings.are_accepted:
        return _form(request, group, form, None, warnings)
    activity = _activity(request, form)
    weekly.add_lesson(actor=request.viewer, activity=activity, times=form.times)
    messages.success(request, _("%(name)s ligger i schemat.") % {"name": activity.name})
    return redirect("schedule_staff:office_week", group.public_id)


def _change(request: HubRequest, group: Group, lesson: Lesson, form: LessonForm) -> HttpResponse:
    warnings = warnings_of(request, form, lesson)
    if not warnings.are_accepted:
        return _form(request, group, form, lesson, warnings)
    weekly.change_lesson(
        actor=request.viewer,
        lesson=lesson,
        version=form.cleaned_data["version"] or 0,
        activity=_activity(request, form),
        times=form.times,
    )
    messages.success(request, _("Ändringen är sparad. Det som har varit står kvar som det var."))
    return redirect("schedule_staff:office_week", group.public_id)


def _restore(
    request: HubRequest, group: Group, lesson: Lesson, version: int, first_day: date, last_day: date
) -> HttpResponse:
    weekly.restore_lesson(
        actor=request.viewer, lesson=lesson, version=version, first_day=first_day, last_day=last_day
    )
    messages.success(request, _("Lektionen ligger i schemat igen."))
    return redirect("schedule_staff:office_week", group.public_id)
