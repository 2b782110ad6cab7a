"""Form fields for user names and passwords: as typed, nothing cut off."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .entering import LONGEST_PASSWORD
from .models import Account
from .usernames import validate_username

_ADVICE = format_lazy(
    _("Minst {number} tecken. Tre ord som bara du kommer på är bra; mellanslag går att ha."),
    number=settings.PASSWORD_LENGTH,
)


class PasswordField(forms.CharField):
    """A password that exists, exactly as typed (row 6-case-1)."""

    def __init__(self, *, label: Any, autocomplete: str = "current-password", **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Skriv lösenordet.")})
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
        super().__init__(label=label, strip=False, widget=widget, **kwargs)


class NewPasswordField(PasswordField):
    """A password being chosen. Any characters, spaces too; long, and not one that everybody has."""

    def __init__(self, *, label: Any = _("Nytt lösenord"), **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _ADVICE)
        kwargs.setdefault("error_messages", {"required": _("Skriv det nya lösenordet.")})
        super().__init__(label=label, autocomplete="new-password", max_length=LONGEST_PASSWORD, **kwargs)
        self.account: Account | None = None

    def for_account(self, account: Account) -> None:
        """Whose it will be: it may not be like their user name."""
        self.account = account

    def clean(self, value: Any) -> Any:
        password = super().clean(value)
        validate_password(password, self.account)
        return password


class NewUsernameField(forms.CharField):
    """A user name being chosen. A space is told, not cut off: the person would not find it at the login."""

    def __init__(self, *, label: Any = _("Nytt användarnamn"), **kwargs: Any) -> None:
        attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autocorrect": "off",
        }
        widget = forms.TextInput(attrs=attrs)
        kwargs.setdefault("error_messages", {"required": _("Skriv ett användarnamn.")})
        super().__init__(label=label, strip=False, widget=widget, validators=[validate_username], **kwargs)
