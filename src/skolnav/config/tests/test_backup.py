"""docs/operating/backup.md, done: a living house on SQLite is copied, restored elsewhere, and opens there."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

# What is asked of the house at its new place: the start page of a guardian, and a picture of the news that it shows.
VISIT = """
import json
from skolnav.config.cli.surroundings import start_django
start_django()
from django.test import Client
from skolnav.core.accounts.models import Account
from skolnav.core.files.models import StoredFile
from skolnav.core.people.models import Person
from skolnav.core.tenancy.scope import over_all_organisers

anna = Client()
anna.force_login(Account.objects.get(username="anna"))
start = anna.get("/")
with over_all_organisers():
    picture = StoredFile.everything.filter(content_type__startswith="image/", owner_type="information.newsitem").first()
    number = Person.everything.get(given_name="Kim", family_name="Larsson").identity_number
shown = anna.get(picture.address) if picture else None
print(json.dumps({
    "status": start.status_code,
    "children": [name for name in ("Kim", "Alva") if name in start.content.decode()],
    "picture": sum(map(len, shown.streaming_content)) if shown and shown.status_code == 200 else 0,
    "stored": picture.size if picture else -1,
    "number": len(number),
}))
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A demo in a data folder of its own, with a secret key of its own."""
    folder = tmp_path / "living"
    folder.mkdir(mode=0o700)
    (folder / "secret.key").write_text("k" * 64 + "\n", encoding="ascii")
    run(folder, "-c", "from skolnav.config.cli import main; main()", "demo")
    return folder


def run(folder: Path, *arguments: str) -> str:
    """A process that knows nothing but the data folder; its output."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SKOLNAV_", "DJANGO_", "DATABASE_"))
    }
    ended = subprocess.run(
        [sys.executable, *arguments],
        env={**kept, "SKOLNAV_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def back_up(folder: Path, to: Path) -> None:
    """The database first, while it is open; then files and settings."""
    source, copy = sqlite3.connect(folder / "skolnav.sqlite3"), sqlite3.connect(to / "day.sqlite3")
    source.backup(copy)
    source.close()
    copy.close()
    with tarfile.open(to / "day.tar.gz", "w:gz") as archive:
        for name in ("files", "skolnav.env"):
            archive.add(folder / name, arcname=name)


def restore(backup: Path, key: Path, folder: Path) -> None:
    """Into an empty folder, with the key from its own place."""
    folder.mkdir(mode=0o700)
    # Debian 12's Python (3.11.2) does not know tarfile's filters yet; the archive is our own.
    shutil.unpack_archive(backup / "day.tar.gz", folder)
    shutil.copy(backup / "day.sqlite3", folder / "skolnav.sqlite3")
    shutil.copy(key, folder / "secret.key")
    run(folder, "-c", "from skolnav.config.cli import main; main()", "migrate")


@pytest.mark.requirement("15-security-3")
def test_a_backup_of_a_living_house_opens_elsewhere(house: Path, tmp_path: Path) -> None:
    backup, restored = tmp_path / "backup", tmp_path / "restored"
    backup.mkdir()
    back_up(house, backup)
    key = shutil.copy(house / "secret.key", tmp_path / "safe.key")
    shutil.rmtree(house)

    restore(backup, Path(key), restored)

    found = json.loads(run(restored, "-c", VISIT))
    assert found["status"] == 200
    assert found["children"] == ["Kim", "Alva"]
    assert found["picture"] == found["stored"] > 0
    assert found["number"] == 12
