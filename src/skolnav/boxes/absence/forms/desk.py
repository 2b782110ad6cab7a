"""What the desk is asked: a day, a pupil by name, and what somebody telephoned about."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.absence.actions.reporting import NotReportable, Wanted
from skolnav.boxes.absence.models import AbsenceReport
from skolnav.boxes.absence.models.reports import REPORTED_REASONS
from skolnav.boxes.absence.queries.reportable import Reportable
from skolnav.core.presence.models import Reason
from skolnav.core.tenancy import clock
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.web.fields import DayField
from skolnav.core.web.words import say_day, say_times, upper_first

Extent = AbsenceReport.Extent

# Days, both ways: last school year's autumn, and the end of this one.
FARTHEST = timedelta(days=500)


class DayForm(forms.Form):
    dag = DayField(label=gettext_lazy("Dag"))

    def clean_dag(self) -> date:
        day: date = self.cleaned_data["dag"]
        if abs(day - clock.today()) > FARTHEST:
            raise ValidationError(_("Välj en dag det här läsåret eller förra."))
        return day


class PhoneForm(forms.Form):
    """What a guardian has said on the telephone. Cleaned to `wanted`."""

    extent = forms.ChoiceField(
        label=gettext_lazy("När?"), choices=AbsenceReport.Extent.choices, widget=forms.RadioSelect
    )
    first_day = DayField(label=gettext_lazy("Första dag"))
    last_day = DayField(label=gettext_lazy("Sista dag, om det är flera"), required=False)
    lessons = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka lektioner?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Varför?"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in REPORTED_REASONS],
    )
    telephoned_by = forms.CharField(
        label=gettext_lazy("Vem ringde?"),
        max_length=80,
        help_text=gettext_lazy("Till exempel mamma eller mormor."),
    )

    def __init__(self, data: Any = None, *, facts: Reportable) -> None:
        initial = {"extent": Extent.DAYS, "first_day": clock.today(), "reason": Reason.ILL}
        super().__init__(data, initial=initial)
        self._lessons = {f"{one.public_id}.{one.day}": one for one in facts.lessons if one.is_teaching}
        self._offer("lessons", [(value, _said(one)) for value, one in self._lessons.items()])
        extents = [one for one in Extent if one == Extent.DAYS or self._lessons]
        self._offer("extent", [(one.value, one.label) for one in extents])
        if not self._lessons:
            del self.fields["lessons"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self.wanted = self._wanted(cleaned)
        return cleaned

    def refuse(self, refused: NotReportable) -> None:
        """Say at its field what may not be."""
        field = {"when": "first_day"}.get(refused.field, refused.field)
        self.add_error(field if field in self.fields else None, refused.message)

    def _wanted(self, said: dict[str, Any]) -> Wanted:
        extent, reason = Extent(said["extent"]), said["reason"]
        if extent == Extent.LESSONS:
            chosen = [self._lessons[value] for value in said["lessons"]]
            days = sorted(one.day for one in chosen) or [clock.today()]
            addresses = tuple((one.public_id, one.day) for one in chosen)
            return Wanted(extent, days[0], days[-1], reason, lessons=addresses)
        first = said["first_day"]
        last = said["last_day"] if extent == Extent.DAYS and said["last_day"] else first
        return Wanted(extent, first, last, reason)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _said(lesson: Occurrence) -> str:
    return f"{upper_first(say_day(lesson.starts))} {say_times(lesson.starts, lesson.ends)} {lesson.title}"
