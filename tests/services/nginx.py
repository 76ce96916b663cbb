"""The machine's own nginx, with the configuration that is shipped, before the product's web server.

Of `deploy/nginx.conf` only places are changed: folders, ports, the name of the host. A place that is not found there
any more is an error.
"""

import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path

from tests.services.process import ROOT, WatchedProcess

HOST = "tracker.example.org"
START_SECONDS = 20
CERTIFICATE = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]


def nginx_program() -> str | None:
    """Debian keeps it where only root's PATH leads."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Nginx:
    """Serves HTTPS for `HOST` at ``port`` of this machine, HTTP at ``plain_port``; ``web_socket`` leads behind it."""

    def __init__(self, folder: Path, port: int, plain_port: int) -> None:
        self.folder, self.port, self.plain_port = folder, port, plain_port
        self.static, self.logs, self.web_socket = folder / "static", folder / "log", folder / "web.sock"
        self._process: WatchedProcess | None = None

    @property
    def site_url(self) -> str:
        return f"https://{HOST}:{self.port}"

    def start(self) -> None:
        for name in ("static", "log", "tls", "temp"):
            (self.folder / name).mkdir(exist_ok=True)
        make_certificate(self.folder / "tls")
        configuration = self.folder / "nginx.conf"
        configuration.write_text(self._in_place((ROOT / "deploy" / "nginx.conf").read_text()))
        program = nginx_program()
        assert program, "tests without nginx are skipped at collection"
        command = [program, "-c", str(configuration), "-e", "stderr", "-g", "daemon off;"]
        self._process = WatchedProcess(command, {"PATH": "/usr/sbin:/usr/bin:/bin"})
        self._wait_until_it_listens()

    def signal(self, number: int) -> None:
        assert self._process is not None
        self._process.signal(number)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()

    def connect(self, source: str = "127.0.0.1", timeout: float = 30, name: str = HOST) -> ssl.SSLSocket:
        """A connection to ``name`` from an address of this machine, `127.x.y.z`, that believes in the certificate."""
        trust = ssl.create_default_context(cafile=self.folder / "tls" / "certificate.pem")
        plain = socket.create_connection(("127.0.0.1", self.port), timeout, source_address=(source, 0))
        try:
            return trust.wrap_socket(plain, server_hostname=name)
        except OSError:
            plain.close()
            raise

    def ask(
        self, method: str, path: str, body: bytes | None = None, source: str = "127.0.0.1", **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        """The answer and its body. Names of headers have _ in place of -."""
        connection = HTTPSConnection(HOST)
        connection.sock = self.connect(source)
        sent = {"Host": f"{HOST}:{self.port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    def log(self) -> str:
        """All that it has written down of requests and of itself."""
        return "".join(path.read_text() for path in sorted(self.logs.iterdir()))

    def _in_place(self, text: str) -> str:
        temporary = " ".join(
            f"{name}_temp_path {self.folder}/temp/{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        places = {
            # As whoever runs the tests, to whom alone their folders belong.
            "user www-data;": "user root;" if Path(self.folder).owner() == "root" else "",
            "pid /run/nginx.pid;": f"pid {self.folder}/nginx.pid;",
            "http {": f"http {{ {temporary}",
            "/var/log/nginx": str(self.logs),
            "/etc/tracker/tls": f"{self.folder}/tls",
            "unix:/run/tracker-web.sock": f"unix:{self.web_socket}",
            "/var/lib/tracker/static": str(self.static),
            "/srv/tracker/current/": f"{ROOT}/",
            "/var/www/acme": f"{self.folder}/acme",
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            f"https://{HOST}": self.site_url,
        }
        for shipped, here in places.items():
            if shipped not in text:
                raise RuntimeError(f"deploy/nginx.conf no longer says {shipped!r}")
            text = text.replace(shipped, here)
        return text

    def _wait_until_it_listens(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while True:
            with suppress(OSError):
                self.connect(timeout=2).close()
                return
            if self._process.ended or time.monotonic() > deadline:
                raise RuntimeError(f"nginx does not listen:\n{self._process.log}")
            time.sleep(0.05)


def make_certificate(folder: Path) -> None:
    """A self-made one for `HOST`, and its key."""
    name = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(["openssl", "req", *CERTIFICATE, *name, *files], check=True, capture_output=True)


@contextmanager
def production_web_server(nginx: Nginx, environment: dict[str, str]) -> Iterator[WatchedProcess]:
    """The product's web server, where this nginx looks for it."""
    command = [sys.executable, "-m", "tracker.web", "--bind", f"unix:{nginx.web_socket}"]
    server = WatchedProcess(command, environment)
    try:
        server.wait_for("Listening at")
        yield server
    finally:
        server.kill()
