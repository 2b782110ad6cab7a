"""A pupil's picture: uploaded, looked at, kept, taken away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.absence.forms.portraits import PortraitForm
from skolnav.boxes.absence.queries.occasions import class_of
from skolnav.boxes.absence.rules import may_see_staff_side
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.files.models import StoredFile
from skolnav.core.files.portraying import portraits_of, portrayable_q, remove_portrait, set_portrait
from skolnav.core.people.models import Group, Membership, Person
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(may_see_staff_side)
def portrait(request: HubRequest, group: str, pupil: str) -> HttpResponse:
    """Without scripts too: "Visa" takes the picture in and shows it, "Spara" keeps it."""
    found = class_of(request.viewer, group)
    person = _member(request, found, pupil)
    form = PortraitForm(request.POST or None, request.FILES or None, viewer=request.viewer)
    file = form.file if form.is_valid() else None
    if file and "spara" in request.POST:
        return once(request, lambda: _keep(request, found, person, file))
    context = {
        "group": found,
        "person": person,
        "form": form,
        "shown": file,
        "now": portraits_of(request.viewer, [person.pk]).get(person.pk),
    }
    return render(request, "absence/staff/portrait.html", context, status=422 if form.errors else 200)


@page(may_see_staff_side)
@require_POST
def remove(request: HubRequest, group: str, pupil: str) -> HttpResponse:
    found = class_of(request.viewer, group)
    person = _member(request, found, pupil)
    return once(request, lambda: _remove(request, found, person))


def _member(request: HubRequest, group: Group, public_id: str) -> Person:
    """A pupil of the class whose picture the viewer may set; Http404 for others, and for who is protected."""
    members = Membership.everything.filter(Membership.valid_on(request.viewer.today), group=group)
    pupils = Person.objects.visible_to(request.viewer).filter(portrayable_q(request.viewer))
    return pupils.filter(pk__in=members.values("person_id")).get_or_404(public_id=public_id)


def _keep(request: HubRequest, group: Group, person: Person, file: StoredFile) -> HttpResponse:
    set_portrait(actor=request.viewer, person=person, file=file)
    messages.success(request, _("Bilden är sparad."))
    return redirect("absence_staff:class", group.public_id)


def _remove(request: HubRequest, group: Group, person: Person) -> HttpResponse:
    remove_portrait(actor=request.viewer, person=person)
    messages.success(request, _("Bilden är borttagen."))
    return redirect("absence_staff:class", group.public_id)
