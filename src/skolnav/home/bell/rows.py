"""The bell's rows as a page shows them: words, whom they are about, and where they lead."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.models import Audience
from skolnav.core.notifications.bell import Rung
from skolnav.core.notifications.kinds import find_kind
from skolnav.core.notifications.models import Delivery
from skolnav.core.tenancy import clock
from skolnav.core.web.addresses import url, url_if_there


@dataclass(frozen=True, slots=True)
class BellRow:
    """One notice. `children` are those of several that it is about; empty for a reader with one child or none."""

    address: str
    text: str
    icon: str
    at: datetime
    is_of_today: bool
    is_new: bool
    children: Sequence[PupilInCare]


def rows_of(viewer: Viewer, page: Iterable[Rung]) -> list[BellRow]:
    """The rows of a page, in the reader's language. No statement."""
    midnight = clock.start_of(clock.today())
    return [_row(viewer, one, midnight) for one in page]


def destination(viewer: Viewer, delivery: Delivery) -> str:
    """The very place that a notice is about, for the one child that it concerns; the bell where that is gone."""
    notice = delivery.notice
    keys = (
        Audience.objects.filter(entry=notice.entry_id).values_list("key", flat=True)
        if notice.entry_id
        else ()
    )
    children = _children_of(viewer, {*keys, f"p:{notice.pupil_id}"})
    pupil = {"pupil": children[0].public_id} if len(children) == 1 else {}
    return (
        url_if_there(notice.link_name, **pupil, **notice.link_args)
        or url_if_there(notice.link_name, **notice.link_args)
        or url("home:bell")
    )


def _row(viewer: Viewer, one: Rung, midnight: datetime) -> BellRow:
    kind = find_kind(one.kind)
    return BellRow(
        address=url("home:notice", notice=one.public_id),
        text=kind.text(one.params) if kind else "",
        icon=kind.icon if kind else "bell",
        at=one.due_at,
        is_of_today=one.due_at >= midnight,
        is_new=not one.is_read,
        children=_children_of(viewer, one.keys),
    )


def _children_of(viewer: Viewer, keys: Collection[str]) -> list[PupilInCare]:
    """Which of the reader's several children it is about, by the keys that it reaches."""
    if len(viewer.pupils) < 2:
        return []
    return [pupil for pupil in viewer.pupils if not pupil.keys.keys().isdisjoint(keys)]
