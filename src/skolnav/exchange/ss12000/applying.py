"""Writing a plan. Call it inside one transaction and the organiser's scope; it opens neither."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import F

from skolnav.core.audit.models import AuditRecord
from skolnav.core.people.actions.protection import set_protection
from skolnav.core.people.models import (
    AssignmentRole,
    Duty,
    Enrolment,
    Group,
    Guardianship,
    Membership,
    Person,
    Protection,
)
from skolnav.core.people.models.guardianship import Source
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.timetable.models import Activity, ActivityGroup, ActivityTeacher, LessonOccurrence, Room

from .ending import cut_what_follows, end_custody
from .planning.changes import ORDER, Action, Change, Plan, Ref
from .reading import Progress
from .telling import stood_before, tell_of

MODELS: Mapping[str, type[models.Model]] = {
    "organisations": SchoolUnit,
    "persons": Person,
    "groups": Group,
    "duties": Duty,
    "enrolments": Enrolment,
    "responsibles": Guardianship,
    "groupMemberships": Membership,
    "assignmentRoles": AssignmentRole,
    "activities": Activity,
    "activityGroups": ActivityGroup,
    "activityTeachers": ActivityTeacher,
    "rooms": Room,
    "calendarEvents": LessonOccurrence,
}
# Rows that are always reached through their activity: they bear no organiser and no source of their own.
PARTS = ("activityGroups", "activityTeachers")
WITHOUT_SOURCE = ("organisations", "persons", "rooms", *PARTS)
# Forms that were open meanwhile notice the import by the version.
WITH_VERSION = ("persons", "responsibles", "activities", "calendarEvents")
# What has no days of its own is taken away when it ends; nothing hangs on it (planning/events.py).
REMOVED = ("activityGroups", "calendarEvents")
AT_ONCE = 500


def apply_plan(plan: Plan, organiser_pk: int, known: Mapping[Ref, int], progress: Progress) -> None:
    """Creates and changes from the top down, then ends from the bottom up. `known` gives the rows that are here."""
    before = stood_before(plan)
    writer = _Writer(organiser_pk, dict(known), progress)
    for name in ORDER:
        writer.create(name, plan.of(name, Action.CREATE))
        writer.change(name, plan.of(name, Action.CHANGE))
    for name in reversed(ORDER):
        writer.end(name, plan.of(name, Action.END))
    cut_what_follows(plan)
    tell_of(plan, organiser_pk, known, before)


class _Writer:
    def __init__(self, organiser_pk: int, keys: dict[Ref, int], progress: Progress) -> None:
        self.organiser_pk = organiser_pk
        self.keys = keys
        self.progress = progress
        self.done: Counter[str] = Counter()

    def create(self, name: str, changes: Sequence[Change]) -> None:
        model: Any = MODELS[name]
        for part in _parts(changes):
            rows = [model(**self._fields(name, change)) for change in part]
            _all(model).bulk_create(rows)
            for change, row in zip(part, rows, strict=True):
                self.keys[change.ref] = row.pk
            self._protect(part)
            self._log("import_create", model, [(row.pk, {}) for row in rows])
            self._tell(name, len(part))

    def change(self, name: str, changes: Sequence[Change]) -> None:
        self._update(name, changes, "import_change")

    def end(self, name: str, changes: Sequence[Change]) -> None:
        if name == "responsibles":
            for change in changes:
                end_custody(change)
            self._tell(name, len(changes))
        elif name in REMOVED:
            self._remove(name, changes)
        else:
            self._update(name, changes, "import_end")

    def _remove(self, name: str, changes: Sequence[Change]) -> None:
        model: Any = MODELS[name]
        for part in _parts(changes):
            _all(model).filter(pk__in=[change.pk for change in part]).delete()
            self._log("import_end", model, [(change.pk, {}) for change in part])
            self._tell(name, len(part))

    def _update(self, name: str, changes: Sequence[Change], act: str) -> None:
        model: Any = MODELS[name]
        manager = _all(model)
        for part in _parts(changes):
            for change in part:
                values = self._written(change)
                if name in WITH_VERSION and values:
                    values["version"] = F("version") + 1
                if values:
                    manager.filter(pk=change.pk or 0).update(**values)
                self.keys.setdefault(change.ref, change.pk or 0)
            self._protect(part)
            self._log(act, model, [(change.pk, {"fields": sorted(change.values)}) for change in part])
            self._tell(name, len(part))

    def _tell(self, name: str, rows: int) -> None:
        if rows:
            self.done[name] += rows
            self.progress(f"Writing {name}", self.done[name])

    def _fields(self, name: str, change: Change) -> dict[str, Any]:
        source = {} if name in WITHOUT_SOURCE else {"source": Source.IMPORT}
        organiser = {} if name in PARTS else {"organiser_id": self.organiser_pk}
        return {**organiser, **source, **self._written(change)}

    def _written(self, change: Change) -> dict[str, Any]:
        """The columns of a change: references as keys, the marking apart (it is a record of its own)."""
        return {
            f"{name}_id" if isinstance(value, Ref) else name: self.keys[value]
            if isinstance(value, Ref)
            else value
            for name, value in change.values.items()
            if name != "marking"
        }

    def _protect(self, changes: Iterable[Change]) -> None:
        for change in changes:
            marking = change.values.get("marking")
            if marking:
                raise_protection(self.keys[change.ref], str(marking))

    def _log(
        self, act: str, model: type[models.Model], rows: Iterable[tuple[int | None, dict[str, Any]]]
    ) -> None:
        """What `audit.log.record` writes, for many rows in one statement."""
        AuditRecord.objects.bulk_create(
            AuditRecord(
                organiser_id=self.organiser_pk,
                act=act,
                subject_type=model._meta.label_lower,
                subject_id=str(pk),
                details=details,
            )
            for pk, details in rows
        )


def _all(model: Any) -> Any:
    """Every row of the organiser in scope: guarded models call that `everything`."""
    return getattr(model, "everything", model.objects)


def raise_protection(person_pk: int, marking: str) -> None:
    """Set a protection, or make the open one stricter; a request to lower it falls either way."""
    protection = set_protection(actor=None, person_id=person_pk, marking=marking, source=Source.IMPORT)
    if protection.marking != marking or protection.lowering_asked_at:
        Protection.everything.filter(person=person_pk, lowered_at=None).update(
            marking=marking, lowering_asked_at=None, lowering_asked_by_id=None
        )


def _parts(changes: Sequence[Change]) -> Iterable[list[Change]]:
    remaining = iter(changes)
    while part := list(islice(remaining, AT_ONCE)):
        yield part
