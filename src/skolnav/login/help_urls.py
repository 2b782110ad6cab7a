"""The help page; config.urls mounts it at /hjalp/."""

from django.urls import path

from .views import help

app_name = "help"
urlpatterns = [path("", help.index, name="index")]
