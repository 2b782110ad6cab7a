"""What every test run needs before Django reads its settings; pyproject.toml names it with `-p`.

A conftest would come too late: pytest-django reads the settings before any conftest is imported.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

CHROMIUM = Path(os.environ.get("SKOLNAV_CHROMIUM", "/usr/bin/chromium"))
NO_CHROMIUM = f"Chromium is missing at {CHROMIUM}. Install it with: apt-get install chromium"


def _prepare_environment() -> None:
    """Settings of the tests, in a data folder of their own; DATABASE_URL alone is left as it is (two databases)."""
    for name in [name for name in os.environ if name.startswith("SKOLNAV_") and name != "SKOLNAV_CHROMIUM"]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="skolnav-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, "static").mkdir()
    os.environ.update(
        SKOLNAV_ENVIRONMENT="test",
        SKOLNAV_DATA=folder,
        # Playwright keeps an event loop in the thread of a browser test; Django would refuse its queries there.
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )


_prepare_environment()


def pytest_configure(config: pytest.Config) -> None:
    """English is compiled once for all processes; the compiled catalogues are not committed."""
    from skolnav.config.messages import compile_catalogues

    if not hasattr(config, "workerinput"):
        compile_catalogues()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the browser tests are skipped, with the line that installs it."""
    if CHROMIUM.exists():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
