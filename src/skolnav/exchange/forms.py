"""Choosing a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .csv.reading import LARGEST


class TimetableFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV, från Excel, Skola24 eller något annat schemaprogram."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("Filen är större än 2 MB. Är det verkligen schemat?"))
        return file
