"""What the staff of fritids fill in."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.educare.actions.rounds import RoundContent
from skolnav.boxes.educare.models import HolidayRound
from skolnav.boxes.educare.queries.opening import Opening
from skolnav.core.schools.models import SchoolUnit
from skolnav.core.tenancy import clock
from skolnav.core.web.fields import DayField
from skolnav.core.web.words import say_weekday

from .family import ClockField

LONGEST_AHEAD = timedelta(days=730)
WEEKDAYS = tuple(range(7))
_A_MONDAY = date(2024, 1, 1)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Skriv till familjen"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Bara vårdnadshavarna och fritids läser det."),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Svar till familjen"), max_length=400, required=False, strip=True
    )


class _OfSchool(forms.Form):
    """A form for one of the schools where the viewer works with fritids; the field hides where there is one."""

    school = forms.ChoiceField(label=gettext_lazy("Skola"))

    def __init__(self, *args: Any, schools: list[SchoolUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {one.public_id: one for one in schools}
        field: Any = self.fields["school"]
        field.choices = [(one.public_id, one.name) for one in schools]
        if len(schools) == 1:
            field.widget = forms.HiddenInput()
            field.initial = schools[0].public_id

    @property
    def chosen_school(self) -> SchoolUnit:
        """The form is valid."""
        return self.schools[self.cleaned_data["school"]]


class ClosingForm(_OfSchool):
    day = DayField(label=gettext_lazy("Dag"))
    reason = forms.CharField(
        label=gettext_lazy("Varför"), max_length=120, help_text=gettext_lazy("Familjerna ser det.")
    )

    def clean_day(self) -> date:
        return _sensible(self.cleaned_data["day"])


class RoundForm(_OfSchool):
    """Cleaned to `content`. Families answer until the deadline's day is over."""

    name = forms.CharField(label=gettext_lazy("Vilket lov?"), max_length=80)
    first_day = DayField(label=gettext_lazy("Första dag"))
    last_day = DayField(label=gettext_lazy("Sista dag"))
    deadline = DayField(
        label=gettext_lazy("Sista svarsdag"),
        help_text=gettext_lazy("Familjerna kan svara till midnatt den dagen."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("first_day", "last_day", "deadline"):
            day = cleaned.get(name)
            if day is not None and abs(day - clock.today()) > LONGEST_AHEAD:
                self.add_error(name, _("Välj en dag inom två år."))
        return cleaned

    @property
    def content(self) -> RoundContent:
        """What the action takes; the form is valid."""
        data = self.cleaned_data
        return RoundContent(data["name"], data["first_day"], data["last_day"], clock.end_of(data["deadline"]))


def initial_of_round(holiday: HolidayRound) -> dict[str, Any]:
    """The form's fields as a round has them."""
    last_moment: datetime = holiday.deadline - timedelta(microseconds=1)
    return {
        "name": holiday.name,
        "first_day": holiday.first_day,
        "last_day": holiday.last_day,
        "deadline": last_moment.astimezone(clock.STOCKHOLM).date(),
        "version": holiday.version,
    }


class OpeningForm(forms.Form):
    """A weekday without times is closed. Cleaned to `hours`."""

    lock_days = forms.IntegerField(
        label=gettext_lazy("Dagar i förväg som tiderna låses"),
        min_value=0,
        max_value=28,
        help_text=gettext_lazy("7: i dag och sju dagar framåt ändras bara genom ett önskemål."),
    )
    late_after_minutes = forms.IntegerField(
        label=gettext_lazy("Minuter efter avtalad tid då en hämtning räknas som sen"),
        min_value=0,
        max_value=120,
    )
    holiday_reminder_days = forms.IntegerField(
        label=gettext_lazy("Dagar före sista svarsdag som familjer påminns om lov"), min_value=0, max_value=28
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each says its day: what is wrong stands in a summary too, away from its row.
        for weekday in WEEKDAYS:
            day = {"day": say_weekday(_A_MONDAY + timedelta(days=weekday))}
            self.fields[f"opens_{weekday}"] = ClockField(_("Öppnar %(day)s") % day)
            self.fields[f"closes_{weekday}"] = ClockField(_("Stänger %(day)s") % day)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.hours: dict[int, tuple[time, time]] = {}
        for weekday in WEEKDAYS:
            self._clean_day(weekday, cleaned.get(f"opens_{weekday}"), cleaned.get(f"closes_{weekday}"))
        if not self.errors and not self.hours:
            self.add_error("opens_0", _("Minst en dag måste ha öppettider."))
        return cleaned

    def _clean_day(self, weekday: int, opens: time | None, closes: time | None) -> None:
        if opens is None and closes is None:
            return
        if opens is None or closes is None:
            missing = "opens" if opens is None else "closes"
            if f"{missing}_{weekday}" not in self.errors:
                self.add_error(f"{missing}_{weekday}", _("Skriv båda tiderna, eller ingen."))
        elif closes <= opens:
            self.add_error(f"closes_{weekday}", _("Det stänger innan det öppnar."))
        else:
            self.hours[weekday] = (opens, closes)

    @property
    def days(self) -> list[tuple[date, Any, Any]]:
        """A day of each weekday, for its name, with its two fields."""
        return [
            (_A_MONDAY + timedelta(days=day), self[f"opens_{day}"], self[f"closes_{day}"]) for day in WEEKDAYS
        ]


def initial_of_opening(opening: Opening) -> dict[str, Any]:
    """The form's fields as a school has chosen, or by default."""
    found: dict[str, Any] = {
        "lock_days": opening.lock_days,
        "late_after_minutes": opening.late_after_minutes,
        "holiday_reminder_days": opening.holiday_reminder_days,
        "version": opening.version,
    }
    for weekday, (opens, closes) in opening.hours.items():
        found |= {f"opens_{weekday}": opens, f"closes_{weekday}": closes}
    return found


def _sensible(day: date) -> date:
    if abs(day - clock.today()) > LONGEST_AHEAD:
        raise forms.ValidationError(_("Välj en dag inom två år."))
    return day
