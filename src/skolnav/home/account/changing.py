"""A change that asks for the password: done, or what to say at which field."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from skolnav.core.access.viewer import Viewer
from skolnav.core.accounts.actions import (
    UsernameTaken,
    WrongPassword,
    change_password,
    change_username,
    confirm_contact,
)
from skolnav.core.accounts.actions.passwords import confirm_password
from skolnav.core.accounts.limits import TooManyAttempts
from skolnav.core.accounts.password_queue import TooBusy
from skolnav.core.web.words import say_time


def changed_username(actor: Viewer, form: forms.Form) -> bool:
    """Change it as the form says; False, with errors on the form, when that did not go."""
    typed = form.cleaned_data
    try:
        change_username(actor=actor, username=typed["username"], password=typed["password"])
    except UsernameTaken:
        form.add_error(
            "username", _("Det användarnamnet är upptaget. Pröva med en siffra eller en punkt till.")
        )
    except (WrongPassword, TooManyAttempts, TooBusy, ValidationError) as trouble:
        _say(form, "password", trouble)
    return form.is_valid()


def changed_password(actor: Viewer, form: forms.Form, session_key: str) -> bool:
    """The same for the password."""
    typed = form.cleaned_data
    try:
        change_password(
            actor=actor, current=typed["current_password"], new=typed["password"], session_key=session_key
        )
    except (WrongPassword, TooManyAttempts, TooBusy) as trouble:
        _say(form, "current_password", trouble)
    return form.is_valid()


def changed_contact(actor: Viewer, form: forms.Form, *, address: str) -> bool:
    """Write the contact details as the form says; another e-mail address than `address` takes the password. True
    when a new address awaits its link; what did not go stands on the form."""
    typed = dict(form.cleaned_data)
    password = typed.pop("password")
    if typed["email"] != address:
        try:
            confirm_password(actor=actor, password=password)
        except (WrongPassword, TooManyAttempts, TooBusy) as trouble:
            _say(form, "password", trouble)
            return False
    try:
        return confirm_contact(actor=actor, **typed)
    except TooManyAttempts as too_many:
        form.add_error("email", say_wait(too_many))
        return False


def say_wait(too_many: TooManyAttempts) -> str:
    """Until when somebody has to wait."""
    return _("Det har blivit för många försök. Vänta till klockan %(time)s.") % {
        "time": say_time(too_many.until)
    }


def _say(form: forms.Form, field: str, trouble: Exception) -> None:
    if isinstance(trouble, WrongPassword):
        form.add_error(field, _("Lösenordet stämmer inte. Stora och små bokstäver spelar roll."))
    elif isinstance(trouble, TooManyAttempts):
        form.add_error(field, say_wait(trouble))
    elif isinstance(trouble, TooBusy):
        form.add_error(None, _("Många loggar in just nu. Försök igen om en stund."))
    else:
        raise trouble
