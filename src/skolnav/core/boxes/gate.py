"""A box that is off answers 404 on its whole prefix. In one place, before any of its views."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from .choices import is_on
from .registry import find_box


class BoxGate:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        box = find_box(request.resolver_match.namespace) if request.resolver_match.namespace else None
        if box is None or request.viewer is None:
            return
        request.box = box  # the page shell shows whose page it is
        viewer = request.viewer
        if request.resolver_match.namespace.endswith("_staff"):
            schools = viewer.staff_school_ids
        else:
            if not box.may_open(viewer):
                raise Http404
            pupils = [viewer.pupil(kwargs["pupil"])] if kwargs.get("pupil") else viewer.pupils
            schools = {school.id for pupil in pupils for school in pupil.schools}
        if not is_on(viewer, box, schools):
            raise Http404
