"""Downloads. Whoever may read the owner's row may read its file; to everybody else it does not exist."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from skolnav.core.access.pages import HubRequest, page
from skolnav.core.access.rules import is_logged_in

from .models import StoredFile

# Shown in the browser; everything else is only offered to be saved.
_SHOWN = ("image/jpeg", "image/png", "image/webp", "application/pdf")
# Tried with Chromium: pictures and its PDF viewer work in the sandbox.
_SEALED = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_safe
@page(is_logged_in)
def download(request: HubRequest, file: str) -> FileResponse:
    """The file itself."""
    stored = StoredFile.objects.visible_to(request.viewer).get_or_404(public_id=file)
    return _response(stored.path, stored.name, stored.content_type)


@require_safe
@page(is_logged_in)
def picture(request: HubRequest, file: str, width: int) -> FileResponse:
    """A picture at one of its smaller widths."""
    stored = StoredFile.objects.visible_to(request.viewer).get_or_404(public_id=file)
    derivative: dict[str, Any] | None = stored.derivatives.get(str(width))
    if derivative is None:
        raise Http404
    return _response(derivative["path"], f"{stored.name.rpartition('.')[0]}.webp", "image/webp")


def _response(path: str, name: str, content_type: str) -> FileResponse:
    """The bytes, streamed, with headers that let no browser take them for a page of ours."""
    try:
        content = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, filename=name, content_type=content_type, as_attachment=content_type not in _SHOWN
    )
    response["Content-Security-Policy"] = _SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Never kept by the browser or a proxy: custody that ends must end here too.
    response["Cache-Control"] = "private, no-store"
    return response
