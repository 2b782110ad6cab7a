from django.urls import path

from skolnav.boxes.educare.views import family

family_urls = [path("", family.index, name="index")]
