from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "skolnav.core.access"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers itself)
