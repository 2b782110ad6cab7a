from django.urls import path

from skolnav.boxes.educare.views import staff

staff_urls = [path("", staff.index, name="index")]
