"""What holds on a child's day at fritids: its own times, else a pattern's. Families, staff and day cards ask here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Literal


@dataclass(frozen=True, slots=True)
class Plan:
    """A child's day at fritids.

    `comes_at` None: comes from school; `leaves_at` None: no care after school; both None and not `is_off`: nobody has
    said ("none"). `collected_by` is a name, the usual collector's where nothing else is said, and empty where nobody
    is named or the child goes alone. `owner_id` is the guardian whose week it is by agreement, None where the
    guardians share it. `version` is the day's own row's (CareTime), 0 where it has none.
    """

    pupil_id: int
    day: date
    comes_at: time | None
    leaves_at: time | None
    is_off: bool
    collected_by: str
    collector_id: int | None
    goes_alone: bool
    source: Literal["day", "pattern", "none"]
    owner_id: int | None
    version: int

    @property
    def is_coming(self) -> bool:
        """Whether there are times to be at fritids."""
        return not self.is_off and (self.comes_at is not None or self.leaves_at is not None)


Plans = dict[tuple[int, date], Plan]


def plans(pupil_ids: Iterable[int], first: date, last: date) -> Plans:
    """Every pupil's plan of every day from `first` to `last`, inclusive. Three statements, however many.

    Needs the tenant's scope. The caller has made sure that its reader may know of these pupils.
    """
    raise NotImplementedError
