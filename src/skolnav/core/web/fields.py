"""Form fields for days and times, with the pickers that phones have."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """`<input type="date">`: always ISO in the page, the browser shows it as the reader writes it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """`<input type="time">`."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """`<input type="datetime-local">`, in Stockholm's time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class DayField(forms.DateField):
    widget = DayInput
    input_formats = ["%Y-%m-%d", "%Y%m%d", "%d/%m %Y"]


class TimeField(forms.TimeField):
    """Takes 08:10, and 08.10 and 810 as people type them where the browser has no picker."""

    widget = ClockInput
    input_formats = ["%H:%M", "%H.%M", "%H:%M:%S", "%H%M"]


class MomentField(forms.DateTimeField):
    """A moment in Stockholm; an hour that summer time skips is refused by Django's own check."""

    widget = MomentInput
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M"]
