"""`skolnav serve` and `skolnav worker`."""

import io
import logging
import os
import socket
from typing import Annotated

import typer

from .companion import Companion
from .console import errors
from .failures import Complaint
from .surroundings import start_django

TARGET = "skolnav.config.wsgi:application"
# Six for logins that wait for their hash, two that are always left to pages (core/accounts/password_queue.py).
THREADS = 8

Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to answer on.")]
Host = Annotated[str, typer.Option(help="The address to answer on; 0.0.0.0 is every network.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes: about one for each processor.")]
Threads = Annotated[int, typer.Option(min=1, help="Requests that one process handles at once.")]


def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Workers = 2,
    threads: Threads = THREADS,
    with_worker: Annotated[
        bool, typer.Option("--with-worker", help="Run the worker beside the server and stop it with it.")
    ] = False,
) -> None:
    """Answer requests until stopped. TLS is the proxy's, in front of it."""
    start_django()
    refuse_strangers(host)
    run_server(
        port=port, host=host, workers=workers, threads=threads, companions=["worker"] if with_worker else []
    )


def run_server(*, port: int, host: str, workers: int, threads: int, companions: list[str]) -> None:
    """Serves with granian; each companion is a `skolnav` command that lives as long as the server does."""
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    refuse_taken_port(host, port)
    # The processes check for themselves, but only die of it; here it is said once, in words.
    call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
    os.environ["SKOLNAV_THREADS"] = str(threads)
    server = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backpressure=threads * 16,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
    )
    # It finds many what we have counted on purpose: most of them wait, and take no processor.
    logging.getLogger("_granian").addFilter(lambda line: "Python threads" not in line.getMessage())
    running = [Companion(name) for name in companions]
    try:
        errors.print(f"Skolnav answers on http://{host}:{port} (Ctrl+C stops it)")
        server.serve()
    finally:
        for companion in running:
            companion.stop()


def refuse_strangers(host: str) -> None:
    """Raises a Complaint when a demo or a trial would answer others than this machine: it has no TLS."""
    from django.conf import settings

    if not settings.IS_PRODUCTION and host not in ("127.0.0.1", "localhost", "::1"):
        raise Complaint(
            f"This installation is a {settings.ENVIRONMENT} without TLS; it answers on this machine alone.",
            "Leave --host out, or make it one for families: skolnav setup --url https://…",
        )


def refuse_taken_port(host: str, port: int) -> None:
    """Raises a Complaint when something else answers there; granian would only say that a worker died."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as failure:
            raise Complaint(
                f"Port {port} on {host} cannot be used: {failure.strerror}.",
                "Stop what answers there, or choose another: skolnav serve --port 8001 (make run PORT=8001).",
            ) from failure


def worker(
    until_parent_ends: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Send what waits in the outbox, and keep time (digests, deadlines), until stopped."""
    start_django()
    if until_parent_ends:
        from .companion import end_with_parent

        end_with_parent(os.getppid())
    from django.conf import settings

    from skolnav.core.notifications.worker import run_forever

    if settings.ENVIRONMENT == "demo":
        from skolnav.demo.mailbox import open_mailbox

        open_mailbox()
    run_forever()
