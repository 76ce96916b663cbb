"""Sockets on which a request never ends, and how fast others are answered meanwhile."""

import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

HALF_HEADERS = "GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nX-Slow: "
HALF_BODY = (
    "POST /follow-up/nobody/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000\r\n\r\nnote=slow"
)


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), 10)


@contextmanager
def slow_sockets(
    url: str, beginning: str, number: int, opened_by: Callable[[], socket.socket] | None = None
) -> Iterator[list[socket.socket]]:
    """So many connections, each with the beginning of a request sent, for the length of the block."""
    host = urlsplit(url).netloc
    opened: list[socket.socket] = []
    try:
        for _number in range(number):
            opened.append(opened_by() if opened_by else connect(url))
            opened[-1].sendall(beginning.format(host=host).encode())
        yield opened
    finally:
        for each in opened:
            each.close()


def seconds_to_answer(address: str, times: int = 5) -> list[float]:
    """How long each of a few requests in a row took."""
    return [_answer(address) for _time in range(times)]


def _answer(address: str) -> float:
    started = time.monotonic()
    with urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()
    return time.monotonic() - started
