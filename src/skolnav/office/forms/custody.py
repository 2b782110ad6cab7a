"""Custody: ended, restricted; protection."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.people.models import Guardianship
from skolnav.core.tenancy import clock
from skolnav.core.web.fields import DayField
from skolnav.office.words import CUSTODY_END_REASONS, MARKINGS, RESTRICTION_REASONS

NOW, OTHER_DAY = "now", "day"


class EndCustodyForm(forms.Form):
    when = forms.ChoiceField(
        label=gettext_lazy("När upphör vårdnaden?"),
        choices=((NOW, gettext_lazy("Genast")), (OTHER_DAY, gettext_lazy("En annan dag"))),
        widget=forms.RadioSelect,
        initial=NOW,
    )
    last_day = DayField(
        label=gettext_lazy("Sista dag med vårdnad"),
        required=False,
        help_text=gettext_lazy("Fylls i om vårdnaden upphörde tidigare eller upphör senare."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Varför?"), choices=list(CUSTODY_END_REASONS.items()), widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, relation: Guardianship) -> None:
        super().__init__(data, initial={"version": relation.version, "when": NOW})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("when") == OTHER_DAY and not data.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Skriv vilken dag som var eller blir den sista."))
        return data

    @property
    def chosen_day(self) -> date:
        """The last day with custody."""
        day: date | None = self.cleaned_data["last_day"]
        return day if day and self.cleaned_data["when"] == OTHER_DAY else clock.today()


class RestrictForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Varför?"), choices=list(RESTRICTION_REASONS.items()), widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, relation: Guardianship) -> None:
        super().__init__(data, initial={"version": relation.version})


class ProtectionForm(forms.Form):
    marking = forms.ChoiceField(
        label=gettext_lazy("Vilket skydd?"), choices=list(MARKINGS.items()), widget=forms.RadioSelect
    )
