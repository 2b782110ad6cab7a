"""What one types outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skolnav.core.accounts.fields import NewPasswordField, PasswordField
from skolnav.core.accounts.models import Account


class LoginForm(forms.Form):
    """User name and password, exactly as typed: nothing is stripped (row 6-case-1)."""

    username = forms.CharField(
        label=_("Användarnamn"),
        strip=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "autocorrect": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Skriv ditt användarnamn.")},
    )
    password = PasswordField(label=_("Lösenord"), error_messages={"required": _("Skriv ditt lösenord.")})


class ForgottenForm(forms.Form):
    """A user name, or the address that the account has."""

    typed = forms.CharField(
        label=_("Användarnamn eller e-postadress"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Skriv ditt användarnamn eller din e-postadress.")},
    )


class NewPasswordForm(forms.Form):
    """The password that a mailed link lets one choose."""

    password = NewPasswordField()

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        assert isinstance(field, NewPasswordField)
        field.for_account(account)


class FirstLoginForm(NewPasswordForm):
    """One's own password, and the contact details as one wants them."""

    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        help_text=_("Vi skickar en länk dit. När du har öppnat den kan du få notiser och nytt lösenord dit."),
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
