"""The web server by itself: slow senders keep nobody waiting, large bodies are not read, signals end it in order."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress

import pytest

from tests.abuse.slow import HALF_BODY, HALF_HEADERS, seconds_to_answer, slow_sockets
from tests.services.process import WatchedProcess
from tests.services.smtp import free_port

pytestmark = pytest.mark.once


class Site:
    def __init__(self, environment, *options, **changes):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        command = [sys.executable, "-m", "tracker.web", "--bind", f"127.0.0.1:{self.port}", *options]
        self.process = WatchedProcess(command, environment | changes)
        self.process.wait_for("Listening at")

    def children(self):
        listed = subprocess.run(["ps", "axo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        pairs = [line.split() for line in listed.splitlines()]
        return [int(child) for child, parent in pairs if parent == str(self.process.pid)]

    def send(self, text):
        """The first line of the answer to a request as it is written here."""
        with socket.create_connection(("127.0.0.1", self.port), 10) as sent:
            sent.sendall(text.encode())
            return sent.makefile("rb").readline().decode().strip()


@pytest.fixture
def start(process_environment):
    started = []

    def start(*options, **changes):
        started.append(Site(process_environment, *options, **changes))
        return started[-1]

    yield start
    for site in started:
        site.process.kill()


def test_site_answers_within_a_second_while_requests_are_half_sent(start):
    site = start()
    assert max(seconds_to_answer(f"{site.url}/healthz", 2)) < 10  # its first answer takes longer
    with slow_sockets(site.url, HALF_HEADERS, 200), slow_sockets(site.url, HALF_BODY, 200):
        assert max(seconds_to_answer(f"{site.url}/healthz", 10)) < 1
        assert max(seconds_to_answer(f"{site.url}/commitments.csv", 5)) < 1


@pytest.mark.parametrize("coding", ["Content-Length: 3000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n2DC6C0\r\n"])
def test_body_beyond_the_limit_is_refused_before_it_is_read_to_its_end(start, coding):
    site = start(DESK_BODY_MEGABYTES="1")
    with socket.create_connection(("127.0.0.1", site.port), 10) as sent:
        sent.sendall(f"POST /follow-up/x/ HTTP/1.1\r\nHost: localhost\r\n{coding}".encode())
        with suppress(OSError):  # it has hung up
            for _number in range(20):
                sent.sendall(b"x" * 100_000)
        sent.settimeout(10)
        assert sent.recv(100).startswith(b"HTTP/1.1 413 ")


def test_process_that_dies_is_replaced(start):
    site = start("--processes", "2")
    seconds_to_answer(f"{site.url}/healthz")
    first = site.children()
    os.kill(first[0], signal.SIGKILL)
    site.process.wait_for("another one takes its place")
    ends = time.monotonic() + 10
    while len(site.children()) < 2 and time.monotonic() < ends:
        time.sleep(0.05)
    seconds_to_answer(f"{site.url}/healthz", 10)
    now = site.children()
    assert (len(now), first[1] in now, first[0] in now) == (2, True, False)


def test_answer_that_has_begun_is_sent_to_its_end_when_told_to_end(start):
    site = start("--processes", "1", "--threads", "1")
    seconds_to_answer(f"{site.url}/commitments.csv")
    found = []
    readers = [threading.Thread(target=lambda: found.append(site.send(_get("/commitments.csv")))) for _ in range(3)]
    for reader in readers:
        reader.start()
    time.sleep(0.1)
    site.process.signal(signal.SIGTERM)
    for reader in readers:
        reader.join(20)
    assert site.process.wait() == 0
    assert found[:1] == ["HTTP/1.1 200 OK"]


def _get(path, *headers):
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""])


def test_processes_end_when_their_parent_is_killed(start):
    site = start()
    seconds_to_answer(f"{site.url}/healthz")
    children = site.children()
    os.kill(site.process.pid, signal.SIGKILL)
    ends = time.monotonic() + 10
    while any(map(_lives, children)) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not any(map(_lives, children))


def _lives(number):
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True).stdout.strip()
    return bool(listed) and not listed.startswith("Z")


def test_proxy_is_believed_where_it_is_named_and_nobody_else(start):
    claim = ("X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.9")
    secure = {"SITE_URL": "https://localhost", "ALLOWED_HOSTS": "localhost"}
    trusting = start(**secure, TRUSTED_PROXY="127.0.0.1")
    assert trusting.send(_get("/commitments.csv")) == "HTTP/1.1 301 Moved Permanently"
    assert trusting.send(_get("/commitments.csv", *claim)) == "HTTP/1.1 200 OK"
    for site in (start(**secure), start(**secure, TRUSTED_PROXY="192.0.2.1")):
        assert site.send(_get("/commitments.csv", *claim)) == "HTTP/1.1 301 Moved Permanently"


def test_socket_in_a_folder_serves_the_proxy_of_the_machine(start, tmp_path, process_environment):
    path = tmp_path / "web.sock"
    command = [sys.executable, "-m", "tracker.web", "--bind", f"unix:{path}", "--processes", "1"]
    process = WatchedProcess(command, process_environment | {"TRUSTED_PROXY": "localhost"})
    try:
        process.wait_for("Listening at")
        with socket.socket(socket.AF_UNIX) as sent:
            sent.connect(str(path))
            sent.sendall(_get("/healthz").encode())
            assert re.match(rb"HTTP/1.1 200 OK", sent.recv(1000))
    finally:
        process.kill()


@pytest.mark.parametrize("address", ["/healthz", "/api/v1/", "/agreements.json"])
def test_answer_to_head_has_no_body(start, address):
    """Of what is streamed nobody knows the length: there waitress says that it has ended, and closes."""
    with socket.create_connection(("127.0.0.1", start("--processes", "1").port), 10) as sent:
        sent.sendall(f"HEAD {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        head, _end, body = sent.makefile("rb").read().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK") and body == (b"0\r\n\r\n" if address.endswith(".json") else b"")


def test_answer_does_not_say_what_serves_it(start):
    site = start()
    with urllib.request.urlopen(f"{site.url}/healthz") as answer:
        assert "Server" not in answer.headers
