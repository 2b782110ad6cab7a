"""E-mail, telephone and address: of several, the one that a school would use."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from skolnav.exchange.ss12000.entities import Address, Contact
from skolnav.exchange.ss12000.problems import Reason
from skolnav.exchange.ss12000.raw import Row

# Where somebody has several: what reaches them at home comes before what reaches them at work.
EMAIL_ORDER = ("privat", "skola elev", "skola personal", "arbete övrigt")
ADDRESS_ORDER = ("folkbokföring",)
LONGEST_EMAIL = 254


def parse_contact(row: Row) -> Contact:
    phones = list(row.objects("phoneNumbers"))
    return Contact(
        email=_email(row),
        mobile=_phone(row, [phone for phone in phones if phone.boolean("mobile")]),
        phone=_phone(row, [phone for phone in phones if not phone.raw.get("mobile")]),
        address=_address(row),
    )


def email_of(row: Row, key: str) -> str | None:
    """A valid address, or None; an invalid one is reported."""
    text = row.text(key, longest=LONGEST_EMAIL)
    if not text:
        return text
    try:
        validate_email(text)
    except ValidationError:
        row.report(Reason.INVALID_EMAIL, key)
        return None
    return text


def address_of(row: Row) -> Address:
    return Address(
        street_address=row.text("streetAddress", longest=120) or "",
        postal_code=row.text("postalCode", longest=10) or "",
        locality=row.text("locality", longest=60) or "",
    )


def _email(row: Row) -> str | None:
    if _says_none(row, "emails"):
        return ""
    found = [(email_of(inner, "value"), inner) for inner in row.objects("emails")]
    usable = [(text, inner) for text, inner in found if text]
    return min(usable, key=lambda pair: _rank(pair[1], EMAIL_ORDER))[0] if usable else None


def _phone(row: Row, candidates: Sequence[Row]) -> str | None:
    if _says_none(row, "phoneNumbers"):
        return ""
    for candidate in candidates:
        # The standard's own text says `number` in one place and `value` in another.
        number = candidate.text("value", longest=30) or candidate.text("number", longest=30)
        if number:
            return number
    return None


def _address(row: Row) -> Address | None:
    if _says_none(row, "addresses"):
        return Address("", "", "")
    candidates = sorted(row.objects("addresses"), key=lambda inner: _rank(inner, ADDRESS_ORDER))
    return address_of(candidates[0]) if candidates else None


def _says_none(row: Row, key: str) -> bool:
    """An empty list says that there is none; an absent one says nothing."""
    return row.raw.get(key) == []


def _rank(row: Row, order: Sequence[str]) -> int:
    type = str(row.raw.get("type", "")).casefold()
    return order.index(type) if type in order else len(order)
