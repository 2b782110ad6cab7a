"""What a command needs before it may touch Django: the data folder, its settings file, the settings."""

import os
from pathlib import Path

from .failures import Complaint

SETTINGS_FILE = "skolnav.env"


def data_folder() -> Path:
    """The folder of database and files: SKOLNAV_DATA, else ./data."""
    return Path(os.environ.get("SKOLNAV_DATA") or "data").expanduser().absolute()


def make_data_folder() -> Path:
    """Makes the data folder, readable by its owner alone, and gives it."""
    folder = data_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "files").mkdir(mode=0o700, exist_ok=True)
    except OSError as failure:
        raise Complaint(
            f"The data folder {folder} cannot be made: {failure.strerror}.",
            "Set SKOLNAV_DATA to a folder that this user may write in.",
        ) from failure
    return folder


def load_settings_file() -> None:
    """Adds the data folder's own settings (`skolnav setup` and `skolnav demo` write them); the environment wins."""
    os.environ["SKOLNAV_DATA"] = str(data_folder())
    file = data_folder() / SETTINGS_FILE
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not line.startswith("#") and not os.environ.get(name.strip()):
            os.environ[name.strip()] = value.strip()


def write_settings_file(**values: str) -> Path:
    """Keeps settings in the data folder, as NAME=value lines that systemd's EnvironmentFile reads too."""
    file = make_data_folder() / SETTINGS_FILE
    lines = ["# Settings of this installation; the environment wins over them. docs/operating/ lists all."]
    lines += [f"{name}={value}" for name, value in values.items() if value]
    file.touch(mode=0o600, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def start_django(*, english: bool = False) -> None:
    """Reads the settings and loads the apps; raises ImproperlyConfigured with the fix in its text.

    `english` is for commands that print what the product says; the others write what families will read.
    """
    load_settings_file()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skolnav.config.settings")
    import django

    django.setup()
    if english:
        from django.utils import translation

        translation.activate("en")
