"""To whom, and how, credentials are handed out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from skolnav.core.accounts.models import Credential

GUARDIANS, PUPILS, STAFF = "vardnadshavare", "elever", "personal"

CHANNELS = (
    (Credential.Channel.LETTER, gettext_lazy("Brev att skriva ut")),
    (Credential.Channel.EMAIL, gettext_lazy("Länk med e-post")),
)


class ChannelForm(forms.Form):
    """For one person."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Hur?"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        initial=Credential.Channel.LETTER,
    )


class RunForm(ChannelForm):
    """For many: who, and whether those who have a login get a new one."""

    who = forms.MultipleChoiceField(label=gettext_lazy("Till vilka?"), widget=forms.CheckboxSelectMultiple)
    everybody = forms.BooleanField(
        label=gettext_lazy("Också till dem som redan har en inloggning"),
        required=False,
        help_text=gettext_lazy("Deras gamla lösenord slutar gälla, och de loggas ut."),
    )
    field_order = ("who", "channel", "everybody")

    def __init__(self, data: Any, *, staff: bool = False) -> None:
        super().__init__(data)
        families = [(GUARDIANS, gettext_lazy("Vårdnadshavare")), (PUPILS, gettext_lazy("Elever"))]
        who: Any = self.fields["who"]
        who.choices = [(STAFF, gettext_lazy("Personal"))] if staff else families
        who.initial = [who.choices[0][0]]
