"""What every test may ask for: real services, a real browser, a database that other processes can open."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection, connections
from django.utils import translation
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker, Settings

from tests.parts import PARTS, keep, may_hold, rank
from tests.services.browser import chromium_program, note_problems, running_chromium
from tests.services.database import copied_database
from tests.services.nginx import nginx_program
from tests.services.smtp import SmtpSink
from tests.services.valkey import throwaway_valkey
from tests.services.worker import WorkerProcess

CHROMIUM = chromium_program()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--part", choices=PARTS, help="run one part of the tests: see tests/parts.py")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    is_of_tests = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if is_of_tests and not may_hold(config.getoption("part"), collection_path) else None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        if "browser_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if "browser" in item.keywords and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="no Chromium on the PATH: install chromium"))
        if "nginx" in item.keywords and not (nginx_program() and shutil.which("openssl")):
            item.add_marker(pytest.mark.skip(reason="no nginx or no openssl: install nginx-light and openssl"))
    if part := config.getoption("part"):
        config.hook.pytest_deselected(items=keep(part, items))
    yield
    # After pytest-django has put those of each file in its order. The first process that is free takes the next file.
    items.sort(key=rank)


def pytest_collection_finish() -> None:
    """What is imported by now stays: to look through it again and again takes a tenth of a run's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A request in another language leaves it to the thread: the next test begins in English all the same."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """In place of pytest-django's: a copy of a database that was made once, on disk for SQLite too,
    because in memory no other process could see it."""
    with django_db_blocker.unblock(), copied_database(*database_place(request, tmp_path_factory)):
        yield


def database_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """Where templates are kept, where the copies of this process stand, and what tells them from those of others."""
    suffix = os.environ.get("PYTEST_XDIST_WORKER") or f"p{os.getpid()}"
    return request.config.cache.mkdir("database"), tmp_path_factory.mktemp("database"), suffix


@pytest.fixture(scope="module")
def starter_data(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """For the length of a module the database is another, which holds the starter data and may be written to."""
    cache, folder, suffix = database_place(request, tmp_path_factory)
    with django_db_blocker.unblock(), copied_database(cache, folder, f"{suffix}_starter", "starter"):
        yield


@pytest.fixture(scope="session")
def _valkey_url() -> Iterator[str]:
    with throwaway_valkey(django_settings.REDIS_URL):
        yield django_settings.REDIS_URL


@pytest.fixture(autouse=True)
def _language_of_the_site() -> Iterator[None]:
    """A request leaves its language behind in this thread, and with it the addresses of records."""
    yield
    translation.deactivate()


@pytest.fixture
def valkey(_valkey_url: str) -> str:
    """An empty Valkey; yields its address, which is also the REDIS_URL of the settings."""
    with redis.Redis.from_url(_valkey_url) as client:
        client.flushall()
    return _valkey_url


@pytest.fixture
def smtp_sink(settings: Settings) -> Iterator[SmtpSink]:
    """A real SMTP server, to which Django's own mail goes for the length of the test."""
    sink = SmtpSink()
    sink.start()
    # By the same fixture as the tests' own changes: undone in another order, they would stay for later tests.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    yield sink
    sink.stop()


@pytest.fixture
def process_environment(transactional_db: None, valkey: str) -> dict[str, str]:
    """The environment with which another process of the product sees this test's database and Valkey."""
    names = ("TRACKER_VAR", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL")
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "DATABASE_URL": _database_url(),
        "REDIS_URL": valkey,
        "EMAIL_URL": "dummy://",
    } | {name: os.environ[name] for name in names}


def _database_url() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    address, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{address.rpartition('/')[0]}/{name}?{query}"


@pytest.fixture
def celery_worker_process(
    process_environment: dict[str, str],
) -> Iterator[Callable[..., WorkerProcess]]:
    """Starts a real worker, `celery_worker_process(EMAIL_URL=smtp_sink.url)`; the test's end kills it."""
    workers: list[WorkerProcess] = []

    def start(*, concurrency: int = 1, **environment: str) -> WorkerProcess:
        workers.append(WorkerProcess(process_environment | environment, concurrency))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture(scope="module")
def _chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, in which Django would refuse to open its database. The
    # tests do nothing asynchronous, so the refusal is lifted for as long as the browser runs.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        assert CHROMIUM, "tests without Chromium are skipped at collection"
        # Django keeps its connections apart in the event loop and outside of it. None may outlive the change of
        # side: it would go on reading a copy of the database that has been dropped since.
        connections.close_all()
        with running_chromium(CHROMIUM) as browser:
            yield browser
            connections.close_all()


@pytest.fixture
def browser_page(_chromium: Browser, live_server) -> Iterator[Page]:
    """An empty tab whose relative addresses lead to `live_server`. A complaint in its console fails the test;
    a test that expects some empties `browser_page.problems`."""
    context = _chromium.new_context(base_url=live_server.url, locale="en-GB", accept_downloads=True)
    page = context.new_page()
    page.problems = note_problems(page)  # type: ignore[attr-defined]
    yield page
    context.close()
    assert page.problems == []  # type: ignore[attr-defined]
