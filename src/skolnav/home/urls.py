"""The family's start page and what hangs on it."""

from django.urls import include, path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("barn/<pid:pupil>/", views.start, name="child"),
    path("sok/", views.search, name="search"),
    path("mer/", views.more, name="more"),
    path("notiser/", include("skolnav.home.bell.urls")),
]
