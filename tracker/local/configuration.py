"""The environment of a local installation: kept in var/local.env, so that `manage.py` finds it too."""

import os
import secrets
import shlex
import tempfile
from contextlib import suppress
from pathlib import Path

from tracker.environment import local_values

ROOT = Path(__file__).resolve().parent.parent.parent
# Systems allow a little over 100 bytes for the path of a socket.
LONGEST_SOCKET_PATH = 100


def var_folder() -> Path:
    """The folder that holds everything local, for nobody else's eyes."""
    folder = Path(os.environ.get("TRACKER_VAR") or ROOT / "var").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def socket_path(var: Path) -> Path:
    """Where Valkey listens. Outside `var` if its path is too long; then in a private folder made now."""
    inside = var / "valkey.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    return Path(tempfile.mkdtemp(prefix="tracker-", dir="/tmp")) / "valkey.sock"


def remove_socket(socket: Path, var: Path) -> None:
    socket.unlink(missing_ok=True)
    if socket.parent != var:
        with suppress(OSError):
            socket.parent.rmdir()


def write_configuration(var: Path, port: int, socket: Path) -> dict[str, str]:
    """Write var/local.env, keeping the secret of an earlier one; returns what it says."""
    file = var / "local.env"
    values = {
        "TRACKER_LOCAL": "true",
        "TRACKER_VAR": str(var),
        "SECRET_KEY": local_values(file).get("SECRET_KEY") or secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": f"http://localhost:{port}",
        "DATABASE_URL": f"sqlite:///{var / 'tracker.sqlite3'}",
        "REDIS_URL": f"unix://{socket}",
        "EMAIL_URL": f"file:///{var / 'mail'}",
        "DEFAULT_FROM_EMAIL": "Digital Cooperation Tracker <tracker@localhost.example>",
    }
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        os.fchmod(stream.fileno(), 0o600)
        stream.writelines(f"{name}={shlex.quote(value)}\n" for name, value in values.items())
    return values
