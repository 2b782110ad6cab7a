"""What a school chooses for absence."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from skolnav.boxes.absence.models import AbsenceSettings
from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.actions.refusals import NotAllowed
from skolnav.core.tenancy.versions import lock_version


@transaction.atomic
def save_settings(
    *, actor: Viewer, school_id: int, version: int, values: Mapping[str, Any]
) -> AbsenceSettings:
    """Set a school's choices by field name. A school that has chosen nothing is at version 1.

    Raises EditedMeanwhile when another has saved since `version`, and NotAllowed for who does not lead the school.
    The log keeps each changed field before and after: it says nothing of a person.
    """
    if school_id not in actor.led_school_ids:
        raise NotAllowed("Whoever leads a school sets its choices.")
    row, _ = AbsenceSettings.everything.get_or_create(
        school_id=school_id, defaults={"organiser_id": actor.organiser_id}
    )
    now = lock_version(row, version)
    changed = {name: [str(getattr(now, name)), str(value)] for name, value in values.items()}
    for name, value in values.items():
        setattr(now, name, value)
    now.save()
    record(
        actor,
        "change_absence_settings",
        now,
        changed={name: pair for name, pair in changed.items() if pair[0] != pair[1]},
    )
    return now
