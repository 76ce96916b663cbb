"""The units of systemd are sound, start what is there, and may do no more than they need."""

import re
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.services.process import ROOT, WatchedProcess

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze: install systemd"),
]

SHIPPED = ROOT / "deploy" / "systemd"
UNITS = sorted(path.name for path in SHIPPED.iterdir() if path.is_file())
SERVICES = [name for name in UNITS if name.endswith(".service")]
MOST_EXPOSED = 20  # tenths, of systemd's own ten; a service without any of the limits has 96


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A copy in which the code stands where it stands here."""
    folder = tmp_path / "units"
    shutil.copytree(SHIPPED, folder)
    for path in folder.rglob("*.*"):
        if path.is_file():
            path.write_text(path.read_text().replace("/srv/tracker/current", str(ROOT)))
    return folder


def analyze(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "SYSTEMD_UNIT_PATH": f"{folder}:"}
    return subprocess.run(["systemd-analyze", *arguments], env=environment, capture_output=True, text=True)


def test_units_when_verified_are_clean(units):
    result = analyze(units, "verify", "--man=no", *(str(units / name) for name in UNITS))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_unit_with_a_mistake_is_found(units):
    path = units / "tracker-beat.service"
    path.write_text(path.read_text().replace("Restart=always", "Restart=perhaps"))
    assert "perhaps" in analyze(units, "verify", "--man=no", str(path)).stderr


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_exposed_to_little(units, name):
    result = analyze(units, "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(units / name))
    assert result.returncode == 0, result.stdout[-500:]


def test_services_start_programs_of_the_virtual_environment_and_the_long_ones_again():
    for name in SERVICES:
        text = (SHIPPED / name).read_text()
        (program,) = re.findall(r"^ExecStart=/srv/tracker/current/.venv/bin/(\w+) ", text, re.MULTILINE)
        assert (ROOT / ".venv" / "bin" / program).exists() or shutil.which(program), program
        assert ("Type=oneshot" in text) != ("Restart=always" in text), name


def test_web_server_when_its_socket_is_asked_starts_and_answers(process_environment, tmp_path):
    (line,) = re.findall(r"^ExecStart=\S+ (.*)$", (SHIPPED / "tracker-web.service").read_text(), re.MULTILINE)
    place = tmp_path / "web.sock"
    names = [argument for name in process_environment for argument in ("-E", name)]
    program = [sys.executable, *line.replace("${WEB_CONCURRENCY}", "1").split()]
    server = WatchedProcess(["systemd-socket-activate", "-l", str(place), *names, *program], process_environment)
    try:
        server.wait_for("Listening on")
        with closing(UnixConnection(place)) as connection:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            assert connection.getresponse().read().startswith(b"ok\n")
    finally:
        server.kill()


class UnixConnection(HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def test_guide_enables_every_unit_that_is_to_run():
    guide = (ROOT / "docs" / "production.md").read_text()
    enabled = set(re.findall(r"tracker-\w+\.\w+", " ".join(re.findall(r"enable --now (.*)", guide))))
    assert enabled == {name for name in UNITS if "[Install]" in (SHIPPED / name).read_text()}
