"""The staff's side of the shelf: files in folders, and links."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from skolnav.boxes.information.actions import shelf as actions
from skolnav.boxes.information.forms.shelf import DocumentForm, DocumentsForm, LinkForm, ShelfForm
from skolnav.boxes.information.models import Document, Link
from skolnav.boxes.information.queries.staff import placed
from skolnav.boxes.information.rules import may_work
from skolnav.core.access.pages import HubRequest, page
from skolnav.core.publishing.forms import posted_version
from skolnav.core.tenancy.versions import EditedMeanwhile
from skolnav.core.web import render
from skolnav.core.web.once import once


@page(may_work)
def documents(request: HubRequest) -> HttpResponse:
    form = DocumentsForm(request.POST or None, request.FILES or None, viewer=request.viewer)
    if form.is_valid():
        return once(request, lambda: _place_documents(request, form))
    return _list(request, form, Document, "information/staff/documents.html")


@page(may_work)
def document(request: HubRequest, row: str) -> HttpResponse:
    found = Document.objects.editable_by(request.viewer).get_or_404(public_id=row)
    form = DocumentForm(request.POST or None, viewer=request.viewer, row=found)
    change = {"document": found, **_fields(form, "title", "folder", "audience")} if form.is_valid() else {}
    return _change(
        request,
        form,
        found,
        "documents",
        lambda v: actions.change_document(actor=request.viewer, version=v, **change),
    )


@page(may_work)
def take_document_away(request: HubRequest, row: str) -> HttpResponse:
    found = Document.objects.editable_by(request.viewer).get_or_404(public_id=row)
    return _take_away(request, found, "documents")


@page(may_work)
def links(request: HubRequest) -> HttpResponse:
    form = LinkForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        return once(request, lambda: _place_link(request, form))
    return _list(request, form, Link, "information/staff/links.html")


@page(may_work)
def link(request: HubRequest, row: str) -> HttpResponse:
    found = Link.objects.editable_by(request.viewer).get_or_404(public_id=row)
    form = LinkForm(request.POST or None, viewer=request.viewer, row=found)
    change = {"link": found, **_link_fields(form)} if form.is_valid() else {}
    return _change(
        request,
        form,
        found,
        "links",
        lambda v: actions.change_link(actor=request.viewer, version=v, **change),
    )


@page(may_work)
def take_link_away(request: HubRequest, row: str) -> HttpResponse:
    found = Link.objects.editable_by(request.viewer).get_or_404(public_id=row)
    return _take_away(request, found, "links")


def _list(
    request: HubRequest, form: ShelfForm, model: type[Document] | type[Link], template: str
) -> HttpResponse:
    shown, rows = placed(request.viewer, model, request.GET.get("sida", 1))
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, "page": shown, "rows": rows}, status=status)


def _place_documents(request: HubRequest, form: DocumentsForm) -> HttpResponse:
    data = form.cleaned_data
    actions.place_documents(
        actor=request.viewer, files=data["attachments"], folder=data["folder"], audience=data["audience"]
    )
    messages.success(request, _("Filerna ligger nu i boxen."))
    return redirect("information_staff:documents")


def _place_link(request: HubRequest, form: LinkForm) -> HttpResponse:
    actions.place_link(actor=request.viewer, **_link_fields(form))
    messages.success(request, _("Länken ligger nu i boxen."))
    return redirect("information_staff:links")


def _change(request: HubRequest, form: ShelfForm, row: Any, place: str, act: Any) -> HttpResponse:
    """Save a valid form and lead back to the list; show it (again) otherwise, beside what somebody else saved."""
    version, theirs = row.version, None
    if form.is_valid():
        try:
            act(posted_version(request.POST))
            messages.success(request, _("Ändringen är sparad."))
            return redirect(f"information_staff:{place}")
        except EditedMeanwhile as meanwhile:
            theirs = meanwhile.row
            version = theirs.version  # type: ignore[attr-defined]
    elif form.is_bound:
        version = request.POST.get("version") or version
    context = {"form": form, "row": row, "version": version, "theirs": theirs, "place": place}
    return render(request, "information/staff/placed.html", context, status=422 if form.errors else 200)


def _take_away(request: HubRequest, row: Document | Link, place: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "information/staff/take_away.html", {"row": row, "place": place})
    actions.take_away(actor=request.viewer, item=row)
    messages.success(request, _("Borttaget."))
    return redirect(f"information_staff:{place}")


def _fields(form: ShelfForm, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


def _link_fields(form: LinkForm) -> dict[str, Any]:
    return _fields(form, "title", "address", "description", "folder", "audience")
