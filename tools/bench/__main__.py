"""make bench: how quick the pages of a municipality are, beside the floors below them.

    make bench                                          builds what is missing, measures, writes build/bench.json
    tools/with_postgres.sh --keep bench .venv/bin/python -m tools.bench --seconds 2 --rounds 1     a quick look

The municipality (100,000 pupils) and a small one (1,000) lie in a PostgreSQL that is kept from run to run.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import serving
from .goals import ratios, verdicts
from .processors import parent_of
from .programs import install_missing
from .runs import Bench, Town, environment_of
from .table import show
from .weight import weigh

BUILD = Path(__file__).resolve().parent.parent.parent / "build"
# Towns: database, schools. 34 pupils a class, ten classes a school.
SCHOOLS = {"skolnav": 300, "skolnav_small": 3}


def town(database: str) -> Town:
    """A municipality made ready, in a process of its own: Django knows one database a process."""
    folder = BUILD / "bench" / database
    folder.mkdir(parents=True, exist_ok=True)
    address = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{database}"
    environment = environment_of(folder, address)
    command = [sys.executable, "-m", "tools.bench.homes", "--folder", str(folder)]
    subprocess.run([*command, "--schools", str(SCHOOLS[database])], env=environment, check=True)  # noqa: S603
    return Town(folder, environment, json.loads((folder / "pages.json").read_text()))


def make_database(name: str) -> None:
    """Makes the database unless it is there."""
    asked = [_postgres("psql"), "--tuples-only", "--command", "SELECT datname FROM pg_database"]
    if name not in subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split():  # noqa: S603
        subprocess.run([_postgres("createdb"), name], check=True)  # noqa: S603


def postmaster() -> int:
    """PostgreSQL's first process, as the parent of one that answers us."""
    command = [_postgres("psql"), "--tuples-only", "--no-align", "--quiet"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as session:  # noqa: S603
        assert session.stdin is not None
        assert session.stdout is not None
        session.stdin.write("SELECT pg_backend_pid();\n")
        session.stdin.flush()
        return parent_of(int(session.stdout.readline()))


def _postgres(program: str) -> str:
    return str(Path(os.environ["SKOLNAV_POSTGRES_BIN"]) / program)


def measure(bench: Bench, large: Town, small: Town, port: int) -> dict[str, Any]:
    """Everything that build/bench.json holds."""
    results: dict[str, Any] = {}
    with serving.skolnav(large.folder, port, large.environment) as server:
        results |= bench.pages(server, large)
        session = (large.folder / "sessions.txt").read_text().split()[0]
        results["weight"] = weigh(server.address, session)
        results |= bench.writes(server, large)
        results |= bench.logins(server, large)
    scenarios = [*large.notes["pages"], *large.notes["writes"], "monday", "login"]
    results["floors"] = bench.floors(large, port + 2)
    results["scale"] = bench.scale(large, small, port + 4)
    load = [round(one, 1) for one in os.getloadavg()]
    results["machine"] = {"load": load, "cpus": os.cpu_count(), "scenarios": scenarios}
    results["ratios"] = ratios(results)
    results["goals"] = [{**asdict(one), "is_met": one.is_met} for one in verdicts(results)]
    return results


def main() -> None:
    """Prepares, measures, writes, prints."""
    parser = argparse.ArgumentParser(prog="tools.bench", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=4, help="how long each run takes")
    parser.add_argument(
        "--rounds", type=int, default=2, help="how often each is repeated; the quietest counts"
    )
    parser.add_argument("--port", type=int, default=8460, help="the first of six ports of loopback")
    options = parser.parse_args()
    if "SKOLNAV_POSTGRES_BIN" not in os.environ:
        sys.exit("The bench wants a PostgreSQL of its own. Run it with: make bench")
    install_missing()
    for database in SCHOOLS:
        make_database(database)
    large, small = (town(database) for database in SCHOOLS)
    bench = Bench(postmaster(), options.seconds, options.rounds, say=lambda name: print(f"Measuring: {name}"))
    results = measure(bench, large, small, options.port)
    (BUILD / "bench.json").write_text(json.dumps(results, indent=1) + "\n")
    show(results, verdicts(results))
    print(f"Written to {(BUILD / 'bench.json').relative_to(BUILD.parent)}.")


if __name__ == "__main__":
    main()
