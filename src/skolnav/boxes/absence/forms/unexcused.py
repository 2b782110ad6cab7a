"""What guardians explain, and what mentor and office write about a case."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.absence.models import CaseContact
from skolnav.boxes.absence.models.reports import NOTE_LENGTH, REPORTED_REASONS
from skolnav.core.people.models import Person
from skolnav.core.web.fields import DayField

# A school year, so that a whole one fits a report.
LONGEST = timedelta(days=366)


class ExplainForm(forms.Form):
    """A guardian's explanation."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Varför var barnet borta?"),
        choices=[(one.value, one.label) for one in REPORTED_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj varför.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Meddelande"),
        max_length=NOTE_LENGTH,
        required=False,
        help_text=gettext_lazy("Skriv inte vad barnet har för sjukdom."),
    )


class ContactForm(forms.Form):
    """What somebody did to reach a guardian; `guardians` are the pupil's, with the names that the reader may see."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Hur gick det?"), choices=CaseContact.Outcome.choices, widget=forms.RadioSelect
    )
    guardian = forms.ChoiceField(label=gettext_lazy("Vem ringde du?"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Anteckning"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Kort, utan uppgifter om hälsa. Behövs vid särskilda skäl."),
    )

    def __init__(self, *args: Any, guardians: Sequence[tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = {person.public_id: person.pk for person, _name in guardians}
        choices = [(person.public_id, name) for person, name in guardians]
        field: Any = self.fields["guardian"]
        field.choices = [("", _("Ingen särskild")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == CaseContact.Outcome.SPECIAL_REASONS and not cleaned.get("note"):
            self.add_error("note", _("Skriv vilka de särskilda skälen är."))
        return cleaned

    @property
    def guardian_id(self) -> int | None:
        return self.ids.get(self.cleaned_data["guardian"])


class ExcuseForm(forms.Form):
    """Why the school makes the absence valid afterwards."""

    reason = forms.CharField(
        label=gettext_lazy("Varför är frånvaron giltig?"),
        max_length=200,
        help_text=gettext_lazy("Skriv inte vad eleven har för sjukdom."),
    )


class AnswerForm(forms.Form):
    """An answer to a guardian's explanation: two buttons, `accepts` yes or no."""

    answer = forms.CharField(
        label=gettext_lazy("Svar till vårdnadshavaren"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Behövs om förklaringen inte godtas."),
    )
    accepts = forms.ChoiceField(choices=[("ja", ""), ("nej", "")])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("accepts") == "nej" and not cleaned.get("answer"):
            self.add_error("answer", _("Skriv varför förklaringen inte godtas."))
        return cleaned

    @property
    def is_accepted(self) -> bool:
        return bool(self.cleaned_data["accepts"] == "ja")


class PeriodForm(forms.Form):
    """The report's school and days; what is left empty is this month, and all of the reader's schools."""

    first = DayField(label=gettext_lazy("Från"), required=False)
    last = DayField(label=gettext_lazy("Till"), required=False)
    school = forms.ChoiceField(label=gettext_lazy("Skola"), required=False)

    def __init__(self, *args: Any, schools: Sequence[Any], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.ids = {school.public_id: school.id for school in schools}
        field: Any = self.fields["school"]
        field.choices = [("", _("Alla")), *((school.public_id, school.name) for school in schools)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and self.last_day < self.first_day:
            self.add_error("last", _("Sista dagen ligger före den första."))
        elif not self.errors and self.last_day - self.first_day > LONGEST:
            self.add_error("last", _("Välj högst ett år åt gången."))
        return cleaned

    @property
    def first_day(self) -> date:
        return self.cleaned_data.get("first") or (self.cleaned_data.get("last") or self.today).replace(day=1)

    @property
    def last_day(self) -> date:
        return self.cleaned_data.get("last") or max(self.today, self.first_day)

    @property
    def school_id(self) -> int | None:
        return self.ids.get(self.cleaned_data.get("school", ""))
