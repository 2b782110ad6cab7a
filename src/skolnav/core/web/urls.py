"""Pages of the house itself; config.urls includes them at the root. The error pages stand in `errors`."""

from django.urls import path

from .views import health, public

app_name = "web"
urlpatterns = [
    path("robots.txt", public.robots, name="robots"),
    path(".well-known/security.txt", public.security_contact, name="security-contact"),
    path("tillganglighet/", public.accessibility, name="accessibility"),
    path("sprak/", public.language, name="language"),
    path("halsa/", health.health, name="health"),
]
