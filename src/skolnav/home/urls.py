"""The family's start page and what hangs on it."""

app_name = "home"
urlpatterns: list[object] = []
