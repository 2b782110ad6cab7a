from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "skolnav.core.files"
