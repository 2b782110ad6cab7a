"""What somebody at fritids writes in while a guardian is on the telephone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.educare.queries.plans import Known
from skolnav.boxes.educare.queries.wishes import Wish

from .family import TimesForm


class TelephonedForm(TimesForm):
    """A day's times, and by whose word: `guardians` are (id, public id, name or none)."""

    said_by = forms.ChoiceField(label=gettext_lazy("Vem ringde?"), widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        known: Known,
        pupil_id: int,
        day: date,
        guardians: Sequence[tuple[int, str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, known=known, pupil_id=pupil_id, **kwargs)
        self.day = day
        self._guardians = {public_id: pk for pk, public_id, _name in guardians}
        field: Any = self.fields["said_by"]
        field.choices = [
            (public_id, name or _("Vårdnadshavare %(number)s") % {"number": number})
            for number, (_pk, public_id, name) in enumerate(guardians, 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_timed = cleaned.get("comes_at") or cleaned.get("leaves_at")
        if not (is_timed or cleaned.get("is_off") or self.errors):
            self.add_error("leaves_at", _("Skriv en tid, eller välj Ledig."))
        return cleaned

    @property
    def guardian_id(self) -> int:
        """The form is valid."""
        return self._guardians[self.cleaned_data["said_by"]]

    @property
    def wish(self) -> Wish:
        """The form is valid."""
        return Wish(self.pupil_id, self.day, version=self.cleaned_data.get("version") or 0, **self.times)
