"""The timetable's pages."""

from django.urls import path

from .views import family, staff

family_urls = [path("", family.index, name="index")]
staff_urls = [path("", staff.index, name="index")]
