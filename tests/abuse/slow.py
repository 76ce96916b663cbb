"""Sockets on which a request never ends, and how fast others are answered meanwhile."""

import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

HALF_HEADERS = "GET / HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\nX-Slow: "
HALF_BODY = (
    "POST /follow-up/nobody/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000\r\n\r\nnote=slow"
)


def connect(site: str) -> socket.socket:
    parts = urlsplit(site)
    opened = socket.create_connection((parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)), 10)
    if parts.scheme == "https":
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        return trusting.wrap_socket(opened, server_hostname=parts.hostname)
    return opened


@contextmanager
def slow_sockets(site: str, beginning: str, number: int) -> Iterator[list[socket.socket]]:
    """So many connections, each with the beginning of a request sent, for the length of the block."""
    host = urlsplit(site).netloc
    opened: list[socket.socket] = []
    try:
        for _number in range(number):
            opened.append(connect(site))
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
