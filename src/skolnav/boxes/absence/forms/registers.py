"""A register as it was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.absence.queries.occasions import Occasion
from skolnav.boxes.absence.queries.registers import (
    Line,
    Mark,
    Roll,
    RollPupil,
    State,
    needs_minutes,
)

# The radio buttons' names in an address of their own for each pupil; a field object each would cost more than the page.
STATE, SHOWN = "s-", "d-"
MINUTES: Mapping[str, str] = {State.LATE: "late-", State.LEFT_EARLY: "left-"}
REASON_LENGTH = 120


class RegisterForm(forms.Form):
    """After `is_valid`, `marks` by pupil: None where nobody has touched the line (or the post has none of it)."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Varför rättar du?"), max_length=REASON_LENGTH, required=False, strip=True
    )

    def __init__(self, data: Any = None, *, occasion: Occasion, pupils: Sequence[RollPupil]) -> None:
        super().__init__(data)
        self.occasion, self.pupils = occasion, pupils
        self.marks: dict[RollPupil, Mark | None] = {}
        self.faults: dict[str, str] = {}  # by the pupil's public id

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for pupil in self.pupils:
            self.marks[pupil] = self._mark_of(pupil)
        if self.faults:
            raise forms.ValidationError(_("Minuterna stämmer inte för alla. Se de markerade raderna."))
        return cleaned

    def typed(self, pupil: RollPupil) -> Mark | None:
        """What the post says of a pupil, touched or not."""
        state = self.data.get(STATE + pupil.public_id) if self.is_bound else None
        if state not in State.values:
            return None
        return Mark(state, (self._minutes(pupil, state) or 0) if needs_minutes(state) else 0)

    def is_touched(self, pupil: RollPupil) -> bool:
        """Whether the post says something else than the page had preselected."""
        return self.marks.get(pupil) is not None or pupil.public_id in self.faults

    def typed_minutes(self, pupil: RollPupil, state: str) -> str:
        return str(self.data.get(MINUTES[state] + pupil.public_id, ""))[:4] if self.is_bound else ""

    def _mark_of(self, pupil: RollPupil) -> Mark | None:
        state = self.data.get(STATE + pupil.public_id)
        if state is None:
            return None
        if state not in State.values:
            self.faults[pupil.public_id] = _("Välj här, sen, borta eller gick tidigare.")
            return None
        if not needs_minutes(state):
            return None if state == self.data.get(SHOWN + pupil.public_id) else Mark(state)
        minutes = self._minutes(pupil, state)
        if minutes is None or not 1 <= minutes <= self.occasion.minutes:
            self.faults[pupil.public_id] = _("Skriv minuterna med siffror, 1 till %(most)s.") % {
                "most": self.occasion.minutes
            }
            return None
        return Mark(state, minutes)

    def _minutes(self, pupil: RollPupil, state: str) -> int | None:
        prefix = MINUTES.get(state)
        said = str(self.data.get(f"{prefix}{pupil.public_id}", "")).strip() if prefix else ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else None


@dataclass(frozen=True, slots=True)
class Row:
    """A pupil's line as the page draws it."""

    pupil: RollPupil
    words: str  # why it is suggested, or what is worth knowing
    state: str
    shown: str
    late: int | str
    left: int | str
    fault: str = ""
    # Where somebody else has saved another version meanwhile: both.
    mine: Mark | None = None
    theirs: Mark | None = None


def rows_of(roll: Roll, form: RegisterForm, *, meanwhile: bool) -> list[Row]:
    """The lines of the page: what was typed, else what was saved, else what is suggested. No statement.

    With `meanwhile`, a line that one has not touched shows what the other has saved.
    """
    return [_row(roll, line, form, meanwhile) for line in roll.lines]


def _row(roll: Roll, line: Line, form: RegisterForm, meanwhile: bool) -> Row:
    pupil, typed = line.pupil, form.typed(line.pupil)
    mark = typed if typed and (form.is_touched(pupil) or not meanwhile) else line.mark
    differs = meanwhile and typed is not None and line.saved is not None and typed != line.saved
    return Row(
        pupil=pupil,
        words=line.reason or line.hint,
        state=mark.state,
        shown=line.mark.state,
        late=_minutes_in(State.LATE, line, form, roll.late_now),
        left=_minutes_in(State.LEFT_EARLY, line, form, roll.left_now),
        fault=form.faults.get(pupil.public_id, ""),
        mine=typed if differs else None,
        theirs=line.saved if differs else None,
    )


def _minutes_in(state: str, line: Line, form: RegisterForm, now: int) -> int | str:
    """What stands in a field of minutes: as typed, as put down, or by the clock."""
    return form.typed_minutes(line.pupil, state) or (line.mark.minutes if line.mark.state == state else now)
