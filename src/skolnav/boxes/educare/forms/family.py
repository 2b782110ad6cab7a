"""A week as a guardian fills it in: a small form for each day, errors at the day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.educare.queries.plans import Known, Plan
from skolnav.boxes.educare.queries.wishes import Wish
from skolnav.core.web.fields import TimeField
from skolnav.core.web.words import say_long_day, upper_first

ALONE, OTHER = "alone", "other"
_HOW = gettext_lazy("Skriv klockslaget som 16.30.")


class ClockField(TimeField):
    """A time that may be left out; what can not be a time (24:00) gets an example in return."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, error_messages={"invalid": _HOW})


class TimesForm(forms.Form):
    """Comes, leaves, and who collects: the fields that a day, a pattern's weekday and a request share."""

    comes_at = ClockField(gettext_lazy("Kommer"))
    leaves_at = ClockField(gettext_lazy("Går hem"))
    is_off = forms.BooleanField(label=gettext_lazy("Ledig"), required=False)
    who = forms.ChoiceField(
        label=gettext_lazy("Vem hämtar?"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Välj någon i listan.")},
    )
    other_name = forms.CharField(label=gettext_lazy("Någon annan: namn"), max_length=80, required=False)

    def __init__(self, *args: Any, known: Known, pupil_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupil_id = pupil_id
        self._listed = {public_id: pk for pk, public_id, _, _ in known.collectors_of(pupil_id)}
        who: Any = self.fields["who"]
        who.choices = who_choices(known, pupil_id)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") == OTHER and not cleaned.get("other_name"):
            self.add_error("other_name", _("Skriv namnet på den som hämtar."))
        return cleaned

    @property
    def times(self) -> dict[str, Any]:
        """Comes, leaves, off and who, as a Wish has them; the form is valid."""
        data, who = self.cleaned_data, self.cleaned_data.get("who", "")
        is_off = data["is_off"]
        return {
            "comes_at": None if is_off else data["comes_at"],
            "leaves_at": None if is_off else data["leaves_at"],
            "is_off": is_off,
            "collector_id": self._listed.get(who),
            "collected_by": data["other_name"] if who in (OTHER, "") else "",
            "goes_alone": who == ALONE,
        }


class DayForm(TimesForm):
    """One day of a week; its prefix is the day."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, prefix=day.isoformat(), **kwargs)
        self.day = day

    @property
    def title(self) -> str:
        return upper_first(say_long_day(self.day))

    @property
    def wish(self) -> Wish:
        version = self.cleaned_data.get("version") or 0
        return Wish(self.pupil_id, self.day, version=version, **self.times)


class WeekForm:
    """The days of one child that can be changed. `say` puts what the action refuses at the day."""

    def __init__(self, data: Any, *, known: Known, pupil_id: int, plans: Sequence[Plan]) -> None:
        self.days = [
            DayForm(data, known=known, pupil_id=pupil_id, day=plan.day, initial=initial_of(known, plan))
            for plan in plans
        ]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.days]  # each, so that every error is shown
        return all(valid)

    @property
    def wishes(self) -> list[Wish]:
        return [form.wish for form in self.days]

    def say(self, reasons: Mapping[date, str]) -> None:
        for form in self.days:
            if form.day in reasons:
                form.add_error(None, reasons[form.day])

    @property
    def wrong(self) -> list[DayForm]:
        return [form for form in self.days if form.is_bound and form.errors]


def initial_of(known: Known, plan: Plan) -> dict[str, Any]:
    """A day's fields as it stands. The usual collector is chosen by choosing nobody."""
    return {
        "comes_at": plan.comes_at,
        "leaves_at": plan.leaves_at,
        "is_off": plan.is_off,
        "who": _who(known, plan),
        "other_name": "" if plan.collector_id else plan.collected_by,
        "version": plan.version,
    }


def who_choices(known: Known, pupil_id: int) -> list[tuple[str, str]]:
    """Who may collect: the usual one first, the standing list, somebody else, nobody."""
    usual = known.usual_of(pupil_id)
    first = _("Som vanligt: %(name)s") % {"name": usual} if usual else _("Inte sagt")
    listed = [
        (public_id, name) for _pk, public_id, name, is_usual in known.collectors_of(pupil_id) if not is_usual
    ]
    return [("", first), *listed, (OTHER, _("Någon annan")), (ALONE, _("Går hem själv"))]


def _who(known: Known, plan: Plan) -> str:
    if plan.goes_alone:
        return ALONE
    if plan.collected_by and plan.collector_id is None:
        return OTHER
    return next(
        (
            public_id
            for pk, public_id, _name, is_usual in known.collectors_of(plan.pupil_id)
            if pk == plan.collector_id and not is_usual
        ),
        "",
    )
