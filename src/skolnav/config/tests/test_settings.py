"""Settings fail loudly: production never starts with a guard off, and a bad value names its variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PRODUCTION = {
    "SKOLNAV_ENVIRONMENT": "production",
    "SKOLNAV_SECRET_KEY": "k" * 50,
    "SKOLNAV_URL": "https://skolnav.example",
}


def read_settings(folder: Path, **changes: str) -> str:
    """Reads the settings in a process of its own; gives the complaint, or nothing when they are accepted."""
    environment = {"PATH": os.environ["PATH"], "SKOLNAV_DATA": str(folder), **PRODUCTION, **changes}
    code = "import skolnav.config.settings"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""


@pytest.mark.requirement("15-security-2")
def test_production_starts_when_every_guard_is_on(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == ""


@pytest.mark.requirement("15-security-2")
@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SKOLNAV_URL": "http://skolnav.example"}, "SKOLNAV_URL"),
        ({"SKOLNAV_SECURE_COOKIES": "0"}, "SKOLNAV_SECURE_COOKIES"),
        ({"SKOLNAV_DEBUG": "1"}, "SKOLNAV_DEBUG"),
        ({"SKOLNAV_SECRET_KEY": ""}, "secret key"),
        ({"SKOLNAV_SECRET_KEY": "short"}, "secret key"),
    ],
)
def test_production_refuses_to_start_with_a_guard_off(
    tmp_path: Path, changes: dict[str, str], named: str
) -> None:
    complaint = read_settings(tmp_path, **changes)

    assert "ImproperlyConfigured" in complaint
    assert named in complaint


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SKOLNAV_ENVIRONMENT": "prod"}, "SKOLNAV_ENVIRONMENT"),
        ({"SKOLNAV_SMTP_PORT": "twenty-five"}, "SKOLNAV_SMTP_PORT"),
        ({"SKOLNAV_SMTP_TLS": "perhaps"}, "SKOLNAV_SMTP_TLS"),
        ({"SKOLNAV_PROXIES": "9"}, "SKOLNAV_PROXIES"),
        ({"DATABASE_URL": "mysql://localhost/skolnav"}, "DATABASE_URL"),
    ],
)
def test_a_bad_value_names_its_variable(tmp_path: Path, changes: dict[str, str], named: str) -> None:
    assert named in read_settings(tmp_path, **changes)


def test_the_secret_that_setup_wrote_is_found(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("s" * 50)

    assert read_settings(tmp_path, SKOLNAV_SECRET_KEY="") == ""
