"""The staff's pages: weeks, and a lesson's own page."""

from django.urls import path

from ..views import staff

staff_urls = [path("", staff.index, name="index")]
