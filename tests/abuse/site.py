"""The site under attack: what `make run` starts, in a folder of its own; and the same behind nginx, if there is one."""

import os
import shutil
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.nginx import HOST, Nginx, nginx_program, production_web_server
from tests.services.process import WatchedProcess
from tests.services.smtp import free_port
from tracker.environment import local_values

# Attackers and readers come from different addresses, as a proxy counts by them.
ATTACKER, READER = "127.0.0.2", "127.0.0.3"


@dataclass(frozen=True)
class Site:
    """``attacks`` are the names of those that are worth while here; all where there are none."""

    name: str
    host: str
    port: int
    accounts: dict[str, str]
    nginx: Nginx | None = None
    attacks: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return f"{'https' if self.nginx else 'http'}://{self.host}"

    def connect(self, source: str = ATTACKER) -> socket.socket | ssl.SSLSocket:
        if self.nginx is not None:
            return self.nginx.connect(source)
        return socket.create_connection(("127.0.0.1", self.port), 30, source_address=(source, 0))


@contextmanager
def a_running_site(folder: Path) -> Iterator[Site]:
    """What `make run` starts."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "TRACKER_VAR": str(folder / "var"), "PORT": str(port)}
    process = WatchedProcess([sys.executable, "-m", "tracker.local"], environment)
    try:
        process.wait_for("Ctrl-C ends it.", seconds=600)
        lines = (folder / "var" / "demo-accounts.txt").read_text().splitlines()
        accounts = {name: password for _role, name, password in map(str.split, lines)}
        yield Site("make run", f"127.0.0.1:{port}", port, accounts)
    finally:
        process.signal(15)
        process.wait(30)
        process.kill()


@contextmanager
def behind_nginx(bare: Site, folder: Path) -> Iterator[Site]:
    """The same data behind the configuration that is shipped. That limits how often one address asks: to send it
    thousands of parameters would show no more than that."""
    place = folder / "nginx"
    place.mkdir()
    shutil.copytree(folder / "var" / "static", place / "static")
    nginx = Nginx(place, free_port(), free_port())
    environment = local_values(folder / "var" / "local.env") | {
        "PATH": os.environ["PATH"],
        "TRACKER_VAR": str(place),
        "SITE_URL": nginx.site_url,
        "ALLOWED_HOSTS": HOST,
        "TRUSTED_PROXY": "localhost",
    }
    try:
        with production_web_server(nginx, environment):
            nginx.start()
            host = f"{HOST}:{nginx.port}"
            yield Site("nginx", host, nginx.port, bare.accounts, nginx, ("slow", "bodies", "guessing"))
    finally:
        nginx.stop()


@contextmanager
def sites(folder: Path) -> Iterator[list[Site]]:
    with a_running_site(folder) as bare:
        if nginx_program() is None:
            print("There is no nginx here: the site is attacked without one alone.", flush=True)
            yield [bare]
            return
        with behind_nginx(bare, folder) as other:
            yield [bare, other]
