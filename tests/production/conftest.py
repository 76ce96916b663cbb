"""The product as it stands in production: nginx with the shipped configuration, the web server behind it, TLS."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.services.nginx import HOST, Nginx, production_web_server
from tests.services.process import ROOT
from tests.services.smtp import free_port


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the processes write, with the static files in it."""
    var = tmp_path_factory.mktemp("var")
    names = ("SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "REDIS_URL", "DATABASE_URL")
    environment = {name: os.environ[name] for name in names} | {"TRACKER_VAR": str(var), "PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return var


@pytest.fixture
def nginx(tmp_path: Path, collected: Path) -> Iterator[Nginx]:
    """It serves, with nothing behind it yet."""
    server = Nginx(tmp_path, free_port(), free_port())
    server.static = collected / "static"
    server.start()
    yield server
    server.stop()


@pytest.fixture
def production(nginx: Nginx, collected: Path, process_environment: dict[str, str]) -> Iterator[SimpleNamespace]:
    """`nginx` and the web server behind it, which sees this test's database."""
    settings = {
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": nginx.site_url,
        "TRUSTED_PROXY": "localhost",
        "TRACKER_VAR": str(collected),
    }
    with production_web_server(nginx, process_environment | settings) as web:
        yield SimpleNamespace(nginx=nginx, web=web)
