"""A weekly lesson as the office writes it: activity, weekday, times, weeks, room, days."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import Activity, Lesson
from skolnav.core.timetable.models.lessons import MOST_WEEKS
from skolnav.core.web.fields import DayField, TimeField

from ..actions.weekly import Times
from ..queries.office import Choices, People
from ..queries.patterns import Pattern, week_in_cycle
from .activities import ActivityFields

WEEKDAYS = [
    (0, gettext_lazy("Måndag")),
    (1, gettext_lazy("Tisdag")),
    (2, gettext_lazy("Onsdag")),
    (3, gettext_lazy("Torsdag")),
    (4, gettext_lazy("Fredag")),
]
EVERY, A, B, OTHER = "every", "a", "b", "other"
RHYTHMS = [
    (EVERY, gettext_lazy("Varje vecka")),
    (A, gettext_lazy("A-veckor")),
    (B, gettext_lazy("B-veckor")),
    (OTHER, gettext_lazy("En vecka av flera")),
]
NEW = "new"
FARTHEST = timedelta(days=3 * 366)
NO_TIME = gettext_lazy("Skriv en tid mellan 00.00 och 23.59, till exempel 08.10.")
NO_WEEKS = gettext_lazy("Ett schema kan rulla på högst 52 veckor.")


class LessonForm(ActivityFields):
    """Cleaned to `times`, and to `chosen_activity` or, for a new one, `content`."""

    activity = forms.ChoiceField(label=gettext_lazy("Vad är det?"))
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Veckodag"), choices=WEEKDAYS, coerce=int, widget=forms.RadioSelect
    )
    starts_at = TimeField(label=gettext_lazy("Börjar"), error_messages={"invalid": NO_TIME})
    ends_at = TimeField(label=gettext_lazy("Slutar"), error_messages={"invalid": NO_TIME})
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Vilka veckor"), choices=RHYTHMS, widget=forms.RadioSelect, initial=EVERY
    )
    week = forms.IntegerField(
        label=gettext_lazy("Vecka"), required=False, min_value=1, max_value=MOST_WEEKS,
        error_messages={"max_value": NO_WEEKS},
    )  # fmt: skip
    weeks = forms.IntegerField(
        label=gettext_lazy("av så många veckor"), required=False, min_value=2, max_value=MOST_WEEKS,
        error_messages={"max_value": NO_WEEKS},
    )  # fmt: skip
    room = forms.CharField(label=gettext_lazy("Sal"), max_length=40, required=False)
    first_day = DayField(label=gettext_lazy("Första dag"))
    last_day = DayField(label=gettext_lazy("Sista dag"))
    bring = forms.CharField(
        label=gettext_lazy("Ta med varje gång"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Till exempel gympapåse. Familjerna ser det i schemat."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        *,
        choices: Choices,
        people: People | None = None,
        lesson: Lesson | None = None,
        bring: str = "",
        initial: dict[str, Any] | None = None,
    ) -> None:
        defaults = initial_of(lesson, bring, choices) if lesson else _defaults(choices)
        super().__init__(data, people=people, initial=defaults | (initial or {}))
        self.choices = choices
        self.lesson = lesson
        self.activities = {one.public_id: one for one in choices.activities}
        if lesson:
            self.activities.setdefault(lesson.activity.public_id, lesson.activity)
        options = [(id, one.name) for id, one in self.activities.items()]
        field: Any = self.fields["activity"]
        field.choices = [*options, (NEW, _("Något nytt: fyll i här nedanför"))]
        if lesson:
            self.fields["first_day"].label = _("Gäller från")
        if not options:
            self.initial["activity"] = NEW

    @property
    def chosen_activity(self) -> Activity | None:
        """The activity that was there already; None for a new one, which `content` describes."""
        return self.activities.get(self.cleaned_data["activity"])

    @property
    def times(self) -> Times:
        """What the action takes; the form is valid."""
        data = self.cleaned_data
        name = " ".join(data["room"].split())
        known = next((one for one in self.choices.rooms if one.name.casefold() == name.casefold()), None)
        return Times(self.pattern, known, "" if known else name, data["bring"].strip())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("activity") == NEW:
            self.require_content()
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("Lektionen slutar innan den börjar. Den kan inte gå över midnatt."))
        self._check_days()
        weeks, week = self._cycle()
        if not self.errors:
            self.pattern = self._pattern(weeks, week)
            self._check_any_day()
        return data

    def _check_days(self) -> None:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        for name, day in (("first_day", first), ("last_day", last)):
            if day and abs(day - clock.today()) > FARTHEST:
                self.add_error(name, _("Välj en dag inom tre år."))
        if first and last and last < first:
            self.add_error("last_day", _("Sista dagen ligger före den första."))
        is_begun = self.lesson is not None and self.lesson.first_day <= clock.today()
        if first and is_begun and first < clock.today():
            self.add_error("first_day", _("Det som har varit ändras inte. Välj i dag eller en senare dag."))

    def _cycle(self) -> tuple[int, int]:
        """So many weeks, and which of them (the first is 0)."""
        rhythm = self.cleaned_data.get("rhythm")
        if rhythm in (A, B):
            return 2, int(rhythm == B)
        if rhythm != OTHER:
            return 1, 0
        weeks, week = self.cleaned_data.get("weeks"), self.cleaned_data.get("week")
        for name, value in (("weeks", weeks), ("week", week)):
            if value is None and name not in self.errors:
                self.add_error(name, _("Skriv ett tal, till exempel vecka 1 av 3."))
        if weeks and week and week > weeks:
            self.add_error("week", _("Veckan kan inte vara större än antalet veckor."))
        return weeks or 1, (week or 1) - 1

    def _pattern(self, weeks: int, week: int) -> Pattern:
        data = self.cleaned_data
        return Pattern(
            weekday=data["weekday"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            first_day=data["first_day"],
            last_day=data["last_day"],
            cycle_start=self.choices.cycle_start,
            weeks=weeks,
            week=week,
        )

    def _check_any_day(self) -> None:
        if next(self.pattern.days(self.pattern.first_day, self.pattern.last_day), None) is None:
            self.add_error("last_day", _("Det blir ingen lektion alls mellan de dagarna."))


def _defaults(choices: Choices) -> dict[str, Any]:
    return {
        "first_day": max(choices.first_day, clock.today()),
        "last_day": choices.last_day,
        "kind": Activity.Kind.TEACHING,
    }


def initial_of(lesson: Lesson, bring: str, choices: Choices) -> dict[str, Any]:
    """The form's fields as a weekly time has them. Its cycle is told in the school year's own, from which it may have
    been counted otherwise (an imported one)."""
    week = week_in_cycle(lesson, choices.cycle_start)
    rhythm = EVERY if lesson.weeks == 1 else OTHER
    if lesson.weeks == len((A, B)):
        rhythm = B if week else A
    return {
        "activity": lesson.activity.public_id,
        "weekday": lesson.weekday,
        "starts_at": lesson.starts_at,
        "ends_at": lesson.ends_at,
        "rhythm": rhythm,
        "week": week + 1 if rhythm == OTHER else None,
        "weeks": lesson.weeks if rhythm == OTHER else None,
        "room": lesson.room.name if lesson.room else "",
        "first_day": max(lesson.first_day, clock.today()),
        "last_day": lesson.last_day,
        "bring": bring,
        "version": lesson.version,
        "kind": Activity.Kind.TEACHING,
    }
