"""A real Celery worker in a process of its own, to be stopped or killed."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 30
STOP_SECONDS = 10


class WorkerProcess:
    """`celery worker` on the given environment; returns from the constructor when it is ready for tasks."""

    def __init__(self, environment: dict[str, str], concurrency: int = 1) -> None:
        self.lines: list[str] = []
        self._ready = threading.Event()
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "celery", "--app", "tracker", "worker", "--loglevel", "info",
                "--concurrency", str(concurrency), "--without-mingle", "--without-gossip",
                "--without-heartbeat",
            ],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._ready.wait(START_SECONDS) or self._process.poll() is not None:
            self.kill()
            raise RuntimeError("The worker did not start:\n" + self.log)

    @property
    def log(self) -> str:
        return "".join(self.lines)

    def kill(self) -> None:
        """As when the machine goes down: SIGKILL to the worker and its children, whatever they are at."""
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._reader.join()

    def stop(self) -> None:
        """Ask it to finish the task at hand and end."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self.kill()

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line)
            if " ready." in line:
                self._ready.set()
        self._ready.set()
        self._process.stdout.close()
