"""Addresses of pages and static files. A start page asks for a hundred, and Django's `reverse` takes 15 µs for each,
so the shape of every address is remembered and the ids are set in (1 µs)."""

import re
from functools import lru_cache

from django.templatetags.static import static as static_address
from django.urls import NoReverseMatch, reverse

from skolnav.core.tenancy.days import DayConverter
from skolnav.core.tenancy.ids import PublicIdConverter

_PUBLIC_ID = re.compile(PublicIdConverter.regex)
_DAY = re.compile(DayConverter.regex)
_NUMBER = re.compile("[0-9]+")
_WORD = re.compile("[A-Za-z0-9_-]+")
# Values that stand in for the ids while the shape is learnt: no address has them by chance.
_STAND_INS = ("7777777777777771", "7777777777777772", "7777777777777773", "7777777777777774")
_STAND_IN_DAY = "7777-07-07"  # of the one parameter that may be called "day"

Shape = tuple[str, tuple[re.Pattern[str], ...]]


def _stand_ins(keys: tuple[str, ...]) -> list[str]:
    return [
        _STAND_IN_DAY if key == "day" else stand_in for key, stand_in in zip(keys, _STAND_INS, strict=False)
    ]


def _kind(name: str, keys: tuple[str, ...], position: int) -> re.Pattern[str]:
    """What an address takes in this place, found by trying it."""
    if keys[position] == "day":
        return _DAY
    for kind, trial in ((_WORD, "a"), (_NUMBER, "1")):
        values: dict[str, str] = dict(zip(keys, _stand_ins(keys), strict=True))
        values[keys[position]] = trial
        try:
            reverse(name, kwargs=values)
        except NoReverseMatch:
            continue
        return kind
    return _PUBLIC_ID


@lru_cache(maxsize=1024)
def _shape(name: str, keys: tuple[str, ...]) -> Shape | None:
    """The address with a `{}` for each id, or None where it must be asked for every time."""
    if len(keys) > len(_STAND_INS):
        return None
    try:
        address = reverse(name, kwargs=dict(zip(keys, _stand_ins(keys), strict=True)) or None)
    except NoReverseMatch:
        return None
    if "{" in address or any(address.count(stand_in) != 1 for stand_in in _stand_ins(keys)):
        return None
    for number, stand_in in enumerate(_stand_ins(keys)):
        address = address.replace(stand_in, f"{{{number}}}")
    return address, tuple(_kind(name, keys, position) for position in range(len(keys)))


def url(name: str, **values: object) -> str:
    """The address of a page: `url("absence:index", pupil=child.public_id)`; a value of None is left out (the same
    box over all children). Raises NoReverseMatch."""
    if None in values.values():
        values = {key: value for key, value in values.items() if value is not None}
    shape = _shape(name, tuple(values))
    if shape is not None:
        if not values:
            return shape[0]
        texts = [str(value) for value in values.values()]
        if all(kind.fullmatch(text) for kind, text in zip(shape[1], texts, strict=True)):
            return shape[0].format(*texts)
    return reverse(name, kwargs=values or None)


def url_if_there(name: str, **values: object) -> str:
    """The same, or an empty text where the page is not built or installed: no dead links."""
    if not values:
        return _plain(name)
    try:
        return url(name, **values)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=256)
def _plain(name: str) -> str:
    """A missing page is remembered too: to find that out takes Django longer than anything else here."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=512)
def static(path: str) -> str:
    """The hashed address of a static file."""
    return static_address(path)


def forget_addresses() -> None:
    """For tests that change the URLs or the storage."""
    _shape.cache_clear()
    _plain.cache_clear()
    static.cache_clear()
