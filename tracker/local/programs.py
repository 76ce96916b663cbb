"""The programs of a local installation and how they are ended together.

Not by honcho: when a signal arrives while it prints, it breaks off and leaves its programs running.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

from tracker.local.valkey import server_command

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_END = 5


def commands(port: int, socket: Path | None, var: Path) -> list[list[str]]:
    """What runs, in order of starting; Valkey only if it is to listen on `socket`."""
    python = [sys.executable, "-W", "ignore::UserWarning:celery.platforms"]  # of being root, at every start
    celery = [*python, "-m", "celery", "--quiet", "--app", "tracker"]
    found = [
        [sys.executable, "-m", "tracker.web", "--bind", f"127.0.0.1:{port}", "--quiet"],
        [*celery, "worker", "--loglevel", "warning", "--concurrency", "2", "--without-mingle", "--without-gossip"],
        [*celery, "beat", "--loglevel", "warning"],
    ]
    if socket:
        data = var / "valkey"
        data.mkdir(exist_ok=True)
        found.insert(0, server_command(socket, data, keeps_data=True))
    return found


class Programs:
    """A context within which signals to end are only noted, and at whose end no program is left."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen] = []
        self.signal: int | None = None

    def __enter__(self) -> "Programs":
        for number in ENDING_SIGNALS:
            signal.signal(number, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """The last started first: Valkey, which all others talk to, goes last."""
        while self.started:
            process = self.started[-1]
            signal_group(process, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS_TO_END)
            signal_group(process, signal.SIGKILL)  # and what it may have left of its own children
            process.wait()
            self.started.pop()

    def start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen:
        """In a group of its own, which Ctrl-C in the terminal does not reach: it is ended from here, in order."""
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        self.started.append(process)
        return process

    def run(self, command: list[str], environment: dict[str, str]) -> int:
        """Start it and wait for it alone; its exit code, or that of the signal that came."""
        process = self.start(command, environment)
        code = self.wait()
        if self.signal is None:
            self.started.remove(process)
        return code

    def wait(self) -> int:
        """Until one has ended or a signal came; the exit code to leave with."""
        while self.signal is None:
            ended = [process.returncode for process in self.started if process.poll() is not None]
            if ended:
                return ended[0]
            time.sleep(0.05)
        return 128 + self.signal

    def _note(self, number: int, _: FrameType | None) -> None:
        self.signal = number


def signal_group(process: subprocess.Popen, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
