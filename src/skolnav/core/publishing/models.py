"""Whom a piece is for: rows of a key and the sides of the families behind it, one set for each piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from skolnav.core.access.viewer import PupilInCare, Viewer
from skolnav.core.boxes.registry import find_box
from skolnav.core.feed.models import Side
from skolnav.core.feed.publishing import Reach
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import viewer as protocol


@dataclass(frozen=True, slots=True)
class Target:
    """One choice of the writer: a school, a year or a group of it, and for whom in its families."""

    key: str
    school_id: int
    sides: Side = Side.BOTH

    @property
    def reach(self) -> Reach:
        """The same as the feed knows it."""
        return Reach(self.key, self.sides)


class AudienceRow(models.Model):
    """Base of a box's own audience table, which adds the piece:

    class NewsAudience(AudienceRow):
        item = models.ForeignKey(NewsItem, models.CASCADE, related_name="audiences")

        class Meta(AudienceRow.Meta):
            constraints = [AudienceRow.once("news")]
            indexes = [AudienceRow.by_key("news")]
    """

    key = models.CharField(max_length=30, help_text="s:12 school, y:12:5 year, g:345 group, p:678 pupil")
    sides = models.PositiveSmallIntegerField()
    # Whose box it is in: a school that has switched the box off shows nothing of it, and a leader edits it.
    school = models.ForeignKey(SchoolUnit, models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    @staticmethod
    def once(name: str) -> models.UniqueConstraint:
        """The constraint that a piece names a key once."""
        return models.UniqueConstraint(fields=["item", "key"], name=f"{name}_audience_once")

    @staticmethod
    def by_key(name: str) -> models.Index:
        """The index that finds what reaches somebody."""
        return models.Index(
            fields=["key", "sides"], include=["item", "school"], name=f"{name}_audience_by_key"
        )

    @property
    def target(self) -> Target:
        return Target(self.key, self.school_id, Side(self.sides))


def _all(rows: type[AudienceRow]) -> Any:
    """The rows of a box's own table. Its `item` is known to the box alone, and not to the types here."""
    return rows._default_manager


def set_audience(rows: type[AudienceRow], item: models.Model, targets: Iterable[Target]) -> None:
    """Make these the whole audience of a piece. For actions: checks no rule."""
    manager = _all(rows)
    manager.filter(item=item).delete()
    manager.bulk_create(
        manager.model(item=item, key=one.key, sides=one.sides, school_id=one.school_id) for one in targets
    )


def reaches_q(rows: type[AudienceRow], box: str, viewer: protocol.Viewer) -> Q:
    """Which pieces reach a viewer as family, in the schools that use the box. For a model's `visible_q`."""
    families = _reaching(viewer.guardian_keys, Side.GUARDIANS) | _reaching(viewer.pupil_keys, Side.PUPILS)
    found = _all(rows).filter(families, _uses(viewer, box))
    return Q(pk__in=found.values("item_id"))


def reaches_pupils_q(rows: type[AudienceRow], viewer: Viewer, pupils: Sequence[PupilInCare]) -> Q:
    """Which pieces concern these of the viewer's pupils. Beside `visible_to`, never instead of it."""
    found = Q(pk__in=[])
    for pupil in pupils:
        is_self = viewer.as_pupil is not None and pupil.id == viewer.person_id
        found |= _reaching(pupil.keys, Side.PUPILS if is_self else Side.GUARDIANS)
    return Q(pk__in=_all(rows).filter(found).values("item_id"))


def editable_by_staff_q(rows: type[AudienceRow], viewer: protocol.Viewer) -> Q:
    """Which pieces a member of staff may change: their own as long as they work at all its schools, and
    everybody's at the schools that they lead."""
    audience = _all(rows).filter(item=OuterRef("pk"))
    own = Q(author=viewer.person_id) & ~Exists(audience.exclude(school__in=viewer.staff_school_ids))
    led = Exists(audience.filter(school__in=viewer.led_school_ids)) & ~Exists(
        audience.exclude(school__in=viewer.led_school_ids)
    )
    return (own | led) if viewer.staff_school_ids else Q(pk__in=[])


def concerned(targets: Iterable[Target], pupils: Sequence[PupilInCare]) -> tuple[PupilInCare, ...]:
    """Those of the pupils whom a piece is about: their badges stand beside it."""
    keys = {target.key for target in targets}
    return tuple(pupil for pupil in pupils if not keys.isdisjoint(pupil.keys))


def _reaching(keys: Mapping[str, date], side: Side) -> Q:
    return Q(key__in=list(keys), sides__in=[side, Side.BOTH]) if keys else Q(pk__in=[])


def _uses(viewer: protocol.Viewer, box: str) -> Q:
    """Rows of schools that have the box on, by their own choice or by its default."""
    chosen = {school: choices[box][0] for school, choices in viewer.box_choices.items() if box in choices}
    known = find_box(box)
    if known and known.enabled_by_default:
        return ~Q(school__in=[school for school, is_on in chosen.items() if not is_on])
    return Q(school__in=[school for school, is_on in chosen.items() if is_on])
