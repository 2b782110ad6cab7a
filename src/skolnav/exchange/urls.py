"""Bringing data in through pages: /personal/schema/fil/."""

from django.urls import path

from .views import timetable

app_name = "exchange"

urlpatterns = [
    path("<pid:school>/", timetable.upload, name="timetable"),
    path("<pid:school>/mall.csv", timetable.template, name="timetable_template"),
    path("plan/<pid:file>/", timetable.plan, name="timetable_plan"),
]
