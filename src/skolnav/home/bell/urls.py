"""`/notiser/`: the bell."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.bell, name="bell"),
    path("antal/", views.count, name="bell_count"),
    path("lasta/", views.all_read, name="bell_all_read"),
    path("<pid:notice>/", views.follow, name="notice"),
]
