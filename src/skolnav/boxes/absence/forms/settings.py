"""What a school chooses for absence, each choice explained."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.boxes.absence.models import AbsenceSettings
from skolnav.boxes.absence.models.settings import MOST_DELEGATED_DAYS
from skolnav.core.web.fields import TimeField

FIELDS = (
    "most_days", "locks_at", "whole_day_until_year", "heard_by", "deliver_by", "threshold_percent",
    "threshold_occasions", "mentor_leave_days", "leave_needs_both",
)  # fmt: skip
EARLIEST, LATEST = time(6, 0), time(18, 0)


class SettingsForm(forms.Form):
    """`values()` is what the action takes."""

    most_days = forms.IntegerField(
        label=gettext_lazy("Flest dagar i en frånvaroanmälan"),
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("Så många dagar i rad kan en vårdnadshavare anmäla på en gång."),
    )
    locks_at = TimeField(
        label=gettext_lazy("Lås pågående lektion klockan"),
        required=False,
        help_text=gettext_lazy(
            "Efter den tiden går det inte att anmäla frånvaro från en lektion som har börjat. "
            "Tomt: det går tills lektionen är slut."
        ),
    )
    whole_day_until_year = forms.IntegerField(
        label=gettext_lazy("Ta närvaro en gång om dagen till och med årskurs"),
        min_value=0,
        max_value=10,
        required=False,
        help_text=gettext_lazy("0 är förskoleklass. Tomt: alla årskurser tar närvaro varje lektion."),
    )
    heard_by = TimeField(
        label=gettext_lazy("Visa vem ni inte har hört av klockan"),
        help_text=gettext_lazy("Då visar kontorets lista vilka elever som är borta utan anmälan."),
    )
    deliver_by = TimeField(
        label=gettext_lazy("Ring hem om ingen är nådd klockan"),
        help_text=gettext_lazy(
            "Hemmet ska få veta samma dag om en elev är borta utan giltig orsak (skollagen 7 kap. 17 §)."
        ),
    )
    threshold_percent = forms.IntegerField(
        label=gettext_lazy("Följ upp vid så många procent frånvaro på en månad"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Mentor och rektor får en uppgift när en elev går över gränsen."),
    )
    threshold_occasions = forms.IntegerField(
        label=gettext_lazy("Följ upp vid så många ogiltiga tillfällen på en månad"), min_value=1, max_value=50
    )
    mentor_leave_days = forms.IntegerField(
        label=gettext_lazy("Så många dagars ledighet får mentorn bevilja"),
        min_value=0,
        max_value=MOST_DELEGATED_DAYS,
        help_text=gettext_lazy(
            "Per elev och läsår. Mer än 10 dagar får bara rektor besluta om (skollagen 7 kap. 18 §). "
            "0: rektor beslutar alltid."
        ),
    )
    leave_needs_both = forms.BooleanField(
        label=gettext_lazy("Fråga båda vårdnadshavarna om ledighet"),
        required=False,
        help_text=gettext_lazy("Skolan beslutar först när den andra vårdnadshavaren har sagt ja."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, settings: AbsenceSettings) -> None:
        super().__init__(data, initial={name: getattr(settings, name) for name in (*FIELDS, "version")})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("locks_at", "heard_by", "deliver_by"):
            at = data.get(name)
            if at and not EARLIEST <= at <= LATEST:
                self.add_error(name, ValidationError(_("Välj en tid mellan 06.00 och 18.00.")))
        heard, deliver = data.get("heard_by"), data.get("deliver_by")
        if heard and deliver and not self.errors and deliver <= heard:
            self.add_error("deliver_by", _("Tiden ska komma efter den då ni ser vem ni inte har hört av."))
        return data

    def values(self) -> dict[str, Any]:
        """The choices by field name; the form is valid."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def meet(self, theirs: AbsenceSettings) -> list[tuple[str, Any]]:
        """Somebody else saved meanwhile: what they chose where it differs, as (label, value). What was typed stays."""
        self.data = {**dict(self.data.items()), "version": str(theirs.version)}
        self.add_error(None, _("Någon annan sparade medan du skrev. Sparar du nu gäller din version."))
        return [
            (str(self.fields[name].label), getattr(theirs, name))
            for name in FIELDS
            if getattr(theirs, name) != self.cleaned_data.get(name)
        ]
