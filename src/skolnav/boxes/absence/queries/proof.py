"""What proves that a case's guardians were told: the books of deliveries, the school's calls, how it was excused."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.absence.models import CaseContact, Excusal, Excuse, UnexcusedCase
from skolnav.core.notifications.models import Delivery
from skolnav.core.notifications.terms import Channel
from skolnav.core.people.models import Person

PartT = TypeVar("PartT", CaseContact, Excusal, Excuse)

STATES = {
    "read": gettext_lazy("Läst"),
    "delivered": gettext_lazy("Levererad"),
    "sent": gettext_lazy("Skickad"),
    "rung": gettext_lazy("Ligger i klockan, inte läst"),
    "failed": gettext_lazy("Kom inte fram"),
    "cut": gettext_lazy("Ersatt eller återtagen"),
    "waiting": gettext_lazy("Väntar"),
}


@dataclass(frozen=True)
class SentLine:
    """One delivery: what was told to whom, by which channel, and how it went when."""

    revision: int
    name: str
    channel: str
    due_at: datetime
    sent_at: datetime | None
    state: str
    state_at: datetime | None
    error: str

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    @property
    def has_reached(self) -> bool:
        return self.state in ("read", "delivered", "sent")


@dataclass(frozen=True)
class Proof:
    """All that is known of one case."""

    case: UnexcusedCase
    sent: Sequence[SentLine]
    contacts: Sequence[CaseContact]
    excusals: Sequence[Excusal]
    excuses: Sequence[Excuse]
    class_name: str = ""
    is_told: bool = field(init=False)

    def __post_init__(self) -> None:
        reached = any(line.has_reached for line in self.sent)
        called = any(contact.outcome in CaseContact.TOLD for contact in self.contacts)
        object.__setattr__(self, "is_told", reached or called)

    @property
    def first_told_at(self) -> datetime | None:
        """When the first guardian was reached, by whatever means; None while nobody has been."""
        moments = [line.state_at or line.sent_at for line in self.sent if line.has_reached]
        moments += [contact.at for contact in self.contacts if contact.outcome in CaseContact.TOLD]
        return min((moment for moment in moments if moment), default=None)

    @property
    def last_contact(self) -> CaseContact | None:
        return self.contacts[-1] if self.contacts else None

    @property
    def excusal(self) -> Excusal | None:
        """What excuses it now."""
        valid = [line for line in self.excusals if line.undone_at is None]
        return valid[-1] if valid and self.case.excused_at else None

    @property
    def open_excuse(self) -> Excuse | None:
        """The guardian's explanation that waits for an answer."""
        return next((one for one in self.excuses if one.answered_at is None), None)


def proofs(
    cases: Sequence[UnexcusedCase],
    *,
    led_schools: Collection[int] = (),
    classes: Mapping[int, str] | None = None,
) -> list[Proof]:
    """The proofs of cases that came through a door, in their order. Four statements.

    Guardians with protected identity are named to those who lead the case's school alone (`led_schools`).
    """
    ids = [case.pk for case in cases]
    sent = _sent(cases, led_schools)
    contacts = _by_case(CaseContact.objects.filter(case__in=ids).select_related("by", "guardian"))
    excusals = _by_case(Excusal.objects.filter(case__in=ids).select_related("by", "undone_by"))
    excuses = _by_case(Excuse.objects.filter(case__in=ids).select_related("by", "answered_by"))
    return [
        Proof(
            case,
            sent.get(case.fact, []),
            contacts.get(case.pk, []),
            excusals.get(case.pk, []),
            excuses.get(case.pk, []),
            (classes or {}).get(case.pupil_id, ""),
        )
        for case in cases
    ]


def _by_case(rows: Iterable[PartT]) -> dict[int, list[PartT]]:
    found: dict[int, list[PartT]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _sent(cases: Sequence[UnexcusedCase], led_schools: Collection[int]) -> dict[str, list[SentLine]]:
    facts = {case.fact: case.school_id in led_schools for case in cases}
    rows = Delivery.everything.filter(notice__kind="absence.unexcused", notice__fact__in=facts)
    found: dict[str, list[SentLine]] = defaultdict(list)
    for row in rows.select_related("notice", "person").order_by("notice__revision", "person_id", "pk"):
        found[row.notice.fact].append(_line(row, facts[row.notice.fact]))
    return found


def _line(row: Delivery, shows_protected: bool) -> SentLine:
    state, at = _state(row)
    return SentLine(
        revision=row.notice.revision,
        name=name_of(row.person, shows_protected),
        channel=row.channel,
        due_at=row.due_at,
        sent_at=row.sent_at,
        state=state,
        state_at=at,
        error=row.error,
    )


def name_of(person: Person | None, shows_protected: bool) -> str:
    """A guardian's name as the reader may see it."""
    if person is None:
        return ""
    return person.full_name if shows_protected or not person.is_protected else _("Skyddade uppgifter")


def _state(row: Delivery) -> tuple[str, datetime | None]:
    """How it went, at its furthest. What was sent stays sent, also when it was replaced in the bell afterwards."""
    if row.read_at:
        return "read", row.read_at
    if row.failed_at:
        return "failed", row.failed_at
    if row.delivered_at:
        return "delivered", row.delivered_at
    if row.channel == Channel.BELL:
        return ("cut", row.cut_at) if row.cut_at else ("rung", row.sent_at)
    if row.sent_at:
        return "sent", row.sent_at
    return ("cut", row.cut_at) if row.cut_at else ("waiting", None)
