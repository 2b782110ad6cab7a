"""The words of the mails about logging in, in the language that is active."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from .links import Purpose, make_link
from .models import Account


@dataclass(frozen=True)
class Written:
    to: str
    subject: str
    text: str


def forgotten(accounts: Sequence[Account], to: str) -> Written:
    """A link for each account of the address, with its user name: a parent may have one, and a pupil another."""
    lines = [_("Någon, förmodligen du, har bett om ett nytt lösenord till Skolnav.")]
    for account in accounts:
        link = _address("login:open_link", make_link(account, Purpose.NEW_PASSWORD, to))
        lines += ["", _("Användarnamn: %(username)s") % {"username": account.username}, link]
    lines += [
        "",
        _("Öppna länken inom 60 minuter och välj ett nytt lösenord. Varje länk fungerar en gång."),
        _("Var det inte du? Då behöver du inte göra något. Lösenordet är kvar som det var."),
    ]
    return Written(to, _("Nytt lösenord"), _signed(lines))


def first_password(account: Account, to: str) -> Written:
    """The school's first link. It goes to the register's address, so it tells nothing but itself."""
    link = _address("login:open_link", make_link(account, Purpose.FIRST_PASSWORD, to))
    lines = [
        _("Du har fått ett konto i Skolnav."),
        "",
        _("Användarnamn: %(username)s") % {"username": account.username},
        "",
        _("Öppna länken inom sju dagar och välj ett lösenord. Länken fungerar en gång."),
        link,
        "",
        _("Är mejlet inte till dig? Ta bort det."),
    ]
    return Written(to, _("Ditt konto i Skolnav"), _signed(lines))


def verify_email(account: Account, to: str) -> Written:
    """The link that proves an address."""
    lines = [
        _("Någon, förmodligen du, har angett den här e-postadressen i Skolnav."),
        "",
        _("Öppna länken inom tre dagar för att bekräfta att adressen är din:"),
        _address("login:verify", make_link(account, Purpose.VERIFY_EMAIL, to)),
        "",
        _("Var det inte du? Då behöver du inte göra något. Inget mer skickas hit."),
    ]
    return Written(to, _("Bekräfta din e-postadress"), _signed(lines))


def password_changed(to: str) -> Written:
    lines = [
        _("Lösenordet till ditt konto i Skolnav är ändrat, och du är utloggad på andra enheter."),
        "",
        _("Var det inte du? Välj ett nytt lösenord genast och hör av dig till skolan:"),
        _address("login:forgotten"),
    ]
    return Written(to, _("Ditt lösenord är ändrat"), _signed(lines))


def email_changed(to: str) -> Written:
    lines = [
        _("Den här e-postadressen är inte längre kopplad till ditt konto i Skolnav. Inget mer skickas hit."),
        "",
        _("Var det inte du som ändrade? Hör av dig till skolan."),
    ]
    return Written(to, _("Din e-postadress är ändrad"), _signed(lines))


def _address(name: str, token: str = "") -> str:
    return settings.PUBLIC_URL + reverse(name, kwargs={"token": token} if token else None)


def _signed(lines: Sequence[str]) -> str:
    return "\n".join([*lines, "", _("Hälsningar"), "Skolnav", ""])
