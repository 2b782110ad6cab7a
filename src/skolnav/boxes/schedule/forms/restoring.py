"""The way back after a removal: which lesson, and the days it had."""

from datetime import timedelta
from typing import Any

from django import forms

from skolnav.core.tenancy import clock
from skolnav.core.tenancy.ids import LENGTH
from skolnav.core.web.fields import DayField

FARTHEST = timedelta(days=10 * 366)


class RestoreForm(forms.Form):
    """Written by the page itself. Anything odd in it is simply no way back."""

    lesson = forms.CharField(max_length=LENGTH, min_length=LENGTH, required=False)
    first_day = DayField()
    last_day = DayField()
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and (last < first or abs(last - clock.today()) > FARTHEST):
            raise forms.ValidationError("These are no days of a lesson.")
        return data
