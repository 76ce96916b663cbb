"""A real Celery worker in a process of its own, to be stopped or killed."""

import signal
import sys

from tests.services.process import WatchedProcess

# The task at hand may be one that was given back by a worker that died, to plan the mail of hundreds.
SECONDS_TO_FINISH = 40


class WorkerProcess(WatchedProcess):
    """`celery worker` on the given environment; the constructor returns when it is ready for tasks."""

    def __init__(self, environment: dict[str, str], concurrency: int = 1) -> None:
        command = [
            sys.executable, "-m", "celery", "--app", "tracker", "worker", "--loglevel", "info",
            "--concurrency", str(concurrency), "--without-mingle", "--without-gossip", "--without-heartbeat",
        ]  # fmt: skip
        super().__init__(command, environment)
        self.wait_for(" ready.")

    def stop(self) -> None:
        """Ask it to finish the task at hand and end."""
        self.signal(signal.SIGTERM)
        try:
            self.wait(SECONDS_TO_FINISH)
        finally:
            self.kill()
