"""Looks through every file that git keeps for what belongs to one machine: package hosts and absolute places."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent

# Written with character classes so that this file does not name what it looks for.
PACKAGE_HOST = re.compile(
    r"[-]-(extra-)?index[-]url|[-]-find[-]links|files[.]python[h]osted|[/.]pypi[.]org|registry[.]npm[j]s|proxy[.]golang[.]org",
    re.IGNORECASE,
)
HOME_FOLDER = re.compile(r"(?<![\w.])/(root|Users/\w+|home/\w+)/")


def machine_places() -> re.Pattern[str]:
    """Home folders, and the folder that this clone lies in (a temporary one is anybody's)."""
    parent = TOP.parent
    if parent == Path("/") or parent.is_relative_to(tempfile.gettempdir()) or len(parent.parts) < 2:
        return HOME_FOLDER
    return re.compile(f"{HOME_FOLDER.pattern}|(?<![\\w.]){re.escape(str(parent))}/")


def committed_files() -> list[Path]:
    """Every file that git knows, also one that is added and not committed yet."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, capture_output=True, check=True)  # noqa: S607
    return [TOP / name for name in listed.stdout.decode().split("\0") if name]


def complaints() -> Iterator[str]:
    """One line for each finding; files that are no text are passed over."""
    places = machine_places()
    for file in committed_files():
        try:
            text = file.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            where = f"{file.relative_to(TOP)}:{number}"
            if PACKAGE_HOST.search(line):
                yield f"{where}: names where packages come from: {line.strip()[:100]}"
            if places.search(line):
                yield f"{where}: names a place on one machine: {line.strip()[:100]}"


def main() -> int:
    """Prints the findings; the exit code says whether there are any."""
    found = list(complaints())
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
