"""What a guardian writes about a day, and who may collect."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from .family import TimesForm


class RequestForm(TimesForm):
    """Other times on a locked day, and why."""

    note = forms.CharField(label=_("Till personalen"), max_length=400, required=False)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Skriv till personalen"), max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class CollectorForm(forms.Form):
    name = forms.CharField(label=_("Namn"), max_length=80)
    relation = forms.CharField(
        label=_("Vem är det för barnet?"),
        max_length=40,
        required=False,
        help_text=_("Mormor, granne, syskon."),
    )
    phone = forms.CharField(
        label=_("Telefon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        validators=[RegexValidator(r"^(?:\D*\d){6}", _("Skriv ett telefonnummer, som 070-123 45 67."))],
    )
    is_usual = forms.BooleanField(label=_("Hämtar oftast"), required=False)
