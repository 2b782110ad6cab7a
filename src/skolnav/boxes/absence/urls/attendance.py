from django.urls import path

from skolnav.boxes.absence.views import desk

staff_urls = [path("", desk.index, name="index")]
