"""The staff's start page."""

from django.urls import path

from . import views

app_name = "workplace"
urlpatterns = [
    path("", views.start, name="start"),
    path("publicera/", views.publish, name="publish"),
    path("sok/", views.search, name="search"),
]
