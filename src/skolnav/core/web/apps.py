from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "skolnav.core.web"
    label = "web"
