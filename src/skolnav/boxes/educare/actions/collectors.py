"""The family's standing list of those who may collect."""

from django.db import transaction
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import Refused
from skolnav.core.people.models import Person
from skolnav.core.tenancy import clock

from ..models import CareTime, Collector, PatternTime
from ..queries.collectors import standing_collectors
from .permits import require_custody

MOST = 20


@transaction.atomic
def add_collector(
    *, actor: Viewer, pupil_id: int, name: str, relation: str, phone: str, is_usual: bool
) -> Collector:
    """Put somebody on a child's list; the first becomes the usual one. Raises NotAllowed, and Refused past 20."""
    require_custody(actor, pupil_id)
    listed = _held_list(pupil_id)
    if len(listed) >= MOST:
        raise Refused(_("Listan är full: ta bort någon först."))
    collector = Collector.everything.create(
        organiser_id=actor.organiser_id,
        pupil_id=pupil_id,
        name=name,
        relation=relation,
        phone=phone,
        added_by_id=actor.person_id,
        added_at=clock.now(),
    )
    record(actor, "add_collector", collector)
    if is_usual or not listed:
        _make_usual(collector)
    return collector


@transaction.atomic
def make_usual(*, actor: Viewer, collector: Collector) -> None:
    """Let somebody of the list be the one who collects unless a day says otherwise. Raises NotAllowed."""
    require_custody(actor, collector.pupil_id)
    _held_list(collector.pupil_id)
    if Collector.everything.filter(pk=collector.pk, removed_at=None).exists():
        _make_usual(collector)
        record(actor, "make_collector_usual", collector)


@transaction.atomic
def remove_collector(*, actor: Viewer, collector: Collector) -> None:
    """Take somebody off the list, and from every day and pattern that named them. Raises NotAllowed."""
    require_custody(actor, collector.pupil_id)
    _held_list(collector.pupil_id)
    gone = Collector.everything.filter(pk=collector.pk, removed_at=None)
    if gone.update(removed_at=clock.now(), is_usual=False):
        CareTime.everything.filter(collector=collector, day__gte=clock.today()).update(collector=None)
        PatternTime.objects.filter(collector=collector).update(collector=None)
        record(actor, "remove_collector", collector)


def _make_usual(collector: Collector) -> None:
    Collector.everything.filter(pupil=collector.pupil_id, is_usual=True).update(is_usual=False)
    Collector.everything.filter(pk=collector.pk).update(is_usual=True)


def _held_list(pupil_id: int) -> list[int]:
    """The list's ids, with the child held: two guardians change it one after the other."""
    list(Person.everything.select_for_update(no_key=True).filter(pk=pupil_id).values_list("pk"))
    return list(standing_collectors(pupil_id).values_list("pk", flat=True))
