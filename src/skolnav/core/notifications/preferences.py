"""What people have chosen to be told, by which channel."""

from collections.abc import Collection, Mapping

from django.db import transaction

from skolnav.core.access.viewer import Viewer
from skolnav.core.audit.log import record
from skolnav.core.people.models import Person

from .kinds import Kind
from .models import Preference
from .terms import Channel, When

Choices = Mapping[tuple[str, str], When]


def who_want(kind: Kind, channel: str, person_ids: Collection[int]) -> set[int]:
    """Those of the people who want a kind of notice by a channel at this moment. The bell is everybody's."""
    if channel == Channel.BELL:
        return set(person_ids)
    rows = Preference.objects.filter(kind=kind.key, channel=channel, person__in=person_ids)
    chosen = dict(rows.values_list("person_id", "when"))
    return {pid for pid in person_ids if chosen.get(pid, kind.default(channel)) == When.AT_ONCE}


def choices_of(person_id: int) -> dict[tuple[str, str], When]:
    """What a person has chosen, by (kind, channel); what is missing follows the kind's default."""
    rows = Preference.objects.filter(person=person_id).values_list("kind", "channel", "when")
    return {(kind, channel): When(when) for kind, channel, when in rows}


@transaction.atomic
def choose(*, actor: Viewer, choices: Choices) -> None:
    """Note what the actor wants from now on, for each (kind, channel); what waits to be sent heeds it too."""
    Preference.objects.bulk_create(
        [
            Preference(person_id=actor.person_id, kind=kind, channel=channel, when=when)
            for (kind, channel), when in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["when"],
    )
    said = {f"{kind}/{channel}": str(when.value) for (kind, channel), when in choices.items()}
    record(
        actor,
        "choose_notifications",
        Person(pk=actor.person_id),
        organiser_id=actor.organiser_id,
        chosen=said,
    )
