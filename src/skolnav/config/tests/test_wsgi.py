"""What any server loads."""

import importlib
from typing import Any

import pytest
from django.core.management.base import SystemCheckError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from skolnav.config import wsgi


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("x")


urlpatterns = [path("dorr/", forgotten)]


@pytest.mark.requirement("15-security-1")
def test_no_server_starts_on_a_view_without_a_rule(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__

    with pytest.raises(SystemCheckError, match="The view at /dorr/ names no rule"):
        importlib.reload(wsgi)
