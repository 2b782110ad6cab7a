from django.urls import path

from skolnav.boxes.absence.views import leave, leave_staff, settings

family_urls = [
    path("ledighet/", leave.index, name="leave"),
    path("ledighet/ansok/", leave.apply, name="leave_apply"),
    path("ledighet/<pid:leave>/", leave.show, name="leave_show"),
    path("ledighet/<pid:leave>/beslut/", leave.decision, name="leave_decision"),
    path("ledighet/<pid:leave>/svara/", leave.answer, name="leave_answer"),
    path("ledighet/<pid:leave>/ta-tillbaka/", leave.withdraw, name="leave_withdraw"),
    path("ledighet/<pid:leave>/inte-ledig/", leave.give_up, name="leave_give_up"),
]
staff_urls = [
    path("ledighet/", leave_staff.index, name="leave"),
    path("ledighet/<pid:leave>/", leave_staff.show, name="leave_show"),
    path("ledighet/<pid:leave>/beslut/", leave_staff.decision, name="leave_decision"),
    path("installningar/<pid:school>/", settings.settings, name="settings"),
]
