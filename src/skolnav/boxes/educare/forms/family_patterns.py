"""Weeks that repeat, and whose week it is, as guardians fill them in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from skolnav.boxes.educare.actions.patterns import PatternContent, PatternDay
from skolnav.boxes.educare.models.times import LONGEST_CYCLE
from skolnav.boxes.educare.queries.locks import closed_because
from skolnav.boxes.educare.queries.opening import Opening
from skolnav.boxes.educare.queries.people import GuardianName
from skolnav.boxes.educare.queries.plans import Known
from skolnav.core.tenancy import clock
from skolnav.core.web.fields import DayField
from skolnav.core.web.words import say_time, say_times, upper_first

from .family import TimesForm

YEARS_AHEAD = 2
_TOO_MANY = gettext_lazy("Ett schema kan ha högst 52 veckor.")


def weekday_name(weekday: int) -> str:
    """ "Måndag" for 0, in the reader's language."""
    names = get_day_names("wide", locale=(get_language() or "sv").replace("-", "_"))
    return upper_first(str(names[weekday]))


def weeks_in(typed: Any, *, least: int) -> int:
    """A cycle's number of weeks as it was typed; `least` for what is no number of weeks."""
    text = str(typed)
    weeks = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST_CYCLE)) else 0
    return weeks if least <= weeks <= LONGEST_CYCLE else least


class SpanForm(forms.Form):
    """How many weeks, from when, until when."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Antal veckor som upprepas"),
        min_value=1,
        max_value=LONGEST_CYCLE,
        error_messages={"max_value": _TOO_MANY, "min_value": gettext_lazy("Skriv 1 eller mer.")},
    )
    first_day = DayField(label=gettext_lazy("Börjar"))
    last_day = DayField(
        label=gettext_lazy("Sista dag"), required=False, help_text=gettext_lazy("Tomt: tills vidare.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        for name, day in (("first_day", first), ("last_day", last)):
            if day and abs(day.year - clock.today().year) > YEARS_AHEAD:
                self.add_error(name, _("Välj en dag inom %(years)s år.") % {"years": YEARS_AHEAD})
        if first and last and last < first:
            self.add_error("last_day", _("Sista dagen ligger före den första."))
        return cleaned


class WeekdayForm(TimesForm):
    """A weekday of one of the weeks. A pattern names nobody who is not on the list."""

    def __init__(self, *args: Any, week: int, weekday: int, opening: Opening, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"{week}-{weekday}", **kwargs)
        self.week, self.weekday, self._opening = week, weekday, opening
        del self.fields["other_name"], self.fields["is_off"]
        who: Any = self.fields["who"]
        who.choices = [choice for choice in who.choices if choice[0] != "other"]

    @property
    def title(self) -> str:
        return weekday_name(self.weekday)

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or {}
        comes, leaves = cleaned.get("comes_at"), cleaned.get("leaves_at")
        hours = self._opening.hours.get(self.weekday)
        if comes and leaves and leaves <= comes:
            self.add_error(
                "leaves_at",
                _("Går hem (%(leaves)s) måste vara senare än kommer (%(comes)s).")
                % {"leaves": say_time(leaves), "comes": say_time(comes)},
            )
        if hours:
            for name, at in (("comes_at", comes), ("leaves_at", leaves)):
                if at and not hours[0] <= at <= hours[1]:
                    said = _("Fritids är öppet %(hours)s den dagen. Välj tider däremellan.")
                    self.add_error(name, said % {"hours": say_times(*hours)})
        return dict(cleaned)

    @property
    def day(self) -> PatternDay:
        data, who = self.cleaned_data, self.cleaned_data.get("who", "")
        return PatternDay(
            self.week,
            self.weekday,
            data["comes_at"],
            data["leaves_at"],
            self._listed.get(who),
            who == "alone",
        )


class PatternForm:
    """A span and its weeks' days."""

    def __init__(
        self,
        data: Any,
        *,
        known: Known,
        pupil_id: int,
        opening: Opening,
        initial: Mapping[str, Any],
        times: Mapping[tuple[int, int], Mapping[str, Any]],
    ) -> None:
        self.span = SpanForm(data, initial=dict(initial))
        count = weeks_in(self.span["weeks"].value(), least=1)
        weekdays = [weekday for weekday in range(7) if weekday in opening.hours]
        self.weeks = [
            [
                WeekdayForm(
                    data,
                    week=week,
                    weekday=weekday,
                    opening=opening,
                    known=known,
                    pupil_id=pupil_id,
                    initial=times.get((week, weekday)),
                )
                for weekday in weekdays
            ]
            for week in range(count)
        ]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in (self.span, *self.days)]  # each, so that every error is shown
        return all(valid)

    @property
    def days(self) -> list[WeekdayForm]:
        return [form for week in self.weeks for form in week]

    @property
    def wrong(self) -> list[WeekdayForm]:
        return [form for form in self.days if form.is_bound and form.errors]

    @property
    def content(self) -> PatternContent:
        span = self.span.cleaned_data
        days = [form.day for form in self.days]
        return PatternContent(span["weeks"], span["first_day"], span["last_day"], days)


