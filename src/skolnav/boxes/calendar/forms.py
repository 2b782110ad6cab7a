"""An entry as staff write it: whole days, or a day with times."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.feed.models import Happening
from skolnav.core.publishing.forms import AudienceForm
from skolnav.core.publishing.moments import SkippedHour, stockholm
from skolnav.core.tenancy import clock
from skolnav.core.web.fields import DayField, TimeField

from .actions import Content
from .models import CalendarEntry, Kind

YEARS_AWAY = 3


class EntryForm(AudienceForm):
    """Cleaned to `content` and `cleaned_data["audience"]`."""

    title = forms.CharField(label=gettext_lazy("Vad händer?"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Sort"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.ACTIVITY
    )
    first_day = DayField(label=gettext_lazy("Första dag"))
    last_day = DayField(
        label=gettext_lazy("Sista dag"), required=False, help_text=gettext_lazy("Tomt: samma dag.")
    )
    starts_at = TimeField(
        label=gettext_lazy("Börjar"), required=False, help_text=gettext_lazy("Tomt: hela dagen.")
    )
    ends_at = TimeField(label=gettext_lazy("Slutar"), required=False)
    place = forms.CharField(label=gettext_lazy("Plats"), max_length=120, required=False)
    description = forms.CharField(
        label=gettext_lazy("Mer att veta"), widget=forms.Textarea, max_length=4000, required=False
    )
    tell = forms.BooleanField(
        label=gettext_lazy("Visa som ändrad och säg till alla"), required=False, initial=True
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ["title", "kind", "first_day", "last_day", "starts_at", "ends_at", "place", "description"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first = cleaned.get("first_day")
        if first:
            self._check_days(first, cleaned.get("last_day") or first)
            if not self.errors:
                self._check_times(first, cleaned.get("last_day") or first)
        return cleaned

    @property
    def content(self) -> Content:
        """What the action takes; the form is valid."""
        data = self.cleaned_data
        return Content(
            kind=data["kind"],
            title=data["title"],
            first_day=data["first_day"],
            last_day=data["last_day"] or data["first_day"],
            starts=self.starts,
            ends=self.ends,
            place=data["place"],
            description=data["description"].replace("\r\n", "\n"),
        )

    def _check_days(self, first: date, last: date) -> None:
        if abs(first.year - clock.today().year) > YEARS_AWAY:
            self.add_error("first_day", _("Välj en dag inom %(years)s år.") % {"years": YEARS_AWAY})
        elif last < first:
            self.add_error("last_day", _("Sista dagen ligger före den första."))
        elif (last - first).days >= Happening.LONGEST_DAYS:
            self.add_error(
                "last_day",
                _("En händelse kan vara högst %(days)s dagar. Dela upp den i flera.")
                % {"days": Happening.LONGEST_DAYS},
            )

    def _check_times(self, first: date, last: date) -> None:
        """Sets `starts` and `ends`: both None for whole days."""
        self.starts = self.ends = None
        begin, end = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if begin is None:
            if end is not None:
                self.add_error("starts_at", _("Skriv också när det börjar."))
            return
        self.starts = self._moment("starts_at", first, begin)
        self.ends = self._moment("ends_at", last, end or begin)
        if self.starts and self.ends and self.ends < self.starts:
            self.add_error("ends_at", _("Det slutar innan det börjar."))

    def _moment(self, field: str, day: date, hour: time) -> datetime | None:
        try:
            return stockholm(datetime.combine(day, hour))
        except SkippedHour:
            self.add_error(
                field,
                _("Klockan ställs fram den natten: tiden mellan 02.00 och 03.00 finns inte. Välj en annan."),
            )
            return None


def initial_of(entry: CalendarEntry) -> dict[str, Any]:
    """The form's fields as an entry has them."""
    return {
        "title": entry.title,
        "kind": entry.kind,
        "first_day": entry.first_day,
        "last_day": entry.last_day if entry.last_day != entry.first_day else None,
        "starts_at": _hour(entry.starts),
        "ends_at": _hour(entry.ends) if entry.ends != entry.starts else None,
        "place": entry.place,
        "description": entry.description,
        "version": entry.version,
    }


def _hour(moment: datetime | None) -> time | None:
    return moment.astimezone(clock.STOCKHOLM).time() if moment else None
