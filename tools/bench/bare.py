"""The floor of the framework: a Django with one view and nothing else, which answers the start page's bytes."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="bench")  # noqa: S106

_PAGE = Path(os.environ["BENCH_PAGE"]).read_bytes()


def page(request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody."""
    return HttpResponse(_PAGE)


urlpatterns = [path("", page)]
application = get_wsgi_application()
