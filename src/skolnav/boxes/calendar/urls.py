from django.urls import path

from .views import family, staff

family_urls = [
    path("", family.index, name="index"),
    path("<pid:entry>/", family.entry, name="entry"),
]
staff_urls = [
    path("", staff.index, name="index"),
    path("ny/", staff.new, name="new"),
    path("<pid:entry>/", staff.change, name="change"),
    path("<pid:entry>/stall-in/", staff.cancel, name="cancel"),
    path("<pid:entry>/ta-bort/", staff.remove, name="remove"),
    path("<pid:entry>/angra/", staff.restore, name="restore"),
]
