"""`make run`: one command from a fresh clone to a running product, and back to nothing on Ctrl-C."""

import fcntl
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TextIO

from tracker.local.configuration import remove_socket, socket_path, var_folder, write_configuration
from tracker.local.programs import Programs, commands
from tracker.local.valkey import ValkeyNotFound


class CannotRun(Exception):
    """Its text is the one line that the person at the terminal sees."""


def main() -> int:
    try:
        with Programs() as programs:
            port = free_port(os.environ.get("PORT") or "8000")
            var = var_folder()
            with (var / "run.lock").open("a+") as lock:
                keep_to_oneself(lock, var)
                return run(programs, port, var)
    except (CannotRun, ValkeyNotFound) as error:
        print(error, file=sys.stderr)
        return 1


def free_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotRun(f"PORT is {text}: expected a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            reason = "needs root's rights" if isinstance(error, PermissionError) else "is in use"
            raise CannotRun(f"Port {text} {reason}: choose another with PORT=9000 make run.") from None
    return int(text)


def keep_to_oneself(lock: TextIO, var: Path) -> None:
    """Hold the lock as long as this process lives, and leave the number of the process in the file."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise CannotRun(
            f"Already running on {var} as process {lock.read().strip()}; for a second one set TRACKER_VAR."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()


def run(programs: Programs, port: int, var: Path) -> int:
    valkey_socket = socket_path(var)
    valkey_socket.unlink(missing_ok=True)  # left by a crash, it would look like a server
    try:
        configuration = write_configuration(var, port, valkey_socket)
        # What the caller's own environment says goes before: another database, say.
        environment = {"DJANGO_SETTINGS_MODULE": "tracker.settings"} | configuration | os.environ
        failed = programs.run([sys.executable, "-m", "tracker.local.prepare"], environment)
        if programs.signal is not None:
            return failed
        if failed:
            raise CannotRun("Preparing the database failed; the reason stands above.")
        print("Starting ...", flush=True)
        brings_valkey = environment["REDIS_URL"] == configuration["REDIS_URL"]
        for command in commands(port, valkey_socket if brings_valkey else None, var):
            programs.start(command, environment)
        threading.Thread(target=announce, args=[port, var], daemon=True).start()
        return programs.wait()
    finally:
        programs.end()
        remove_socket(valkey_socket, var)


def announce(port: int, var: Path) -> None:
    """Say where to go as soon as there is something to see."""
    while not answers(f"http://127.0.0.1:{port}/"):
        time.sleep(0.1)
    url = f"http://localhost:{port}/"
    lines = ["", f"The tracker runs at {url}", f"Log in at {url}admin/ (also in {var / 'demo-accounts.txt'}):", ""]
    for line in (var / "demo-accounts.txt").read_text().splitlines():
        role, username, password = line.split()
        lines.append(f"  {role:15}{username:12}{password}")
    print("\n".join([*lines, "", "Ctrl-C ends it.", ""]), flush=True)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30):
            return True
    except urllib.error.HTTPError as error:
        error.close()
        return True
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
