"""What a class's lessons are: subject, groups and teachers, for all lessons of an activity at once."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.people.models import Group
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher
from skolnav.core.web import render
from skolnav.core.web.once import once

from ..actions.activities import change_activity
from ..forms.activities import ActivityForm, initial_of_activity
from ..queries.office import people_for
from ..rules import may_plan
from .office_objects import activity_of, group_of


@page(may_plan)
def change(request: HubRequest, group: str, activity: str) -> HttpResponse:
    found = group_of(request, group)
    chosen = activity_of(request, found, activity)
    form = ActivityForm(
        request.POST or None,
        people=people_for(request.viewer, found.school_id),
        initial=initial_of_activity(chosen, _groups(chosen), _teachers(request, chosen)),
    )
    theirs = None
    if form.is_valid():
        try:
            return once(request, lambda: _change(request, found, chosen, form))
        except EditedMeanwhile as meanwhile:
            theirs = cast(Activity, meanwhile.row)
            typed = request.POST.copy()
            typed["version"] = str(theirs.version)
            form.data = typed
    context = {"group": found, "activity": chosen, "form": form, "theirs": theirs}
    if theirs:
        context |= {"their_groups": _group_names(theirs), "their_teachers": _teacher_names(request, theirs)}
    return render(request, "schedule/office/activity.html", context, status=422 if form.errors else 200)


def _groups(activity: Activity) -> list[str]:
    rows = ActivityGroup.objects.filter(activity=activity)
    return list(rows.values_list("group__public_id", flat=True))


def _teachers(request: HubRequest, activity: Activity) -> list[str]:
    rows = ActivityTeacher.objects.filter(activity=activity).exclude(valid_until__lt=request.viewer.today)
    return list(rows.values_list("person__public_id", flat=True))


def _group_names(activity: Activity) -> list[str]:
    return sorted(ActivityGroup.objects.filter(activity=activity).values_list("group__name", flat=True))


def _teacher_names(request: HubRequest, activity: Activity) -> list[str]:
    rows = ActivityTeacher.objects.filter(activity=activity).exclude(valid_until__lt=request.viewer.today)
    return [
        f"{given} {family}" for given, family in rows.values_list("person__given_name", "person__family_name")
    ]


def _change(request: HubRequest, group: Group, activity: Activity, form: ActivityForm) -> HttpResponse:
    data = form.cleaned_data
    changed = change_activity(
        actor=request.viewer,
        activity=activity,
        version=data["version"] or 0,
        content=form.content,
        from_day=data["from_day"],
    )
    messages.success(request, _("%(name)s är sparad, för alla lektioner.") % {"name": changed.name})
    return redirect("schedule_staff:office_week", group.public_id)
