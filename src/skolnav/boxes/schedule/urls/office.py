"""The office's week grid."""

from django.urls import URLPattern

staff_urls: list[URLPattern] = []