def preview_of(content: PatternContent, opening: Opening, weeks: int) -> list[tuple[date, list[Any]]]:
    """The first weeks as the pattern makes them: Monday, and (day, its PatternDay or None, why it does not count)."""
    found = []
    by_place = {(one.week, one.weekday): one for one in content.days}
    for number in range(weeks):
        monday = content.cycle_start + timedelta(days=7 * number)
        days: list[Any] = []
        for one in sorted({weekday for _week, weekday in by_place}):
            day = monday + timedelta(days=one)
            if day < content.first_day or (content.last_day and day > content.last_day):
                continue
            lov = opening.round_of(day)
            closed = closed_because(opening, day)
            why = _("Stängt") if closed is not None else lov.name if lov else ""
            days.append((day, by_place[number % content.weeks, one], why))
        if days:
            found.append((monday, days))
    return found


class HomesForm(forms.Form):
    """Who has the child in each week of a cycle; `from_week` is any day of the first one."""

    weeks = forms.IntegerField(
        label=gettext_lazy("Antal veckor som upprepas"),
        min_value=2,
        max_value=LONGEST_CYCLE,
        initial=2,
        error_messages={"max_value": _TOO_MANY, "min_value": gettext_lazy("Skriv 2 eller mer.")},
    )
    from_day = DayField(label=gettext_lazy("Första veckan (någon dag i den)"))

    def __init__(
        self, data: Any = None, *, guardians: Sequence[GuardianName], own_id: int, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self._ids = {one.public_id: one.id for one in guardians}
        choices = [(one.public_id, self._said(one, own_id)) for one in guardians]
        count = weeks_in(self["weeks"].value(), least=2)
        for week in range(count):
            self.fields[f"home-{week}"] = forms.ChoiceField(
                label=_("Vecka %(number)s hos") % {"number": week + 1},
                choices=choices,
                initial=choices[week % len(choices)][0] if choices else "",
            )

    @staticmethod
    def _said(guardian: GuardianName, own_id: int) -> str:
        if guardian.id == own_id:
            return _("Mig")
        return guardian.name or _("Den andra vårdnadshavaren")

    def clean_from_day(self) -> date:
        day: date = self.cleaned_data["from_day"]
        if abs(day.year - clock.today().year) > YEARS_AHEAD:
            raise forms.ValidationError(_("Välj en dag inom %(years)s år.") % {"years": YEARS_AHEAD})
        return day

    @property
    def homes(self) -> list[int]:
        return [self._ids[self.cleaned_data[f"home-{week}"]] for week in range(self.cleaned_data["weeks"])]

    @property
    def week_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("home-")]
