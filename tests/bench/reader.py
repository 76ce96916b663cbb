"""One reader of the site, who keeps the connection open as a browser does, and a stopwatch."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from types import MappingProxyType

WARM_UP = 3
# Then an address counts as one that is not answered.
MOST_SECONDS = 120
PIECE = 64 * 1024


class NoAnswer(Exception):
    """Its text says for how long there was none."""


@dataclass(frozen=True)
class Download:
    seconds: float
    first_byte: float
    body: bytes


class Reader:
    """``headers`` go with each request."""

    def __init__(self, port: int, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        self.connection = HTTPConnection("localhost", port, timeout=MOST_SECONDS)
        self.headers = headers

    def close(self) -> None:
        self.connection.close()

    def seconds(self, address: str) -> float:
        """Until the whole answer is there; RuntimeError for an answer that is none."""
        started = time.perf_counter()
        answer = self._answer(address)
        answer.read()
        taken = time.perf_counter() - started
        if answer.status >= 400:
            raise RuntimeError(f"{address}: {answer.status}")
        return taken

    def mark(self, address: str) -> str:
        """The mark of the page at an address, by which to ask whether it is still the same."""
        answer = self._answer(address)
        answer.read()
        return answer.headers["ETag"]

    def _answer(self, address):
        self.connection.request("GET", address, headers=dict(self.headers))
        try:
            return self.connection.getresponse()
        except TimeoutError:
            self.close()  # another connection is opened for what is asked next
            raise NoAnswer(f"more than {MOST_SECONDS} s") from None

    def milliseconds(
        self, address: str, requests: int, most_seconds: float, before: Callable[[], object] = lambda: None
    ) -> float:
        """The median of so many requests, or of as many as go into the time; ``before`` each of them is called."""
        self._ask(address, WARM_UP, most_seconds / 2, before)
        return median(self._ask(address, requests, most_seconds, before)) * 1000

    def _ask(self, address, requests, most_seconds, before):
        """At least once."""
        ends, taken = time.monotonic() + most_seconds, []
        while len(taken) < requests and (not taken or time.monotonic() < ends):
            before()
            taken.append(self.seconds(address))
        return taken

    def download(self, address: str) -> Download:
        started = time.perf_counter()
        answer = self._answer(address)
        pieces = [answer.read(1)]
        first_byte = time.perf_counter() - started
        while piece := answer.read(PIECE):
            pieces.append(piece)
        return Download(time.perf_counter() - started, first_byte, b"".join(pieces))


def memory_of_children(pid: int) -> dict[int, int]:
    """Bytes that each process which this one started holds; empty where the system does not tell so (macOS)."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split() if Path("/proc").exists() else ():
        pages = Path(f"/proc/{child}/statm").read_text().split()[1]
        found[int(child)] = int(pages) * os.sysconf("SC_PAGE_SIZE")
    return found


class Growth:
    """How much the process that grew most has grown."""

    def __init__(self, pid: int) -> None:
        self.pid, self.before, self.megabytes = pid, memory_of_children(pid), 0.0

    def look(self) -> None:
        for child, held in memory_of_children(self.pid).items():
            self.megabytes = max(self.megabytes, (held - self.before.get(child, held)) / 2**20)


@contextmanager
def watched_growth(pid: int) -> Iterator[Growth]:
    """Look again and again for the length of the block."""
    growth, ended = Growth(pid), threading.Event()

    def watch():
        while not ended.wait(0.05):
            growth.look()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield growth
    finally:
        ended.set()
        thread.join()
