"""User names: what one may be, and the readable ones that the school's accounts begin with."""

import secrets
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from skolnav.core.people.models import Person

from .models import USERNAME_LENGTH, Account, as_typed, folded

SHORTEST = 3
_MARKS = "._-@+'"
# Letters that do not fall apart into a base letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)


def validate_username(username: str) -> None:
    """Letters of any script, digits and a few marks; raises ValidationError with what to do about it."""
    name = as_typed(username)
    if any(character.isspace() for character in name):
        raise ValidationError(
            _("Ett användarnamn kan inte ha mellanslag. Skriv till exempel en punkt i stället.")
        )
    if len(name) < SHORTEST:
        raise ValidationError(_("Skriv minst %(number)s tecken."), params={"number": SHORTEST})
    if len(name) > USERNAME_LENGTH or len(folded(name)) > USERNAME_LENGTH * 2:
        raise ValidationError(_("Skriv högst %(number)s tecken."), params={"number": USERNAME_LENGTH})
    if unsuitable := next((one for one in name if not _is_suitable(one)), ""):
        if not unsuitable.isprintable():
            raise ValidationError(
                _("Användarnamnet innehåller ett tecken som inte syns. Skriv in det för hand.")
            )
        raise ValidationError(
            _(
                "Tecknet %(character)s går inte att ha i ett användarnamn. Använd bokstäver, siffror och . _ - @ + '"
            ),
            params={"character": unsuitable},
        )


def is_taken(username: str, *, besides: Account | None = None) -> bool:
    """Whether somebody has this user name, or one that differs in case or writing alone."""
    others = Account.objects.exclude(pk=besides.pk) if besides else Account.objects.all()
    return others.filter(username_folded=folded(username)).exists()


def suggestions(person: Person) -> Callable[[int], str]:
    """The n-th user name to try for a person: anna.larsson, anna.larsson2, …

    A protected person's says nothing about their name; nor is there one for a name without Latin letters, which many
    could not type.
    """
    stem = "" if person.is_protected else _stem(person)

    def nth(number: int) -> str:
        if not stem:
            return f"person{secrets.randbelow(9_000_000) + 1_000_000}"
        return stem if number == 1 else f"{stem}{number}"

    return nth


def _stem(person: Person) -> str:
    given = _ascii(person.given_name.split(" ")[0])
    family = _ascii(person.family_name.replace(" ", ""))
    return ".".join(part for part in (given, family) if part)[:40].strip(".-") if given or family else ""


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return "".join(one for one in decomposed if one.isascii() and (one.isalnum() or one == "-")).strip("-")


def _is_suitable(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or character in _MARKS
