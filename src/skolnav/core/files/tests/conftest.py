"""A storage of its own for every test, and rows for files to hang on."""

import pytest

from skolnav.core.files import access
from skolnav.core.people.models import Group


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where the bytes of this test lie."""
    storage = settings.STORAGES["default"]
    options = {**storage["OPTIONS"], "location": tmp_path}
    settings.STORAGES = {**settings.STORAGES, "default": {**storage, "OPTIONS": options}}
    return tmp_path


@pytest.fixture
def owner(cast, monkeypatch):
    """Class 5B as a row that files hang on: it may be read by the families that the group reaches."""

    def readable(viewer):
        keys = {*viewer.guardian_keys, *viewer.pupil_keys}
        return Group.everything.filter(pk__in=[int(key[2:]) for key in keys if key.startswith("g:")])

    monkeypatch.setattr(access, "_readable_rows", {"people.group": readable})
    return cast.class_5b


@pytest.fixture
def stored_paths(folder):
    """What lies in the storage now."""
    return lambda: {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
