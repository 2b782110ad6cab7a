"""The families' pages: all absence, and reporting it."""

from django.urls import URLPattern, path

from skolnav.boxes.absence.views import reporting, reporting_overview, reporting_well

family_urls = [
    path("", reporting_overview.index, name="index"),
    path("anmal/", reporting.report, name="report"),
    path("anmald/<pid:report>/", reporting.receipt, name="receipt"),
    path("andra/<pid:report>/", reporting.change, name="change"),
    path("angra/<pid:report>/", reporting.undo, name="undo"),
    path("frisk/", reporting_well.well_now, name="well_now"),
    path("frisk/<pid:report>/", reporting_well.well, name="well"),
]
staff_urls: list[URLPattern] = []
