"""Writing the log. Call it inside the transaction of what it tells about."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from skolnav.core.tenancy.viewer import Viewer

from .models import AuditRecord


def record(
    actor: Viewer | None, act: str, subject: models.Model, *, organiser_id: int | None = None, **details: Any
) -> AuditRecord:
    """Append who did what to which row.

    `actor` is None for jobs and the operator's commands, which then give `organiser_id` unless the subject
    has one. `details` holds field names and plain ids only: the log may not become a copy of the data.
    """
    written = _of(actor, act, subject, organiser_id, details)
    written.save()
    return written


def record_each(actor: Viewer | None, act: str, subjects: Iterable[models.Model], **details: Any) -> None:
    """Append the same for many rows, in one statement."""
    AuditRecord.objects.bulk_create(_of(actor, act, subject, None, details) for subject in subjects)


def _of(
    actor: Viewer | None, act: str, subject: models.Model, organiser_id: int | None, details: dict[str, Any]
) -> AuditRecord:
    return AuditRecord(
        organiser_id=organiser_id
        or getattr(subject, "organiser_id", None)
        or (actor.organiser_id if actor else None),
        actor_person_id=actor.person_id if actor else None,
        act=act,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        details=details,
    )
