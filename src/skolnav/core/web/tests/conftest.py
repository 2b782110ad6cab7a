"""The small house of `urls.py`, and a request with a viewer, without a database."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from skolnav.core.access.viewer import GroupRef, PupilInCare, SchoolRef, Viewer
from skolnav.core.web.addresses import forget_addresses

from . import urls

EKDAL, LILLA = SchoolRef(1, "E" * 16, "Ekdalsskolan"), SchoolRef(2, "L" * 16, "Lillåskolan")


@pytest.fixture
def small_house(settings: Any) -> Iterator[None]:
    settings.ROOT_URLCONF = "skolnav.core.web.tests.urls"
    forget_addresses()
    urls.DID.clear()
    yield
    forget_addresses()


@pytest.fixture
def swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


def pupil(number: int, name: str, school: SchoolRef, class_name: str) -> PupilInCare:
    group = GroupRef(number, str(number) * 16, class_name, "class", school.id)
    return PupilInCare(number, str(number) * 16, name, "Larsson", False, number, (school,), (group,), {})


KIM, ALVA = pupil(1, "Kim", EKDAL, "5B"), pupil(2, "Alva", LILLA, "2A")


def viewer(*children: PupilInCare, **facts: Any) -> Viewer:
    return Viewer(
        1,
        1,
        date(2026, 11, 23),
        "Anna",
        "Larsson",
        username="anna",
        unread_bell=3,
        children=children,
        **facts,
    )


@pytest.fixture
def asked(small_house: None, swedish: None) -> Callable[..., HttpRequest]:
    """`asked("/barn/…/", viewer)`: a request as it reaches a view."""

    def ask(path: str, who: Viewer | None = None, **cookies: str) -> HttpRequest:
        request: Any = RequestFactory().get(path)
        request.COOKIES.update(cookies)
        request.viewer = who
        request.resolver_match = resolve(path)
        return request

    return ask
