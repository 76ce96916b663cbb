"""The product's own web server in a process of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.services.process import WatchedProcess


@contextmanager
def web_server(environment: dict[str, str], port: int, *options: str) -> Iterator[WatchedProcess]:
    """As the Procfile has it, or with these options, on this port of localhost, for the length of the block."""
    command = [sys.executable, "-m", "tracker.web", "--bind", f"localhost:{port}", *options]
    server = WatchedProcess(command, environment)
    try:
        server.wait_for("Listening at")
        yield server
    finally:
        server.kill()
