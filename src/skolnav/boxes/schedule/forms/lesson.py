"""What staff fill in about one day's lesson: a mark, a note, another time, a substitute."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.people.models import Person
from skolnav.core.publishing.moments import SkippedHour, stockholm
from skolnav.core.tenancy import clock
from skolnav.core.timetable.models import LessonMark, Room
from skolnav.core.timetable.occurrences import Occurrence
from skolnav.core.web.fields import DayField, TimeField

from ..queries.colleagues import on_duty

DAYS_AWAY = 366
_NO_SUCH_TIME = gettext_lazy("Skriv en tid mellan 00.00 och 23.59, till exempel 08.10.")


class MarkForm(forms.Form):
    """A test, homework due or something to bring."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Vad?"), choices=LessonMark.Kind.choices, widget=forms.RadioSelect, initial="test"
    )
    text = forms.CharField(
        label=gettext_lazy("Beskriv kort"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Till exempel: glosor kapitel 6. Det syns för elever och vårdnadshavare."),
    )
    every_week = forms.BooleanField(label=gettext_lazy("Varje vecka (bara för Ta med)"), required=False)

    def __init__(self, *args: Any, with_every_week: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_every_week:
            del self.fields["every_week"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("every_week") and cleaned.get("kind") not in (None, LessonMark.Kind.BRING):
            self.add_error("every_week", _("Prov och läxor skrivs på en dag i taget."))
        if cleaned.get("kind") == LessonMark.Kind.BRING and "text" in cleaned and not cleaned["text"]:
            self.add_error("text", _("Skriv vad som ska tas med."))
        return cleaned


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Anteckning till alla som har lektionen"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Elever och vårdnadshavare ser den i schemat. Skriv inget om enskilda elever."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class MoveForm(forms.Form):
    """Another time, day or room; cleaned to `starts` and `ends` (aware) and `room_chosen`."""

    day = DayField(label=gettext_lazy("Dag"))
    starts_at = TimeField(label=gettext_lazy("Börjar"), error_messages={"invalid": _NO_SUCH_TIME})
    ends_at = TimeField(label=gettext_lazy("Slutar"), error_messages={"invalid": _NO_SUCH_TIME})
    room = forms.ChoiceField(label=gettext_lazy("Sal"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, lesson: Occurrence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lesson = lesson
        self.rooms = {room.public_id: room for room in Room.everything.filter(school=lesson.school_id)}
        names = [("", _("Ingen sal")), *((room.public_id, room.name) for room in self.rooms.values())]
        self.fields["room"] = forms.ChoiceField(label=_("Sal"), choices=names, required=False)
        here = next((key for key, room in self.rooms.items() if room.pk == lesson.room_id), "")
        self.initial.setdefault("room", here)

    @property
    def room_chosen(self) -> Room | None:
        """None for no room; the form is valid."""
        return self.rooms.get(self.cleaned_data["room"])

    @property
    def wish(self) -> str:
        """What was asked for: "anyway" holds for this very wish, and not for the next one. The form is valid."""
        data = self.cleaned_data
        return f"{data['starts'].isoformat()} {data['ends'].isoformat()} {data['room']}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day = cleaned.get("day")
        if day and abs((day - self.lesson.day).days) > DAYS_AWAY:
            self.add_error("day", _("Välj en dag inom ett år."))
        elif day and not self.errors:
            cleaned["starts"] = self._moment("starts_at", day, cleaned["starts_at"])
            cleaned["ends"] = self._moment("ends_at", day, cleaned["ends_at"])
            if not self.errors and cleaned["ends"].timestamp() <= cleaned["starts"].timestamp():
                self.add_error(
                    "ends_at",
                    _("Lektionen slutar innan den börjar. Den måste sluta samma dag, före midnatt."),
                )
        return cleaned

    def _moment(self, field: str, day: date, hour: time) -> datetime | None:
        try:
            return stockholm(datetime.combine(day, hour)).astimezone(clock.STOCKHOLM)
        except SkippedHour:
            self.add_error(
                field,
                _("Klockan ställs fram den natten: tiden mellan 02.00 och 03.00 finns inte. Välj en annan."),
            )
            return None


class SubstituteForm(forms.Form):
    """Somebody on duty at the school on the day; cleaned to `person_chosen`."""

    person = forms.ChoiceField(label=gettext_lazy("Vem tar lektionen?"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, lesson: Occurrence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in on_duty(lesson)}
        names = [(person.public_id, person.full_name) for person in self.people.values()]
        self.fields["person"] = forms.ChoiceField(
            label=_("Vem tar lektionen?"), choices=[("", _("Välj")), *names]
        )

    @property
    def person_chosen(self) -> Person:
        """The form is valid."""
        return self.people[self.cleaned_data["person"]]


def initial_of(lesson: Occurrence) -> dict[str, Any]:
    """The move form's fields as the lesson stands."""
    return {
        "day": lesson.starts.date(),
        "starts_at": lesson.starts.time(),
        "ends_at": lesson.ends.time(),
        "version": lesson.version,
    }
