"""The office's week grid."""

from django.urls import path

from ..views import office, office_activities

staff_urls = [
    path("kontor/", office.index, name="office"),
    path("kontor/<pid:group>/", office.week, name="office_week"),
    path("kontor/<pid:group>/ny/", office.new, name="office_new"),
    path("kontor/<pid:group>/lektion/<pid:lesson>/", office.change, name="office_lesson"),
    path("kontor/<pid:group>/lektion/<pid:lesson>/ta-bort/", office.remove, name="office_remove"),
    path("kontor/<pid:group>/lektion/<pid:lesson>/angra/", office.restore, name="office_restore"),
    path("kontor/<pid:group>/aktivitet/<pid:activity>/", office_activities.change, name="office_activity"),
]
