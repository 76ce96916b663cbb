"""Requests as they are written, by a few askers at once, and the time that others wait meanwhile."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.abuse.site import ATTACKER, READER, Site

SECONDS_TO_WAIT = 60


@dataclass
class Tally:
    """What became of the requests of one attack. ``others``: the longest that a reader waited meanwhile."""

    name: str
    codes: Counter = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_address: str = ""
    others: float = 0.0
    bad: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, address: str, code: int, seconds: float) -> None:
        with self.lock:
            self.codes[code] += 1
            if seconds > self.slowest:
                self.slowest, self.slowest_address = seconds, address[:60]
            if code >= 500 and len(self.bad) < 20:
                self.bad.append(f"{code} {address[:150]}")

    @property
    def errors(self) -> int:
        return sum(number for code, number in self.codes.items() if code >= 500)


class Asker:
    """One browser that keeps its connection and its cookies."""

    def __init__(self, site: Site, source: str = ATTACKER) -> None:
        self.site, self.source = site, source
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection(site.host)

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """The status and the body; 599 where no answer came."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Accept": "text/html", **({"Cookie": cookie} if cookie else {}), **headers}
        try:
            if self.connection.sock is None:  # the first time, and where the last answer closed it
                self.connection.sock = self.site.connect(self.source)
                self.connection.sock.settimeout(SECONDS_TO_WAIT)
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _mark, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 599, b""

    def token(self) -> str:
        """With TLS its cookie has a prefix."""
        found = [value for name, value in self.cookies.items() if name.endswith("csrftoken")]
        return found[0] if found else ""


def ask_all(asker_of, addresses: Iterable[str], tally: Tally, ends: float, askers: int = 2) -> int:
    """Ask for the addresses until none is left or the time is over; how many were left."""
    waiting = list(addresses)

    def work():
        asker = asker_of()
        while time.monotonic() < ends:
            try:
                address = waiting.pop()
            except IndexError:
                return
            started = time.monotonic()
            code, _body = asker.ask(address)
            tally.add(address, code, time.monotonic() - started)

    threads = [threading.Thread(target=work) for _asker in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(waiting)


@contextmanager
def others_waiting(site: Site, tally: Tally) -> Iterator[None]:
    """Somebody reads two pages four times a second; ``tally.others`` becomes the longest that they waited."""
    over = threading.Event()

    def read():
        reader = Asker(site, READER)
        while not over.wait(0.25):
            for path in ("/healthz", "/themes/"):
                started = time.monotonic()
                code, _body = reader.ask(path)
                waited = time.monotonic() - started if code == 200 else SECONDS_TO_WAIT
                tally.others = max(tally.others, waited)

    reading = threading.Thread(target=read)
    reading.start()
    try:
        yield
    finally:
        over.set()
        reading.join()
