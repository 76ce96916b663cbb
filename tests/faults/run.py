"""The scenarios on one database, which the environment names; its own Valkey and mail server beside it."""

import os
import signal
import sys
import tempfile
import time
import traceback
from argparse import Namespace
from importlib import import_module
from pathlib import Path

from tests.faults.figures import Figures, write
from tests.faults.options import parse
from tests.services.smtp import free_port
from tests.services.smtp_process import smtp_sink_process
from tests.services.valkey import throwaway_valkey


def main(arguments: list[str]) -> int:
    # A request to end must take the servers along, also where a shell in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    options = parse(arguments)
    found = []
    with tempfile.TemporaryDirectory(prefix="faults-", dir="/tmp") as folder:
        options.folder = Path(folder)
        configure(options)
        with throwaway_valkey(os.environ["REDIS_URL"]) as valkey, smtp_sink_process() as sink:
            for name in options.names:
                found += run(name, options, sink, valkey)
    if options.results:
        write(found, options.results)
    return 0 if all(figure.is_met for figure in found) else 1


def configure(options: Namespace) -> None:
    """Before anything of Django is imported: the environment of this process and of those it starts."""
    import django

    folder = options.folder
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'unused.sqlite3'}")
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tests.faults.settings",
        TRACKER_VAR=str(folder),
        SECRET_KEY="only-for-tests-and-longer-than-fifty-characters-0123456789",
        ALLOWED_HOSTS="localhost",
        SITE_URL=f"http://localhost:{free_port()}",
        REDIS_URL=f"unix://{folder / 'vk' / 'valkey.sock'}",
        EMAIL_URL="dummy://",
        DEFAULT_FROM_EMAIL="Digital Cooperation Tracker <tracker@example.org>",
        TIME_ZONE="UTC",
        DJANGO_ALLOW_ASYNC_UNSAFE="true",  # the browser keeps an event loop in the thread
    )
    django.setup()


def run(name, options, sink, valkey):
    from tests.faults.world import a_world

    figures = Figures(name, options.on)
    started = time.monotonic()
    try:
        with a_world(options, figures, sink, valkey) as world:
            import_module(f"tests.faults.scenarios.{name}").run(world)
    except Exception as error:
        traceback.print_exc()
        figures.failed(error)
    figures.tell("seconds in all", time.monotonic() - started)
    return figures.found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
