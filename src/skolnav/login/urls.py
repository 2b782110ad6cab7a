"""Logging in and out, and what to do when that does not work."""

from django.urls import path

from .views import entering, first, forgotten, links

app_name = "login"
urlpatterns = [
    path("", entering.password, name="password"),
    path("ut/", entering.logout, name="logout"),
    path("forsta-gangen/", first.first, name="first"),
    path("glomt-losenord/", forgotten.forgotten, name="forgotten"),
    path("glomt-losenord/skickat/", forgotten.sent, name="sent"),
    path("glomt-anvandarnamn/", forgotten.username, name="forgotten_username"),
    path("nytt-losenord/", links.new_password, name="new_password"),
    path("nytt-losenord/<slug:token>/", links.open_link, name="open_link"),
    path("bekrafta/", links.verification, name="verification"),
    path("bekrafta/<slug:token>/", links.open_verification, name="verify"),
]
