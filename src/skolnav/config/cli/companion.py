"""A `skolnav` command that lives beside the server: started with it, restarted when it fails, stopped with it."""

import os
import subprocess
import sys
import threading
import time

LONGEST_PAUSE = 60


class Companion:
    """Keeps one command running as a child process until `stop`."""

    def __init__(self, *arguments: str) -> None:
        code = "from skolnav.config.cli import main; main()"
        self._command = [sys.executable, "-c", code, *arguments, "--until-parent-ends"]
        self._stopping = threading.Event()
        self._child = self._start()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """Ends the child, gently first; what it had begun is done again at the next start."""
        self._stopping.set()
        self._child.terminate()
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        # A session of its own, so that Ctrl+C reaches the server first and the order of stopping is ours.
        return subprocess.Popen(self._command, start_new_session=True)  # noqa: S603 (our own program)

    def _keep(self) -> None:
        pause = 1
        while not self._stopping.is_set():
            began = time.monotonic()
            self._child.wait()
            pause = 1 if time.monotonic() - began > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
            if not self._stopping.wait(pause):
                self._child = self._start()


def end_with_parent(parent: int) -> None:
    """Ends this process when its parent is gone, also when that one was killed and could not tell."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
