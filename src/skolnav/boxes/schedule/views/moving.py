"""Another time for a lesson, or somebody else to take it: pages with a form of their own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.models import Person
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.timetable.computing import lesson_on
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.timetable.rights import leads
from skolnav.core.web import render
from skolnav.core.web.once import once

from ..actions.changing import move_lesson
from ..actions.substitutes import remove_substitute, set_substitute
from ..forms.lesson import MoveForm, SubstituteForm, initial_of
from ..queries.clashes import Clashes, clashes_of
from ..queries.staff_weeks import address_of
from ..rules import may_change, may_see_staff_side
from .lesson import with_lesson


@page(may_see_staff_side)
@with_lesson
def move(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    if not may_change(request.viewer, lesson):
        raise Http404
    form = MoveForm(request.POST or None, lesson=lesson, initial=initial_of(lesson))
    if not form.is_valid():
        return _move_page(request, lesson, form, None, 422 if form.is_bound else 200)
    data = form.cleaned_data
    clashes = clashes_of(request.viewer.organiser_id, lesson, data["starts"], data["ends"], form.room_chosen)
    if clashes and request.POST.get("anyway") != form.wish:
        return _move_page(request, lesson, form, clashes, 409)
    try:
        return once(request, lambda: _move(request, lesson, form))
    except EditedMeanwhile:
        now = lesson_on(request.viewer.organiser_id, lesson.public_id, lesson.day) or lesson
        typed = request.POST.copy()
        typed["version"] = str(now.version)
        form.data = typed
        return _move_page(request, now, form, None, 409, is_meanwhile=True)


@page(may_see_staff_side)
@with_lesson
def substitute(request: HubRequest, lesson: Occurrence) -> HttpResponse:
    if not leads(request.viewer, lesson):
        raise Http404
    form = SubstituteForm(request.POST or None, lesson=lesson, initial={"version": lesson.version})
    if form.is_valid():
        return once(request, lambda: _set(request, lesson, form))
    taken = Person.everything.filter(pk__in=[one.id for one in lesson.substitutes])
    context = {"lesson": lesson, "form": form, "substitutes": taken}
    return render(request, "schedule/staff/substitute.html", context, status=422 if form.is_bound else 200)


@page(may_see_staff_side)
@require_POST
@with_lesson
def no_substitute(request: HubRequest, lesson: Occurrence, person: str) -> HttpResponse:
    if not leads(request.viewer, lesson):
        raise Http404
    ids = [one.id for one in lesson.substitutes]
    found = Person.everything.filter(pk__in=ids, public_id=person).first()
    if found is not None:
        remove_substitute(actor=request.viewer, lesson=lesson, version=lesson.version, person=found)
        messages.success(request, _("Vikarien är borttagen från lektionen."))
    return redirect(address_of(lesson))


def _move_page(
    request: HubRequest,
    lesson: Occurrence,
    form: MoveForm,
    clashes: Clashes | None,
    status: int,
    *,
    is_meanwhile: bool = False,
) -> HttpResponse:
    context = {"lesson": lesson, "form": form, "clashes": clashes, "is_meanwhile": is_meanwhile}
    return render(request, "schedule/staff/move.html", context, status=status)


def _move(request: HubRequest, lesson: Occurrence, form: MoveForm) -> HttpResponse:
    data = form.cleaned_data
    move_lesson(
        actor=request.viewer,
        lesson=lesson,
        version=data["version"],
        starts=data["starts"],
        ends=data["ends"],
        room=form.room_chosen,
    )
    messages.success(request, _("Lektionen är flyttad. De som berörs får veta det."))
    return redirect(address_of(lesson))


def _set(request: HubRequest, lesson: Occurrence, form: SubstituteForm) -> HttpResponse:
    person = form.person_chosen
    set_substitute(actor=request.viewer, lesson=lesson, version=form.cleaned_data["version"], person=person)
    messages.success(request, _("%(name)s tar lektionen och får veta det.") % {"name": person.full_name})
    return redirect(address_of(lesson))
