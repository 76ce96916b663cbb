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


@contextmanager
def throwaway_valkey(url: str) -> Iterator[None]:
    """Run a server at `url` (unix:///folder/socket) for the length of the block, in a folder made for it."""
    socket = Path(url.removeprefix("unix://"))
    folder = socket.parent
    command = server_command(socket, folder, keeps_data=False)
    folder.mkdir(mode=0o700)
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_until_it_answers(url, server)
        yield
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


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
