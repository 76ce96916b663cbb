"""Settings from the environment: a missing or bad value stops the process with one line, not a traceback."""

import os
import shlex
import sys
from collections.abc import Callable
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
import dj_email_url

# The code of a program that cannot start as it is configured. A supervisor may tell it from a crash.
EXIT_CODE = 3

# A machine that sets one of these is configured by its environment alone: a value that is forgotten there
# must not be filled in silently from a file that an earlier `make run` left behind.
PRODUCTION_NAMES = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL")

# Readers never wait for a writer in WAL; writers wait for each other from BEGIN on, up to the timeout in
# seconds, instead of failing half-way with "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}

# What a person may write for yes and no, in any case.
YES, NO = {"true", "yes", "on", "t", "y", "1"}, {"false", "no", "off", "f", "n", "0"}


def stop(name: str, expected: str) -> NoReturn:
    state = "is not usable" if os.environ.get(name) else "is missing"
    print(f"Environment variable {name} {state}: expected {expected}.", file=sys.stderr)
    raise SystemExit(EXIT_CODE)


def read(name: str, expected: str, parse: Callable[[str], Any] = str, **options: Any) -> Any:
    """The value of `name` as `parse` returns it, or `default` where that is given and the value is empty.

    What `parse` raises about a value stops the process; `expected` ends the sentence that it stops with.
    """
    value = os.environ.get(name)
    if not value and "default" in options:
        return options["default"]
    if not value:
        stop(name, expected)
    try:
        return parse(value)
    except (ValueError, LookupError, OSError):
        stop(name, expected)


def local_values(path: Path) -> dict[str, str]:
    """What the file says that `make run` writes: NAME=value on each line, quoted as a shell would read it."""
    words = shlex.split(path.read_text(), comments=True) if path.exists() else []
    return dict(word.split("=", 1) for word in words)


def read_local_file(path: Path) -> None:
    """Fill the environment from the file that `make run` writes, unless it is configured otherwise."""
    if not any(name in os.environ for name in PRODUCTION_NAMES):
        os.environ.update(local_values(path) | os.environ)


def database(name: str) -> dict[str, Any]:
    """Django's settings for the database at the address in `name`."""
    expected = "postgres://user:password@host:5432/name or sqlite:////path/to/file"
    settings = read(name, expected, dj_database_url.parse)
    engine = settings["ENGINE"].rsplit(".", 1)[-1]
    # To open SQLite anew is to read its whole schema: 3 ms of each request.
    settings.update(CONN_MAX_AGE=60)
    if engine == "sqlite3":
        settings.setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
    elif engine == "postgresql":
        settings.update(CONN_HEALTH_CHECKS=True)
        # A server that has gone without a word is noticed before a probe, or the alarm, gives up.
        settings.setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)
        # To compile the counts of the desk takes PostgreSQL a minute, and to answer them a tenth of a second.
        settings["OPTIONS"].setdefault("options", "-c jit=off")
    else:
        stop(name, expected)
    return settings


def celery_broker(redis_url: str) -> str:
    """Celery's address of the same Redis: it spells sockets, and the database number, in its own way."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"


def email(name: str, **options: Any) -> dict[str, Any]:
    """Django's EMAIL_ settings for the address in `name`, or `default`."""
    expected = "submission://user:password@host:587, smtp://host:25 or file:////path/to/folder"
    settings = read(name, expected, dj_email_url.parse, **options)
    if os.environ.get(name) and "EMAIL_BACKEND" not in settings:
        stop(name, expected)
    return settings


def start_sentry(name: str) -> None:
    """Report errors to Sentry where an address is given; its library is installed only where it is used."""
    address = os.environ.get(name)
    if not address:
        return
    expected = "the address of a Sentry project, with the package sentry-sdk installed, or nothing"
    try:
        import sentry_sdk
    except ImportError:
        stop(name, expected)
    try:
        sentry_sdk.init(dsn=address)
    except ValueError:
        stop(name, expected)


# What `read` may parse a value with: each returns what the settings hold, or raises.


def truth(value: str) -> bool:
    if value.lower() not in YES | NO:
        raise ValueError(value)
    return value.lower() in YES


def names(value: str) -> list[str]:
    """The words between commas; at least one."""
    found = [word.strip() for word in value.split(",") if word.strip()]
    if not found:
        raise ValueError(value)
    return found


def positive(value: str) -> int:
    if int(value) < 1:
        raise ValueError(value)
    return int(value)


def host_address(value: str) -> str:
    """An IP address; of a proxy that comes by a socket in a folder, ``localhost``."""
    return value if value == "localhost" else str(ip_address(value))


def web_address(value: str) -> str:
    """The address of a site, without a slash at its end."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(value)
    return value.rstrip("/")


def contact(value: str) -> str:
    if not value.startswith(("mailto:", "https://")) or not value.isprintable() or " " in value:
        raise ValueError(value)
    return value


def redis_address(value: str) -> str:
    parts = urlsplit(value)
    is_socket = parts.scheme == "unix" and parts.path.startswith("/")
    is_server = parts.scheme in {"redis", "rediss"} and parts.hostname
    if not (is_socket or is_server):
        raise ValueError(value)
    return value


def time_zone(value: str) -> str:
    return ZoneInfo(value).key


def mailbox(value: str) -> str:
    name, _, domain = parseaddr(value)[1].partition("@")
    if not name or not domain:
        raise ValueError(value)
    return value


def mailboxes(value: str) -> list[str]:
    return [mailbox(each) for each in names(value)]


def long_secret(value: str) -> str:
    if len(value) < 50 or len(set(value)) < 5:
        raise ValueError("too short")
    return value
