"""Who has read an item, and a reminder for those who have not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skolnav.boxes.information.actions.reading import remind_readers
from skolnav.boxes.information.queries.readers import piece_that_is_out, reading_of, to_remind
from skolnav.boxes.information.rules import may_work
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(may_work)
def readers(request: HubRequest, item: str) -> HttpResponse:
    found = piece_that_is_out(request.viewer, item)
    only_unread = request.GET.get("visa") != "alla"
    reading = reading_of(request.viewer, found, only_unread=only_unread, page=request.GET.get("sida", 1))
    return render(request, "information/staff/readers.html", {"item": found, "reading": reading})


@require_POST
@page(may_work)
def remind(request: HubRequest, item: str) -> HttpResponse:
    found = piece_that_is_out(request.viewer, item)

    def act() -> HttpResponse:
        # Not how many: the protected are reminded too, and beside the list a number would tell of them.
        remind_readers(actor=request.viewer, item=found, person_ids=to_remind(found))
        messages.success(request, _("De som inte har läst är påminda."))
        return redirect("information_staff:readers", item)

    return once(request, act)
