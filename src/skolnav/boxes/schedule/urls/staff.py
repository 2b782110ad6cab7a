"""The staff's pages: weeks, and a lesson's own page."""

from django.urls import path

from ..views import lesson, moving, staff

LESSON = "lektion/<pid:lesson>/<day:day>/"

staff_urls = [
    path("", staff.index, name="index"),
    path("klass/<pid:group>/", staff.group, name="group"),
    path("sal/<pid:room>/", staff.room, name="room"),
    path("kollega/<pid:person>/", staff.colleague, name="colleague"),
    path(LESSON, lesson.lesson, name="lesson"),
    path(f"{LESSON}markera/", lesson.add_mark, name="add_mark"),
    path(f"{LESSON}markera/<pid:mark>/ta-bort/", lesson.remove_mark, name="remove_mark"),
    path(f"{LESSON}anteckning/", lesson.note, name="note"),
    path(f"{LESSON}stall-in/", lesson.cancel, name="cancel"),
    path(f"{LESSON}blir-av/", lesson.reinstate, name="reinstate"),
    path(f"{LESSON}flytta/", moving.move, name="move"),
    path(f"{LESSON}som-vanligt/", lesson.put_back, name="put_back"),
    path(f"{LESSON}vikarie/", moving.substitute, name="substitute"),
    path(f"{LESSON}vikarie/<pid:person>/ta-bort/", moving.no_substitute, name="no_substitute"),
]
