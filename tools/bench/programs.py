"""The programs of Debian that the bench drives; root installs what is missing, others are told how."""

import os
import shutil
import subprocess
import sys

# Program -> Debian's package. nginx lies in /usr/sbin, which is not in everybody's PATH.
NEEDED = {"wrk": "wrk", "nginx": "nginx"}
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"


def program(name: str) -> str:
    """Where a program is; raises LookupError."""
    found = shutil.which(name, path=PATH)
    if found is None:
        raise LookupError(f"{name} is missing.")
    return found


def install_missing() -> None:
    """Installs what the bench drives; ends the program with the line that does it where it may not."""
    missing = [package for name, package in NEEDED.items() if shutil.which(name, path=PATH) is None]
    if not missing:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        sys.exit(f"The bench needs {' and '.join(missing)}. Install it with: {' '.join(install)}")
    subprocess.run(["apt-get", "update"], check=True, stdout=subprocess.DEVNULL)  # noqa: S607
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603
