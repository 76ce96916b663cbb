"""A Valkey that keeps nothing, on a unix socket."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tracker.local.valkey import server_command

START_SECONDS = 10


class Valkey:
    """A server at `url` (unix:///folder/socket), which may be killed and started again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.socket = Path(url.removeprefix("unix://"))
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = server_command(self.socket, self.socket.parent, keeps_data=False)
        self._server = subprocess.Popen(
            command, cwd=self.socket.parent, stdout=subprocess.DEVNULL, start_new_session=True
        )
        wait_until_it_answers(self.url, self._server)

    def kill(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server.wait()


@contextmanager
def throwaway_valkey(url: str) -> Iterator[Valkey]:
    """Run a server at `url` for the length of the block, in a folder made for it."""
    server = Valkey(url)
    server.socket.parent.mkdir(mode=0o700)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(server.socket.parent, ignore_errors=True)


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    with redis.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
