"""Min sida: what somebody decides about their own account."""

from django.urls import URLPattern

app_name = "account"
urlpatterns: list[URLPattern] = []
