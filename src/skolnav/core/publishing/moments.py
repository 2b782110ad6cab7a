"""Moments as people write them: a day and a time by the Stockholm clock, which skips an hour in March."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from skolnav.core.tenancy import clock
from skolnav.core.web import fields


class SkippedHour(ValueError):
    """The clock never shows this time: summer time begins."""


def stockholm(written: datetime) -> datetime:
    """The moment (aware) that a naive time means there. In the doubled hour of October it is the first one.

    Raises SkippedHour for a time in the hour that summer time leaps over.
    """
    # In UTC at once: Python calls no time of the doubled hour equal to any other.
    moment = written.replace(tzinfo=clock.STOCKHOLM, fold=0).astimezone(clock.UTC)
    if moment.astimezone(clock.STOCKHOLM).replace(tzinfo=None) != written:
        raise SkippedHour(written)
    return moment


class MomentField(fields.MomentField):
    """Day and time in one field, to an aware moment: refuses the hour that is not, takes the one that is two."""

    input_formats = [*fields.MomentField.input_formats, "%Y-%m-%dT%H:%M:%S"]
    default_error_messages = {
        "invalid": _("Skriv dag och klockslag, till exempel 2026-11-26 07:30."),
        "skipped": _(
            "Den tiden finns inte: klockan ställs fram till sommartid. Välj en tid före 02.00 eller från 03.00."
        ),
    }

    def to_python(self, value: Any) -> datetime | None:
        """The moment, or None for an empty field. Raises ValidationError."""
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        written = self._parsed(str(value).strip())
        try:
            return stockholm(written)
        except SkippedHour:
            raise ValidationError(self.error_messages["skipped"], code="skipped") from None

    def prepare_value(self, value: Any) -> Any:
        """A moment from the database is shown by the Stockholm clock; what was typed stays as typed."""
        if isinstance(value, datetime) and value.tzinfo:
            return value.astimezone(clock.STOCKHOLM).strftime("%Y-%m-%dT%H:%M")
        return value

    def _parsed(self, text: str) -> datetime:
        for pattern in self.input_formats:
            try:
                return datetime.strptime(text, pattern)  # noqa: DTZ007 (made aware by `stockholm`)
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"], code="invalid")
