"""What one changes about one's own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from skolnav.core.accounts.fields import NewPasswordField, NewUsernameField, PasswordField
from skolnav.core.accounts.models import Account


class UsernameForm(forms.Form):
    username = NewUsernameField()
    password = PasswordField(label=_("Ditt lösenord"), help_text=_("Så att ingen annan byter åt dig."))


class PasswordForm(forms.Form):
    current_password = PasswordField(label=_("Nuvarande lösenord"))
    password = NewPasswordField()

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        assert isinstance(field, NewPasswordField)
        field.for_account(account)


class ContactForm(forms.Form):
    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        help_text=_("Till en ny adress skickar vi en länk. Den gäller när du har öppnat länken."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    mobile = forms.CharField(
        label=_("Mobil"), required=False, max_length=30, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    phone = forms.CharField(
        label=_("Annan telefon"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # Whoever has the address can have a new password sent there: an unlocked phone must not be enough to change it.
    password = PasswordField(
        label=_("Ditt lösenord"), required=False, help_text=_("Behövs bara när du ändrar e-postadressen.")
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Språk"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
