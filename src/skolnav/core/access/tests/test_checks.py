"""The third net: the server does not start on a view without a rule, nor on a model without a guard."""

import pytest
from django.contrib.auth import views as foreign
from django.db import models
from django.http import HttpResponse
from django.test.utils import isolate_apps
from django.urls import include, path

from skolnav.core.access import checks
from skolnav.core.access.pages import page
from skolnav.core.access.rules import is_logged_in
from skolnav.core.tenancy.managers import Guarded

pytestmark = pytest.mark.requirement("15-security-1")


@page(is_logged_in)
def guarded(request):
    return HttpResponse("x")


def forgotten(request):
    return HttpResponse("x")


urlpatterns = [path("a/", guarded, name="a")]


@pytest.fixture
def urls(settings):
    """The URLs of the installation, for one test."""
    settings.ROOT_URLCONF = __name__

    def set_urls(*patterns):
        urlpatterns[:] = patterns

    return set_urls


def test_the_house_as_it_stands_passes():
    assert checks.every_view_names_its_rule() == []
    assert checks.every_guarded_model_keeps_its_guard() == []


def test_a_view_without_a_rule_is_an_error_our_own_or_a_librarys(urls):
    urls(
        path("a/", guarded),
        path("b/", include(([path("inner/", forgotten)], "inner"))),
        path("c/", foreign.PasswordResetView.as_view()),
    )

    found = checks.every_view_names_its_rule()

    assert [(error.id, error.msg) for error in found] == [
        ("skolnav.E001", "The view at /b/inner/ names no rule."),
        ("skolnav.E001", "The view at /c/ names no rule."),
    ]


def test_a_model_that_opened_its_guard_or_its_back_is_an_error(monkeypatch):
    with isolate_apps("skolnav.core.people"):

        class Opened(Guarded):
            objects = models.Manager()

            class Meta:
                app_label = "people"

        class FromBehind(Guarded):
            person = models.ForeignKey("people.Person", models.CASCADE)

            class Meta:
                app_label = "people"

    monkeypatch.setattr(checks.apps, "get_models", lambda: [Opened, FromBehind])

    assert [error.id for error in checks.every_guarded_model_keeps_its_guard()] == [
        "skolnav.E002",
        "skolnav.E003",
    ]
