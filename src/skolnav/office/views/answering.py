"""What the office's forms have in common: done once, or shown again with what was wrong."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.core.access.pages import HubRequest
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import EditedMeanwhile, NotAllowed, NumberTaken, Refused
from skolnav.core.people.models import Person
from skolnav.core.web.once import once


def person_or_404(viewer: Viewer, public_id: str) -> Person:
    """A person of the viewer's schools, or Http404."""
    return Person.objects.editable_by(viewer).get_or_404(public_id=public_id)


def to_person(person: Person) -> HttpResponse:
    return redirect("office:person", person=person.public_id)


def carry_out(
    request: HubRequest, form: forms.Form, act: Callable[[], HttpResponse], said: str = ""
) -> HttpResponse | None:
    """Do what a valid form asks, once, and say so; None when it was refused and the form says why.

    `EditedMeanwhile` and `NumberTaken` are left to the forms that can meet them.
    """
    try:
        answer = once(request, act)
    except Refused as refused:
        form.add_error(None, refused.message)
        return None
    except NotAllowed:
        raise Http404 from None
    if said:
        messages.success(request, said)
    return answer


def carry_out_on_version(
    request: HubRequest, form: forms.Form, act: Callable[[], HttpResponse], said: str = ""
) -> HttpResponse | None:
    """The same for a form without fields of its own to compare: a change meanwhile is said, and shown by the page."""
    try:
        return carry_out(request, form, act, said)
    except EditedMeanwhile:
        form.add_error(
            None, _("Någon annan har ändrat det här medan du läste. Titta igen innan du går vidare.")
        )
        return None


def say_number_is_taken(request: HubRequest, form: forms.Form, taken: NumberTaken) -> Person | None:
    """Tell a form that a number belongs to somebody. Gives them if the viewer may know who; the attempt is logged."""
    known = Person.objects.editable_by(request.viewer).filter(pk=taken.person.pk).first()
    record(request.viewer, "number_taken", taken.person)
    if known:
        said = _("Det finns redan en person med det numret: %(name)s.") % {"name": known.full_name}
    else:
        said = _("Numret går inte att använda här. Kontakta huvudmannen, som kan se var det finns.")
    form.add_error("identity_number", said)
    return known


def act_and_return(
    request: HubRequest, act: Callable[[], object], back: HttpResponse, said: str
) -> HttpResponse:
    """A one-tap button: done once, said, and back to where it stood; a refusal is said there too. Asked for by
    anything but a POST, it does nothing."""
    if request.method != "POST":
        return back

    def done() -> HttpResponse:
        act()
        messages.success(request, said)
        return back

    try:
        return once(request, done)
    except (Refused, EditedMeanwhile) as refused:
        messages.error(request, getattr(refused, "message", "") or _("Någon annan har ändrat det här nyss."))
        return back
    except NotAllowed:
        raise Http404 from None
