from django.urls import URLPattern, path

from skolnav.boxes.absence.views import reporting

family_urls = [path("", reporting.index, name="index")]
staff_urls: list[URLPattern] = []
