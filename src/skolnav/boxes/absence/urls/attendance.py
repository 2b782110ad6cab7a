"""Attendance, the desk, the class list and missing registers."""

from django.urls import path

from skolnav.boxes.absence.views import attendance, classlist, desk, missing, phone, portraits

staff_urls = [
    path("", desk.index, name="index"),
    path("lektioner/", desk.lessons, name="lessons"),
    path("saknas/", missing.missing, name="missing"),
    path("anmal/", phone.phone, name="phone"),
    path("anmal/<pid:pupil>/", phone.phone_report, name="phone_report"),
    path("klass/<pid:group>/", classlist.class_page, name="class"),
    path("klass/<pid:group>/bild/<pid:pupil>/", portraits.portrait, name="portrait"),
    path("klass/<pid:group>/bild/<pid:pupil>/ta-bort/", portraits.remove, name="portrait_remove"),
    path("lektion/<pid:lesson>/<day:day>/", attendance.lesson, name="lesson"),
    path("lektion/<pid:lesson>/<day:day>/historik/", attendance.lesson_history, name="lesson_history"),
    path("dag/<pid:group>/<day:day>/", attendance.class_day, name="class_day"),
    path("dag/<pid:group>/<day:day>/historik/", attendance.class_day_history, name="class_day_history"),
]
