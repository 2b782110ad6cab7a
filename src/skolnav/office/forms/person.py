"""A person's details, and the form that shows both versions when two write at once."""

import re
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skolnav.core.people.actions.persons import values_of
from skolnav.core.people.identity_numbers import IdentityNumber, IdentityNumberError, parse
from skolnav.core.people.models import Person
from skolnav.core.web.fields import DayField
from skolnav.office.words import FIELDS

DETAILS = (
    "given_name",
    "family_name",
    "email",
    "mobile",
    "phone",
    "street_address",
    "postal_code",
    "locality",
)
_PHONE = re.compile(r"[0-9+()/ .-]{3,30}")


class NameField(forms.CharField):
    """A name as people write it, without stray spaces and characters that do not show."""

    def to_python(self, value: Any) -> str:
        shown = "".join(one for one in super().to_python(value) or "" if one.isprintable() or one.isspace())
        return " ".join(shown.split())


class PhoneField(forms.CharField):
    """A telephone number in any written form."""

    widget = forms.TextInput(attrs={"inputmode": "tel"})

    def clean(self, value: Any) -> str:
        number = " ".join((super().clean(value) or "").split())
        if number and not _PHONE.fullmatch(number):
            raise forms.ValidationError(_("Skriv ett telefonnummer med siffror, till exempel 070-123 45 67."))
        return number


class NumberField(forms.CharField):
    """An identity number in any written form; its clean value is an IdentityNumber or None."""

    def clean(self, value: Any) -> IdentityNumber | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text)
        except IdentityNumberError as wrong:
            raise forms.ValidationError(wrong.message) from None


class DetailsForm(forms.Form):
    """Name, number and contact details: the whole of a new person, and the start of the other forms."""

    given_name = NameField(label=FIELDS["given_name"], max_length=80)
    family_name = NameField(label=FIELDS["family_name"], max_length=80)
    identity_number = NumberField(
        label=FIELDS["identity_number"],
        max_length=20,
        required=False,
        help_text=gettext_lazy("ÅÅÅÅMMDD-NNNN. Samordningsnummer och TF-nummer går också bra."),
    )
    email = forms.EmailField(label=FIELDS["email"], max_length=254, required=False)
    mobile = PhoneField(label=FIELDS["mobile"], max_length=30, required=False)
    phone = PhoneField(label=FIELDS["phone"], max_length=30, required=False)
    street_address = NameField(label=FIELDS["street_address"], max_length=120, required=False)
    postal_code = NameField(label=FIELDS["postal_code"], max_length=10, required=False)
    locality = NameField(label=FIELDS["locality"], max_length=60, required=False)

    def details(self) -> dict[str, Any]:
        """What `create_person` and `change_person` take."""
        return {name: self.cleaned_data[name] for name in (*DETAILS, "identity_number")}


class NewPupilDetails(DetailsForm):
    """A pupil is born on a day, also without a number: care of a child ends with childhood."""

    birth_date = DayField(
        label=FIELDS["birth_date"],
        required=False,
        help_text=gettext_lazy("Behövs bara om personnummer saknas."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number = data.get("identity_number")
        if number and number.birth_date:
            data["birth_date"] = number.birth_date
        elif not data.get("birth_date") and not self.errors:
            self.add_error("birth_date", _("Skriv födelsedatum, eller personnummer ovanför."))
        return data

    def details(self) -> dict[str, Any]:
        return {**super().details(), "birth_date": self.cleaned_data["birth_date"]}


class ChangePersonForm(DetailsForm):
    """The details of somebody who exists. Knows what it was filled in from, so nobody's change is lost."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, person: Person) -> None:
        now = values_of(person, list(DETAILS))
        initial = {**now, "version": person.version, "base": signing.dumps(now, salt="office.person")}
        super().__init__(data, initial=initial)
        self.fields["identity_number"].label = _("Nytt personnummer")
        self.fields["identity_number"].help_text = _("Lämna tomt om personnumret inte ska ändras.")
        # What somebody else has written meanwhile: (label, their value, what was typed here).
        self.theirs: list[tuple[str, str, str]] = []
        self.kept: list[tuple[str, str]] = []

    def clean_base(self) -> dict[str, str]:
        try:
            base: dict[str, str] = signing.loads(self.cleaned_data["base"], salt="office.person")
        except signing.BadSignature:
            raise SuspiciousOperation(
                "The form's own note of what it was filled in from was changed."
            ) from None
        return base

    def meet(self, person: Person) -> "ChangePersonForm":
        """This form again, after somebody else saved `person`: their changes beside what was typed here.

        A field that was not touched here takes their value; one that both changed keeps what was typed, with theirs
        beside it. Saving again then overwrites nothing unseen.
        """
        base = self.cleaned_data["base"]
        now, data = values_of(person, list(DETAILS)), dict(self.data.items())
        met = ChangePersonForm(None, person=person)
        theirs, kept = [], []
        for name in DETAILS:
            typed = self.cleaned_data[name]
            if now[name] == base[name] or now[name] == typed:
                continue
            if typed == base[name]:
                data[name] = now[name]
                kept.append((str(FIELDS[name]), now[name]))
            else:
                theirs.append((str(FIELDS[name]), now[name], typed))
        data["version"], data["base"] = str(person.version), met.initial["base"]
        met = ChangePersonForm(data, person=person)
        met.theirs, met.kept = theirs, kept
        return met
