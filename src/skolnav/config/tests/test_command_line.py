"""The operator's command: help that reads, failures that name the fix, a data folder that remembers."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from skolnav.config.cli import app
from skolnav.config.cli.failures import Complaint, tell_failures
from skolnav.config.cli.server import refuse_strangers, refuse_taken_port
from skolnav.config.cli.setting_up import serving
from skolnav.config.cli.surroundings import load_settings_file, make_data_folder, write_settings_file

COMMANDS = ("setup", "demo", "migrate", "serve", "worker", "import", "accounts", "doctor", "rebuild-feed")


def skolnav(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as an operator would, in a process of its own."""
    environment = {"PATH": os.environ["PATH"], "SKOLNAV_DATA": str(folder), **variables}
    code = "from skolnav.config.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_help_names_every_command() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output

    assert [name for name in COMMANDS if name not in shown] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])

    assert result.exit_code == 0
    assert "Usage" in result.output


def test_a_failure_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    done = skolnav(tmp_path, "doctor", SKOLNAV_ENVIRONMENT="production")

    assert done.returncode == 1
    assert "skolnav setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_traceback_is_there_for_who_asks(tmp_path: Path) -> None:
    done = skolnav(tmp_path, "doctor", SKOLNAV_ENVIRONMENT="production", SKOLNAV_TRACEBACK="1")

    assert "Traceback" in done.stderr


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = skolnav(tmp_path / "file" / "data", "migrate", SKOLNAV_ENVIRONMENT="demo")

    assert done.returncode == 1
    assert "SKOLNAV_DATA" in done.stderr


@pytest.mark.parametrize(
    "said",
    ["no such table: people_person", "table accounts_account has no column named failed_at"],
    ids=["no table", "no column"],
)
def test_a_database_that_is_not_prepared_names_the_command(
    said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.db.utils import OperationalError

    with pytest.raises(SystemExit), tell_failures():
        raise OperationalError(said)

    assert "skolnav migrate" in capsys.readouterr().err


def test_the_data_folder_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKOLNAV_DATA", str(tmp_path / "data"))

    folder = make_data_folder()

    assert folder.stat().st_mode & 0o077 == 0


def test_the_settings_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKOLNAV_DATA", str(tmp_path))
    monkeypatch.setenv("SKOLNAV_URL", "https://set.example")
    monkeypatch.delenv("SKOLNAV_MAIL_FROM", raising=False)
    file = write_settings_file(SKOLNAV_URL="https://written.example", SKOLNAV_MAIL_FROM="a=b@skola.example")

    load_settings_file()
    kept = {name: os.environ.pop(name) for name in ("SKOLNAV_MAIL_FROM",)}

    assert os.environ["SKOLNAV_URL"] == "https://set.example"
    assert kept == {"SKOLNAV_MAIL_FROM": "a=b@skola.example"}
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.requirement("15-security-2")
def test_what_has_no_tls_answers_on_this_machine_alone() -> None:
    with pytest.raises(Complaint, match="on this machine alone"):
        refuse_strangers("0.0.0.0")  # noqa: S104 (that is what is refused)

    refuse_strangers("127.0.0.1")


def test_a_port_in_use_is_told_before_the_server_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()

        with pytest.raises(Complaint, match="cannot be used"):
            refuse_taken_port("127.0.0.1", other.getsockname()[1])


def test_setup_names_the_command_that_answers_on_the_address_it_printed() -> None:
    assert serving("http://127.0.0.1:8402") == "skolnav serve --with-worker --port 8402"
    assert serving("https://skola.example") == "skolnav serve --with-worker"
