"""What every scenario needs: a database of its own, real workers, and a mail server, all to be tampered with."""

import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from os import environ
from random import Random

import redis
from django.db import connection, connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from meetings.followups.planner import plan_digests
from meetings.models import Commitment
from tests.faults.figures import Figures
from tests.faults.mailbox import Repeat, count_by_moment, repeats
from tests.faults.records import DAYS, make_commitments, make_people
from tests.services import database
from tests.services.process import WatchedProcess
from tests.services.smtp_process import RemoteSink
from tests.services.valkey import Valkey
from tests.services.worker import WorkerProcess
from tracker.mail.models import Delivery
from tracker.tasks import relay_mail


class World:
    """`options` are those of the command line. Moments are those of ``time.monotonic()``."""

    def __init__(self, options: Namespace, figures: Figures, sink: RemoteSink, valkey: Valkey) -> None:
        self.options, self.figures, self.sink, self.valkey = options, figures, sink, valkey
        self.random = Random(f"{options.seed} {figures.scenario}")
        self.processes: list[WatchedProcess] = []
        self.addresses: set[str] = set()

    @property
    def today(self) -> date:
        return datetime.now(UTC).date()

    def populate(
        self,
        people: int | None = None,
        commitments: int | None = None,
        today: date | None = None,
        days: range = DAYS,
        **fields,
    ) -> list[Commitment]:
        """As many as the command line says, unless told otherwise; all are to be asked about now."""
        started = time.monotonic()
        asked = make_people(people or self.options.people, **fields)
        count = commitments or self.options.commitments
        made = make_commitments(asked, count, today or self.today, self.random, days)
        self.addresses = {person.email for person in asked}
        self.figures.tell(f"seconds to load {len(made)} commitments, {len(asked)} people", time.monotonic() - started)
        return made

    def plan(self) -> list[Delivery]:
        """Plan the digests of this moment; return their deliveries."""
        started = time.monotonic()
        plan_digests(timezone.now())
        deliveries = list(Delivery.objects.all())
        self.figures.tell(f"seconds to plan {len(deliveries)} digests", time.monotonic() - started)
        return deliveries

    def environment(self, **more: str) -> dict[str, str]:
        """With which another process sees this world."""
        return {**environ, "DATABASE_URL": database.address(), "EMAIL_URL": self.sink.address(), **more}

    def start_worker(self, concurrency: int = 1, **environment: str) -> WorkerProcess:
        worker = WorkerProcess(self.environment(**environment), concurrency)
        self.processes.append(worker)
        return worker

    def wake(self, task=relay_mail) -> None:
        """Put a wake-up in the queue; a broker that is away loses it, as it would that of beat."""
        with suppress(OperationalError, redis.RedisError, OSError):
            task.apply_async(retry=False)

    def until(self, is_so: Callable[[], bool], seconds: float, every: float = 1) -> None:
        """Wake a worker now and every so many seconds until `is_so`, as beat does every minute."""
        deadline = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > deadline:
                raise TimeoutError(f"still not so after {seconds} s; {self.states()}")
            self.wake()
            pause = time.monotonic() + every
            while time.monotonic() < pause and not is_so():
                time.sleep(0.02)

    def until_all_is_sent(self, seconds: float = 300) -> None:
        self.until(lambda: not Delivery.objects.unsent().exists(), seconds)

    def states(self) -> dict[str, int]:
        states = list(Delivery.objects.values_list("state", flat=True))
        return {state: states.count(state) for state in sorted(set(states))}

    def judge_crashes(self, name: str, moments: list[float], senders: int = 1) -> None:
        """Put to the figures whether everybody has their mail, and whether only what was on its way at one of these
        moments is repeated: one message at most for each of so many processes that were sending."""
        self.figures.tell(f"{name}s while mail waited", len(moments))
        repeated = self.judge(self.addresses, allowed=len(moments) * senders)
        counts = count_by_moment(moments, repeated)
        self.figures.at_most(f"repeats of one {name}, at most", max(counts, default=0), senders)
        self.figures.exactly(f"repeats that no {name} explains", len(repeated) - sum(counts), 0)

    def judge(self, addresses: set[str], allowed: int) -> list[Repeat]:
        """Put to the figures whether each address has its one message, and return what came twice."""
        received = self.sink.received()
        repeated = repeats(received)
        missing = addresses - {mail.recipients[0] for mail in received}
        self.figures.exactly("lost", len(missing), 0)
        self.figures.at_most("repeated", len(repeated), allowed)
        self.figures.exactly("repeats with another Message-ID", sum(not again.has_same_id for again in repeated), 0)
        return repeated

    def end(self) -> None:
        for process in self.processes:
            process.kill()


@contextmanager
def a_world(options: Namespace, figures: Figures, sink: RemoteSink, valkey: Valkey):
    """An empty world for one scenario; nothing of it is left afterwards."""
    with redis.Redis.from_url(valkey.url) as client:
        client.flushall()
    sink.forget()
    with database.copied_database(options.folder, options.folder, figures.scenario):
        world = World(options, figures, sink, valkey)
        try:
            yield world
        except Exception:
            for process in world.processes[-3:]:
                print("".join(process.lines[-30:]), flush=True)
            raise
        finally:
            world.end()
            connections.close_all()
            connection.close()
