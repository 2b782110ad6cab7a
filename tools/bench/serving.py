"""The servers that are driven, each for as long as a `with` lasts: Skolnav, a bare Django, nginx. Loopback only."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from skolnav.config.cli.server import THREADS

from .programs import program

WORKERS = 2

_NGINX = """worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/nginx.log;{user}
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; default_type text/html; keepalive_requests 1000000;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    server {{ listen 127.0.0.1:{port}; root {folder}; index start.html; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server answers, and the process that it began with."""

    address: str
    pid: int


@contextmanager
def skolnav(folder: Path, port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """`skolnav serve`, as an operator runs it."""
    command = [sys.executable, "-c", "from skolnav.config.cli import main; main()", "serve"]
    command += ["--port", str(port), "--workers", str(WORKERS)]
    with _running(command, folder / "serve.log", f"http://127.0.0.1:{port}/halsa/", environment) as server:
        yield server


@contextmanager
def bare_django(folder: Path, port: int) -> Iterator[Server]:
    """A view alone, on the same server with as many workers and threads."""
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--no-ws"]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    command += ["--port", str(port), "--no-log"]
    environment = {**os.environ, "BENCH_PAGE": str(folder / "start.html")}
    command.append("tools.bench.bare:application")
    with _running(command, folder / "bare.log", f"http://127.0.0.1:{port}/", environment) as server:
        yield server


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[Server]:
    """The same bytes as a file."""
    user = " user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(workers=WORKERS, folder=folder, port=port, user=user))
    command = [
        program("nginx"),
        "-c",
        str(configuration),
        "-e",
        str(folder / "nginx.log"),
        "-g",
        "daemon off;",
    ]
    with _running(command, folder / "nginx.out", f"http://127.0.0.1:{port}/", os.environ) as server:
        yield server


@contextmanager
def _running(
    command: Sequence[str], log: Path, asks: str, environment: Mapping[str, str]
) -> Iterator[Server]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=dict(environment), stdout=output, stderr=output)  # noqa: S603
        try:
            _wait_for(asks, process, log)
            yield Server(asks.rsplit("/", 1)[0].removesuffix("/halsa"), process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path, seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"A server ended at once:\n{log.read_text()}")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 (loopback)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{address} did not answer in {seconds} seconds:\n{log.read_text()}")
