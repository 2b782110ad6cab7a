"""The bell's rows as a page shows them: words, whom they are about, and where they lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.paginator import Paginator

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.feed.models import Audience
from skolnav.core.notifications.kinds import find_kind
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.reading import bell_of, length_of_bell
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


# What a row shows; the other columns stay in the database.
SHOWN = (
    "due_at", "read_at", "notice__public_id", "notice__kind", "notice__params", "notice__pupil", "notice__entry__title",
)  # fmt: skip


class BellPages(Paginator):  # type: ignore[type-arg]  # generic for the type checker alone
    """The viewer's bell in pages of twenty-five."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(bell_of(viewer).only(*SHOWN), per_page=25)
        self._viewer = viewer

    @cached_property
    def count(self) -> int:
        return length_of_bell(self._viewer)


def rows_of(viewer: Viewer, deliveries: Iterable[Delivery]) -> list[BellRow]:
    """The rows of a page, in the reader's language; one statement for all of them."""
    page = list(deliveries)
    children = _children_of(viewer, page)
    return [_row(delivery, children[delivery.pk]) for delivery in page]


def destination(viewer: Viewer, delivery: Delivery) -> str:
    """The very place that a notice is about, for the one child that it concerns; the bell where that is gone."""
    notice = delivery.notice
    children = _children_of(viewer, [delivery])[delivery.pk]
    pupil = {"pupil": children[0].public_id} if len(children) == 1 else {}
    return (
        url_if_there(notice.link_name, **pupil, **notice.link_args)
        or url_if_there(notice.link_name, **notice.link_args)
        or url("home:bell")
    )


def _row(delivery: Delivery, children: Sequence[PupilInCare]) -> BellRow:
    notice = delivery.notice
    kind = find_kind(notice.kind)
    params = {**notice.params, "title": notice.entry.title} if notice.entry else notice.params
    return BellRow(
        address=url("home:notice", notice=notice.public_id),
        text=kind.text(params) if kind else "",
        icon=kind.icon if kind else "bell",
        at=delivery.due_at,
        is_of_today=delivery.due_at >= clock.start_of(clock.today()),
        is_new=delivery.read_at is None,
        children=children,
    )


def _children_of(viewer: Viewer, deliveries: Sequence[Delivery]) -> dict[int, list[PupilInCare]]:
    """By delivery: which of the reader's several children it is about."""
    if len(viewer.pupils) < 2:
        return {delivery.pk: [] for delivery in deliveries}
    keys: dict[int | None, set[str]] = {delivery.notice.entry_id: set() for delivery in deliveries}
    for entry_id, key in Audience.objects.filter(entry__in=[pk for pk in keys if pk]).values_list(
        "entry_id", "key"
    ):
        keys[entry_id].add(key)
    found: dict[int, list[PupilInCare]] = {}
    for delivery in deliveries:
        reached = keys[delivery.notice.entry_id] | {f"p:{delivery.notice.pupil_id}"}
        found[delivery.pk] = [pupil for pupil in viewer.pupils if not reached.isdisjoint(pupil.keys)]
    return found
