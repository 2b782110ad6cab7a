"""The runs of a bench, one after the other: pages, logins, floors, scale."""

import os
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import serving
from .driving import Figures, Target, begin, drive
from .floors import pgbench
from .goals import ratio
from .readings import read_wrk

CONCURRENCIES = (1, 16, 64)
WRITERS = (1, 16)
WARM_UP = 3  # seconds: connections opened, statements prepared, templates compiled
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality made ready by `homes`: its folder, its environment, and what was noted of its pages."""

    folder: Path
    environment: Mapping[str, str]
    notes: Mapping[str, Any]

    def page(self, name: str) -> Target:
        """A page with the sessions of those who open it."""
        own = f"sessions_{name}.txt"
        sessions = own if (self.folder / own).exists() else "sessions.txt"
        return Target("rotate.lua", self.notes["pages"][name]["path"], self.folder, sessions=sessions)

    def form(self, name: str, starts_at: int) -> Target:
        """Forms that are each sent once, from one of them on."""
        return Target(
            "posts.lua", "/", self.folder, forms=self.notes["writes"][name]["file"], starts_at=starts_at
        )

    def monday(self, starts_at: int) -> Target:
        """Start pages, reports, logins and bells, as at eight on a Monday."""
        pages, login = self.notes["pages"], self.notes["login"]
        more = (("BENCH_BELL", pages["bell"]["path"]), ("BENCH_LOGIN", login["path"]))
        path = pages["start"]["path"]
        return Target(
            "monday.lua", path, self.folder, password=login["password"], starts_at=starts_at, more=more
        )

    def login(self) -> Target:
        """The login's form."""
        return Target(
            "login.lua", self.notes["login"]["path"], self.folder, password=self.notes["login"]["password"]
        )


@dataclass(frozen=True, slots=True)
class Bench:
    """How long each run takes, how often it is repeated, and PostgreSQL's first process."""

    postmaster: int
    seconds: int
    rounds: int
    say: Say

    def quietest(self, server: serving.Server, target: Target, concurrency: int) -> Figures:
        """The round with the least CPU: neighbours on the machine add to it, and nothing takes from it."""
        found = [
            drive(server, self.postmaster, target, concurrency, self.seconds) for _ in range(self.rounds)
        ]
        return min(found, key=lambda one: one.cpu_ms)

    def pages(self, server: serving.Server, town: Town) -> dict[str, Any]:
        """Each page at each concurrency."""
        found: dict[str, Any] = {}
        for name, noted in town.notes["pages"].items():
            self.say(name)
            drive(server, self.postmaster, town.page(name), 16, WARM_UP)
            for concurrency in CONCURRENCIES:
                figures = self.quietest(server, town.page(name), concurrency)
                found.setdefault(name, {})[str(concurrency)] = {
                    **figures.as_json(), "bytes": noted["bytes"], "sql": noted["sql"],
                }  # fmt: skip
        return found

    def writes(self, server: serving.Server, town: Town) -> dict[str, Any]:
        """Each form at 1 and at 16, and then Monday morning; no form is sent twice."""
        found: dict[str, Any] = {}
        sent = dict.fromkeys(town.notes["writes"], 0)
        for name, noted in town.notes["writes"].items():
            self.say(name)
            for concurrency in WRITERS:
                figures = drive(
                    server, self.postmaster, town.form(name, sent[name]), concurrency, self.seconds
                )
                # (wrk asks for some more than it counts.)
                sent[name] += figures.requests + concurrency
                found.setdefault(name, {})[str(concurrency)] = {**figures.as_json(), "sql": noted["sql"]}
        self.say("monday")
        monday = town.monday(sent["absence_report"])
        return found | {
            "monday": {"32": drive(server, self.postmaster, monday, 32, self.seconds * 2).as_json()}
        }

    def logins(self, server: serving.Server, town: Town) -> dict[str, Any]:
        """Logins at each concurrency, and how quick pages stay while eight at a time log in."""
        self.say("login")
        quiet = drive(server, self.postmaster, town.page("start"), 4, self.seconds)
        rush = begin(server, town.login(), 8, self.seconds + 2)
        during = drive(server, self.postmaster, town.page("start"), 4, self.seconds)
        logins = read_wrk(rush.communicate()[0])
        found: dict[str, Any] = {
            str(concurrency): drive(
                server, self.postmaster, town.login(), concurrency, self.seconds
            ).as_json()
            for concurrency in CONCURRENCIES
        }
        return {
            "login": found,
            "login_rush": {
                "start_p50_ms_quiet": quiet.p50_ms,
                "start_p50_ms": during.p50_ms,
                "start_p99_ms": during.p99_ms,
                "logins_rps": round(logins.rps, 1),
            },
        }

    def floors(self, town: Town, port: int) -> dict[str, Any]:
        """nginx and a bare Django with the start page's bytes, pgbench with its SQL."""
        self.say("floors")
        root = Target("rotate.lua", "/", town.folder)
        found: dict[str, Any] = {}
        with serving.nginx(town.folder, port) as server:
            found["nginx"] = self._floor(server, root)
        with serving.bare_django(town.folder, port + 1) as server:
            found["bare_django"] = self._floor(server, root)
        runs = [
            pgbench(
                town.notes["pages"]["start"]["statements"], town.folder, self.postmaster, 16, self.seconds
            )
            for _ in range(self.rounds)
        ]
        found["pgbench"] = max(runs, key=lambda one: one["rps"])
        return found

    def _floor(self, server: serving.Server, target: Target) -> dict[str, Any]:
        found = {}
        for concurrency in CONCURRENCIES:
            runs = [drive(server, None, target, concurrency, self.seconds) for _ in range(self.rounds)]
            found[str(concurrency)] = max(runs, key=lambda one: one.rps).as_json()
        return found

    def scale(self, large: Town, small: Town, port: int) -> dict[str, float]:
        """What the start page costs at 100,000 pupils and at 1,000, by turns."""
        self.say("scale")
        costs: dict[str, list[float]] = {"large": [], "small": []}
        with (
            serving.skolnav(large.folder, port, large.environment) as of_large,
            serving.skolnav(small.folder, port + 1, small.environment) as of_small,
        ):
            servers = {"large": (of_large, large), "small": (of_small, small)}
            for server, town in servers.values():
                drive(server, self.postmaster, town.page("start"), 16, WARM_UP)
            for _ in range(self.rounds + 1):
                for name, (server, town) in servers.items():
                    costs[name].append(
                        drive(server, self.postmaster, town.page("start"), 16, self.seconds).cpu_ms
                    )
        least = {f"cpu_ms_{name}": round(min(values), 3) for name, values in costs.items()}
        middle = {name: statistics.median(values) for name, values in costs.items()}
        return {**least, "ratio": round(ratio(middle["large"], middle["small"]), 3)}


def environment_of(folder: Path, database_url: str) -> dict[str, str]:
    """What a town's Skolnav is run with: a demo on loopback, with a data folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SKOLNAV_", "DJANGO_"))}
    return {
        **kept,
        "SKOLNAV_ENVIRONMENT": "demo",
        "SKOLNAV_DATA": str(folder / "data"),
        "DATABASE_URL": database_url,
    }
