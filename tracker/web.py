"""The web server, `python -m tracker.web`: waitress in a few processes that share one socket.

It reads a request whole before a thread takes it up, so that who sends slowly occupies none. What was measured, and
what belongs to a reverse proxy all the same: docs/decisions/web-server.md.
"""

import gc
import logging
import os
import resource
import signal
import socket
import sys
import time
from argparse import ArgumentParser, Namespace
from types import FrameType

from django.conf import settings
from waitress import wasyncore
from waitress.server import create_server

from tracker.wsgi import application

logger = logging.getLogger(__name__)

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Of each process. A connection costs a few kB, and two files more while a large body or answer passes.
MOST_CONNECTIONS = 2000
SECONDS_OF_SILENCE = 30
SECONDS_TO_FINISH = 10
FILES = 3 * MOST_CONNECTIONS + 200
LARGEST_HEADERS = 64 * 1024
# Made since the last look for what nobody holds, before there is another.
YOUNG_OBJECTS = 50_000
# For the processes of a proxy on this machine that hand their requests to a socket in a folder.
BY_FILE = "unix:"
# A socket that systemd has opened and keeps, so that what comes between two starts waits: sd_listen_fds(3).
BY_SYSTEMD, FIRST_OF_SYSTEMD = "systemd", 3


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tracker.web", description="Serves the site until it is told to end.")
    parser.add_argument("--bind", default="127.0.0.1:8000", help="host:port, unix:/path/to/socket, or systemd")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4, help="of each process: answers made at the same time")
    parser.add_argument("--quiet", action="store_true", help="say nothing while all is well")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    with open_socket(options.bind) as listener:
        _allow_files()
        if not options.quiet:
            print(f"Listening at {options.bind}", flush=True)
        return Processes(listener, options).run()


def open_socket(bind: str) -> socket.socket:
    if bind == BY_SYSTEMD:
        return socket.socket(fileno=FIRST_OF_SYSTEMD)
    if bind.startswith(BY_FILE):
        path = bind.removeprefix(BY_FILE)
        if os.path.exists(path):
            os.unlink(path)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        os.chmod(path, 0o660)
        listener.listen()
        return listener
    host, _colon, port = bind.rpartition(":")
    return socket.create_server((host.strip("[]"), int(port)), family=_family(host, port), reuse_port=False)


def _family(host, port):
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    families = [family for family, *_rest in found]
    return socket.AF_INET if socket.AF_INET in families else families[0]


def _allow_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Processes:
    """The processes that serve; one that dies is replaced, until a signal comes."""

    def __init__(self, listener: socket.socket, options: Namespace) -> None:
        self.listener, self.options = listener, options
        self.running: set[int] = set()
        self.signal = 0

    def run(self) -> int:
        for number in ENDING_SIGNALS:
            signal.signal(number, self._end)
        for _number in range(self.options.processes):
            self._start()
        while self.running:
            gone, status = os.wait()
            self.running.discard(gone)
            if not self.signal:
                logger.error("Web process %s ended (%s); another one takes its place.", gone, status)
                time.sleep(0.1)  # should all end at once, the machine must not be kept busy with it
                self._start()
        return 0 if self.signal == signal.SIGTERM else 128 + self.signal

    def _start(self):
        parent = os.getpid()
        child = os.fork()
        if not child:
            os._exit(serve(self.listener, self.options.threads, parent))
        self.running.add(child)
        if self.signal:  # it came just now, and was not passed on to this one
            os.kill(child, signal.SIGTERM)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        self.signal = number
        for child in self.running:
            os.kill(child, signal.SIGTERM)


def serve(listener: socket.socket, threads: int, parent: int) -> int:
    """Serve in this process until a signal comes or the parent is gone; then finish what has begun."""
    ends: list[float] = []
    for number in ENDING_SIGNALS:
        signal.signal(number, lambda *_: ends.append(time.monotonic() + SECONDS_TO_FINISH))
    # What is loaded by now stays. A list or an export makes thousands of values that refer to nothing: to look through
    # all of them again and again for rings that nobody holds costs a sixth of its time.
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    connections: dict = {}
    server = create_server(heads_alone, map=connections, sockets=[listener], threads=threads, **adjustments())
    while True:
        if not ends and os.getppid() != parent:
            ends.append(time.monotonic() + SECONDS_TO_FINISH)
        if ends:
            server.accepting = False
            if not is_busy(server) or time.monotonic() > ends[0]:
                return 0
        wasyncore.loop(timeout=0.05 if ends else 1, use_poll=True, map=connections, count=1)


def heads_alone(environ, start_response):
    """The application, without the body of an answer to HEAD: waitress would send it along, and who keeps the
    connection would take it for the next answer."""
    body = application(environ, start_response)
    if environ["REQUEST_METHOD"] != "HEAD":
        return body
    body.close()
    return []


def is_busy(server) -> bool:
    """Whether an answer is being made or sent."""
    return any(channel.requests or channel.total_outbufs_len for channel in server.active_channels.values())


def adjustments() -> dict:
    """What differs from waitress's defaults. A large body is for the desk alone, whoever else sends one is refused by
    ``tracker.site.middleware``; this is what is read at all."""
    proxy = {}
    if settings.TRUSTED_PROXY:
        proxy = {
            "trusted_proxy": settings.TRUSTED_PROXY,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    return proxy | {
        "connection_limit": MOST_CONNECTIONS,
        "channel_timeout": SECONDS_OF_SILENCE,
        "cleanup_interval": 10,
        "max_request_body_size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "max_request_header_size": LARGEST_HEADERS,
        "ident": None,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
