from django.urls import path

from skolnav.boxes.educare.views import (
    staff,
    staff_asking,
    staff_lists,
    staff_opening,
    staff_rounds,
    staff_times,
)

staff_urls = [
    path("", staff.index, name="index"),
    path("checka/", staff.check, name="check"),
    path("barn/<pid:pupil>/<day:day>/", staff_asking.child, name="child"),
    path("barn/<pid:pupil>/<day:day>/tider/", staff_times.edit, name="times"),
    path("onskemal/", staff_asking.requests, name="requests"),
    path("onskemal/<pid:change>/", staff_asking.decide, name="decide"),
    path("kommentarer/", staff_asking.comments, name="comments"),
    path("bemanning/", staff_lists.staffing, name="staffing"),
    path("kvallslista/", staff_lists.evening, name="evening"),
    path("utrymning/", staff_lists.evacuation, name="evacuation"),
    path("oppet/", staff_opening.index, name="opening"),
    path("oppet/<pid:school>/", staff_opening.change, name="change_opening"),
    path("stangt/ny/", staff_opening.close, name="close"),
    path("stangt/<pid:closing>/oppna/", staff_opening.reopen, name="reopen"),
    path("lov/ny/", staff_rounds.new, name="new_round"),
    path("lov/<pid:holiday>/", staff_rounds.change, name="round"),
    path("lov/<pid:holiday>/ta-bort/", staff_rounds.remove, name="remove_round"),
]
