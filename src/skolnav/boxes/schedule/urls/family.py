"""The families' pages."""

from django.urls import path

from ..views import family

family_urls = [
    path("", family.index, name="index"),
    path("<day:day>/", family.day, name="day"),
]
