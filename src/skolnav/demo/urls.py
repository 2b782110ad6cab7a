"""The demo's own pages. They exist nowhere else."""

from django.conf import settings
from django.urls import path

from . import views

app_name = "demo"
PAGES = [
    path("brev/", views.mailbox, name="mailbox"),
    path("brev/<slug:file>/", views.letter, name="letter"),
]
urlpatterns = PAGES if settings.ENVIRONMENT == "demo" else []
