"""A report as a guardian fills it in: who, when and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.absence.actions.wanted import NotReportable, Wanted, away_of
from skolnav.boxes.absence.models import AbsenceReport
from skolnav.boxes.absence.models.reports import NOTE_LENGTH, REPORTED_REASONS
from skolnav.boxes.absence.queries.choices import (
    DAYS,
    LESSONS,
    REST,
    coming_days,
    last_days,
    lessons_to_tick,
    whens,
)
from skolnav.boxes.absence.queries.reportable import Reportable
from skolnav.core.access.viewer import PupilInCare
from skolnav.core.presence.models import Reason
from skolnav.core.tenancy import clock
from skolnav.core.web.fields import DayField

Extent = AbsenceReport.Extent


class WhenField(forms.ChoiceField):
    """One of the choices, or any whole day: a page that was opened before midnight still says what it meant."""

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or _as_day(str(value)) is not None


class ReportForm(forms.Form):
    """Cleaned to `wanted`: pupil id -> what to report. `pupils` are the viewer's children, `chosen` those ticked from
    the beginning (public ids); for a change the one child of the report, who is not asked for."""

    children = forms.MultipleChoiceField(
        label=gettext_lazy("Vem?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Välj vem det gäller.")},
    )
    when = WhenField(label=gettext_lazy("När?"), widget=forms.RadioSelect)
    until = forms.ChoiceField(label=gettext_lazy("Till och med"), widget=forms.RadioSelect, required=False)
    first_day = DayField(label=gettext_lazy("Första dag"), required=False)
    last_day = DayField(label=gettext_lazy("Sista dag"), required=False)
    lessons = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka lektioner?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("En av lektionerna går inte längre att anmäla. Välj igen.")
        },
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Varför?"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in REPORTED_REASONS],
        initial=Reason.ILL,
    )
    note = forms.CharField(
        label=gettext_lazy("Något skolan behöver veta?"),
        help_text=gettext_lazy("Skriv inte vad barnet har för sjukdom."),
        max_length=NOTE_LENGTH,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        pupils: Sequence[PupilInCare],
        facts: Mapping[int, Reportable],
        chosen: Sequence[str],
        is_change: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.pupils, self.facts = pupils, facts
        ticked = [facts[one.id] for one in pupils if one.public_id in chosen] or list(facts.values())
        self.days = coming_days(ticked)
        self.lessons_of_days = [group for one in pupils for group in lessons_to_tick(one, facts[one.id])]
        if is_change:
            del self.fields["children"]
        else:
            self._offer("children", [(one.public_id, one.short_name) for one in pupils])
            self.initial.setdefault("children", list(chosen))
        if self.days:
            self._offer("when", whens(self.days, ticked, self.lessons_of_days))
            self._offer("until", last_days(self.days, ticked))
            self.initial.setdefault("when", self.days[0].isoformat())
        self._ticks = {one.value: one for group in self.lessons_of_days for one in group.lessons}
        self._offer("lessons", [(one.value, one.label) for one in self._ticks.values()])

    @property
    def chosen(self) -> list[PupilInCare]:
        """Those whom the report is about, when it is clean."""
        ids = self.cleaned_data.get("children")
        return [one for one in self.pupils if ids is None or one.public_id in ids]

    @property
    def ticked(self) -> set[str]:
        """The values of the lessons that are ticked, for the page."""
        return set(self["lessons"].value() or ())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.wanted: dict[int, Wanted] = {}
        if self.errors:
            return cleaned
        for pupil in self.chosen:
            try:
                self.wanted[pupil.id] = self._wanted(pupil)
                away_of(self.wanted[pupil.id], self.facts[pupil.id])
            except NotReportable as refused:
                self.refuse(refused)
        return cleaned

    def refuse(self, refused: NotReportable) -> None:
        """Say at its field what may not be."""
        field = self._place_of(refused.field)
        if refused.message not in self.errors.get(field, ()):
            self.add_error(field, refused.message)

    def _place_of(self, part: str) -> str:
        """Days are typed as dates, ticked as a last day, or part of the choice itself."""
        if part == "lessons" or self.cleaned_data.get("when") != DAYS:
            return part if part == "lessons" else "when"
        if self.cleaned_data.get("first_day") or self.cleaned_data.get("last_day"):
            return "last_day" if part == "last_day" else "first_day"
        return "until"

    def _wanted(self, pupil: PupilInCare) -> Wanted:
        data, today = self.cleaned_data, clock.today()
        said = {"reason": data["reason"], "note": data["note"]}
        if data["when"] == REST:
            return Wanted(Extent.REST, today, today, **said)
        if data["when"] == LESSONS:
            picked = [self._ticks[value] for value in data["lessons"]]
            theirs = tuple(sorted((one.address for one in picked if one.pupil_id == pupil.id), key=_by_day))
            days = [day for _lesson, day in theirs] or [self.facts[pupil.id].today]
            return Wanted(Extent.LESSONS, days[0], days[-1], lessons=theirs, **said)
        first, last = self._span()
        return Wanted(Extent.DAYS, first, last, **said)

    def _span(self) -> tuple[date, date]:
        """The whole days that are meant: one, up to a chip's, or those written out."""
        data = self.cleaned_data
        if data["when"] != DAYS:
            day = _as_day(data["when"]) or self.days[0]
            return day, day
        if data["first_day"] or data["last_day"]:
            first = data["first_day"] or self.days[0]
            return first, data["last_day"] or first
        last = _as_day(data["until"])
        if last is None:
            raise NotReportable(_("Välj till och med vilken dag, eller skriv vilka dagar."), "last_day")
        return self.days[0], last

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _by_day(address: tuple[str, date]) -> date:
    return address[1]


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def initial_of(report: AbsenceReport, pupil: PupilInCare, facts: Reportable) -> dict[str, Any]:
    """The form's fields as a report has them; days that have passed are no longer asked for."""
    found: dict[str, Any] = {"reason": report.reason, "note": report.note, "version": report.version}
    if report.extent == Extent.REST:
        return found | {"when": REST}
    if report.extent == Extent.LESSONS:
        ticked = [f"{pupil.public_id}.{lesson}.{day}" for lesson, day in report.lessons]
        return found | {"when": LESSONS, "lessons": ticked}
    days, first, last = facts.coming_days(), max(report.first_day, facts.today), report.last_day
    if first == last and first in days[:2]:
        return found | {"when": first.isoformat()}
    if first in days[:1]:
        return found | {"when": DAYS, "until": last.isoformat()}
    return found | {"when": DAYS, "first_day": first, "last_day": last}
