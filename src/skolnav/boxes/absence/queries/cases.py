"""Cases of unexcused absence as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from skolnav.boxes.absence.models import Excuse, UnexcusedCase
from skolnav.core.access.viewer import Viewer
from skolnav.core.people.models import Group, Guardianship, Membership, Person
from skolnav.core.tenancy.managers import DoorQuerySet

from .delivered import told_by_contact, told_by_delivery

# How long a case stands on the list of families to telephone.
TO_TELEPHONE_FOR = timedelta(days=14)


def to_telephone(viewer: Viewer) -> DoorQuerySet[UnexcusedCase]:
    """The viewer's cases in which nobody at home has been reached, not even since it was theirs to telephone."""
    mine = UnexcusedCase.objects.editable_by(viewer).filter(excused_at=None, escalated_at__isnull=False)
    lately = mine.filter(day__gte=viewer.today - TO_TELEPHONE_FOR)
    return lately.exclude(told_by_contact()).exclude(told_by_delivery())


def to_answer(viewer: Viewer) -> DoorQuerySet[UnexcusedCase]:
    """The viewer's cases in which a guardian's explanation waits for an answer."""
    asked = Excuse.objects.filter(answered_at=None)
    return UnexcusedCase.objects.editable_by(viewer).filter(pk__in=asked.values("case_id"))


def cases_between(
    viewer: Viewer, first: date, last: date, school_id: int | None = None
) -> DoorQuerySet[UnexcusedCase]:
    """The viewer's cases of a period, of one school or all of theirs, newest first."""
    cases = UnexcusedCase.objects.editable_by(viewer).filter(day__gte=first, day__lte=last)
    return in_order(cases.filter(school=school_id) if school_id else cases)


def in_order(cases: DoorQuerySet[UnexcusedCase]) -> DoorQuerySet[UnexcusedCase]:
    """Newest first, then by name; with pupil and school."""
    ordered = cases.select_related("pupil", "school")
    return ordered.order_by("-day", "pupil__given_name", "pupil__family_name", "pk")


def class_names(viewer: Viewer, pupil_ids: Iterable[int]) -> dict[int, str]:
    """By pupil: the class they are in today, for pupils that came through a door; of whoever has moved to another
    school than the viewer's it is not told. One statement."""
    rows = Membership.everything.filter(
        Membership.valid_on(viewer.today),
        person__in=list(pupil_ids),
        group__kind=Group.Kind.CLASS,
        group__school__in=viewer.staff_school_ids,
    )
    return dict(rows.values_list("person_id", "group__name"))


@dataclass(frozen=True)
class GuardianContact:
    """A guardian as somebody who telephones sees them; protected: neither number nor, but for leaders, name."""

    person: Person
    is_hidden: bool

    def shown_name(self, to_leader: bool) -> str:
        """The guardian's name as the reader may see it."""
        return self.person.full_name if to_leader or not self.is_hidden else _("Skyddade uppgifter")

    @property
    def numbers(self) -> list[str]:
        """Mobile first; none where they are protected."""
        if self.is_hidden:
            return []
        return [number for number in (self.person.mobile, self.person.phone) if number]


def guardians_to_call(cases: Sequence[UnexcusedCase], today: date) -> Mapping[int, list[GuardianContact]]:
    """By pupil: the guardians valid today, for cases that came through a door. One statement."""
    protected = {case.pupil_id for case in cases if case.pupil.is_protected}
    rows = Guardianship.everything.filter(
        Guardianship.gives_access_on(today), pupil__in=[case.pupil_id for case in cases]
    )
    found: dict[int, list[GuardianContact]] = {}
    for row in rows.select_related("guardian").order_by("guardian__given_name", "pk"):
        hidden = row.guardian.is_protected or row.pupil_id in protected
        found.setdefault(row.pupil_id, []).append(GuardianContact(row.guardian, hidden))
    return found
