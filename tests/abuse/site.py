"""The site under attack: what `make run` starts, in a folder of its own; and the same behind nginx, if there is one."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.services.process import ROOT, WatchedProcess
from tests.services.smtp import free_port

# Offers ``nginx_in_front(port)``, a context that yields the address of a proxy before this port of this machine.
PROXY = "tests.services.nginx"


@dataclass(frozen=True)
class Site:
    name: str
    url: str
    accounts: dict[str, str]


@contextmanager
def a_running_site(folder: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The port of what `make run` starts, and the passwords of its accounts by name."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "TRACKER_VAR": str(folder / "var"), "PORT": str(port)}
    process = WatchedProcess([sys.executable, "-m", "tracker.local"], environment)
    try:
        process.wait_for("Ctrl-C ends it.", seconds=600)
        lines = (folder / "var" / "demo-accounts.txt").read_text().splitlines()
        yield port, {name: password for _role, name, password in map(str.split, lines)}
    finally:
        process.signal(15)
        process.wait(30)
        process.kill()


@contextmanager
def sites(folder: Path) -> Iterator[list[Site]]:
    with a_running_site(folder) as (port, accounts):
        bare = Site("make run", f"http://127.0.0.1:{port}", accounts)
        if not (shutil.which("nginx") and (ROOT / "deploy").is_dir() and find_spec(PROXY)):
            print("nginx is not looked at: it, its configuration or its service for tests is not here.", flush=True)
            yield [bare]
            return
        from importlib import import_module

        with import_module(PROXY).nginx_in_front(port) as address:
            yield [bare, Site("nginx", address, accounts)]
