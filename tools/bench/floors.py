"""pgbench with the start page's own SQL: what the database alone could do."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .processors import cpu_seconds
from .readings import read_pgbench

_NAMED = re.compile(r"%\((\w+)\)s")


def script_of(statements: Sequence[Mapping[str, Any]]) -> tuple[str, dict[str, str]]:
    """A pgbench script of the statements, and its variables. A statement's parameters carry its number:
    `%(now)s` of the second is `:now_2`."""
    lines, variables = [], {}
    for number, statement in enumerate(statements, start=1):
        sql = " ".join(statement["sql"].split())
        lines.append(_NAMED.sub(rf":\1_{number}", sql).replace("%%", "%") + ";")
        for name, value in statement["parameters"].items():
            if f"%({name})s" in statement["sql"]:
                variables[f"{name}_{number}"] = str(value)
    return "\n".join(lines) + "\n", variables


def pgbench(
    statements: Sequence[Mapping[str, Any]], folder: Path, postmaster: int, concurrency: int, seconds: int
) -> dict[str, float]:
    """The page's statements over and over, prepared, on as many connections: its rps, milliseconds and CPU."""
    script, variables = script_of(statements)
    (folder / "start.sql").write_text(script)
    command = [
        str(Path(os.environ["SKOLNAV_POSTGRES_BIN"]) / "pgbench"),
        "--no-vacuum",
        "--protocol=prepared",
    ]
    command += [f"--client={concurrency}", f"--jobs={min(concurrency, 2)}", f"--time={seconds}"]
    command += [f"--define={name}={value}" for name, value in variables.items()]
    command += [f"--file={folder / 'start.sql'}"]
    environment = {**os.environ, "PGOPTIONS": "-c plan_cache_mode=force_generic_plan -c jit=off"}
    before = cpu_seconds(postmaster)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    tps, latency = read_pgbench(done.stdout + done.stderr)
    cpu_ms = (cpu_seconds(postmaster) - before) * 1e3 / (tps * seconds)
    return {"rps": round(tps, 1), "mean_ms": round(latency, 3), "cpu_ms_database": round(cpu_ms, 3)}
