"""A school's details and the school year."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.schools.models import SchoolUnit, SchoolYear, Term
from skolnav.core.web.fields import DayField

from .person import NameField, PhoneField

SCHOOL_FIELDS = (
    "phone", "email", "website", "office_hours", "street_address", "postal_code", "locality",
)  # fmt: skip
LONGEST_YEAR = timedelta(days=400)


class SchoolForm(forms.Form):
    """What families see when they are told to contact the school."""

    phone = PhoneField(label=gettext_lazy("Telefon"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("E-post"), required=False)
    website = forms.URLField(label=gettext_lazy("Webbplats"), required=False, assume_scheme="https")
    office_hours = NameField(
        label=gettext_lazy("Kontoret är öppet"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Till exempel: vardagar 7.30–15.30"),
    )
    street_address = NameField(label=gettext_lazy("Gatuadress"), max_length=120, required=False)
    postal_code = NameField(label=gettext_lazy("Postnummer"), max_length=10, required=False)
    locality = NameField(label=gettext_lazy("Ort"), max_length=60, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, school: SchoolUnit) -> None:
        super().__init__(data, initial={name: getattr(school, name) for name in (*SCHOOL_FIELDS, "version")})

    def meet(self, theirs: Any) -> list[tuple[str, str]]:
        """Somebody else saved meanwhile: what they wrote where it differs, as (label, text). What was typed here
        stays, and is saved over theirs by a second "Spara"."""
        self.data = {**dict(self.data.items()), "version": str(theirs.version)}
        self.add_error(None, _("Någon annan sparade medan du skrev. Sparar du nu gäller din version."))
        return [
            (str(self.fields[name].label), getattr(theirs, name))
            for name in SCHOOL_FIELDS
            if getattr(theirs, name) != self.cleaned_data.get(name)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("phone") and not data.get("email"):
            raise forms.ValidationError(_("Skriv telefon eller e-post: familjer ska kunna nå skolan."))
        return data


class SchoolYearForm(forms.Form):
    """Two terms; the year reaches from the first day of the one to the last of the other."""

    autumn_first = DayField(label=gettext_lazy("Höstterminen börjar"))
    autumn_last = DayField(label=gettext_lazy("Höstterminen slutar"))
    spring_first = DayField(label=gettext_lazy("Vårterminen börjar"))
    spring_last = DayField(label=gettext_lazy("Vårterminen slutar"))

    def __init__(self, data: Any, *, year: SchoolYear | None, others: list[SchoolYear]) -> None:
        super().__init__(data, initial=_days_of(year) if year else {})
        self.others = others

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        days = [data[name] for name in ("autumn_first", "autumn_last", "spring_first", "spring_last")]
        for name, (earlier, later) in zip(
            ("autumn_last", "spring_first", "spring_last"), pairwise(days), strict=True
        ):
            if later <= earlier:
                self.add_error(name, _("Dagen ska komma efter den förra."))
        if not self.errors:
            self._check_year(days[0], days[-1])
        return data

    def _check_year(self, first: date, last: date) -> None:
        if last - first > LONGEST_YEAR or last.year == first.year:
            raise forms.ValidationError(_("Ett läsår börjar på hösten och slutar nästa vår."))
        if any(other.first_day <= last and first <= other.last_day for other in self.others):
            raise forms.ValidationError(_("Läsåret går in i ett annat läsår."))

    def terms(self) -> dict[str, tuple[date, date]]:
        """What `save_school_year` takes."""
        data = self.cleaned_data
        return {
            "autumn": (data["autumn_first"], data["autumn_last"]),
            "spring": (data["spring_first"], data["spring_last"]),
        }


def _days_of(year: SchoolYear) -> dict[str, date]:
    days: dict[str, date] = {}
    for term in year.terms.all():
        name = "autumn" if term.kind == Term.Kind.AUTUMN else "spring"
        days |= {f"{name}_first": term.first_day, f"{name}_last": term.last_day}
    return days
