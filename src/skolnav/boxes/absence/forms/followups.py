"""What mentor and principal write about high absence, and in an investigation of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Person
from skolnav.core.web.fields import DayField

LONGEST_TEXT = 4000


class ConclusionForm(forms.Form):
    """Closing a task."""

    conclusion = forms.CharField(
        label=_("Vad kom ni fram till?"),
        max_length=400,
        widget=forms.Textarea,
        help_text=_("Kort: vad som är sagt och gjort. Känsliga uppgifter hör hemma i en utredning."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OpenForm(forms.Form):
    """Opening an investigation."""

    background = forms.CharField(
        label=_("Varför utreder ni?"), max_length=LONGEST_TEXT, widget=forms.Textarea, required=False
    )


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Ny anteckning"), max_length=LONGEST_TEXT, widget=forms.Textarea)


class MeasureForm(forms.Form):
    """A measure: what, by whom, until when."""

    text = forms.CharField(label=_("Åtgärd"), max_length=300)
    responsible = forms.CharField(label=_("Ansvarig"), max_length=120, required=False)
    due_on = DayField(label=_("Klar senast"), required=False)


class MemberForm(forms.Form):
    """Somebody of the school's staff, by public id."""

    person = forms.ChoiceField(label=_("Ta med en kollega"))

    def __init__(self, *args: Any, staff: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = {person.public_id: person.pk for person in staff}
        field: Any = self.fields["person"]
        field.choices = [("", _("Välj")), *((person.public_id, person.full_name) for person in staff)]

    @property
    def person_id(self) -> int:
        return self.ids[self.cleaned_data["person"]]


class ReportedForm(forms.Form):
    day = DayField(label=_("Vilken dag fick huvudmannen veta?"))


class EndForm(forms.Form):
    conclusion = forms.CharField(
        label=_("Vad kom utredningen fram till?"), max_length=LONGEST_TEXT, widget=forms.Textarea
    )
