"""The worker is killed, again and again, at random moments while the digests go out."""

import signal
import time
from typing import Any

from tests.faults.world import World
from tests.services.worker import WorkerProcess
from tracker.mail.models import Delivery

SHORT_LEASES: dict[str, Any] = {"MAIL_LEASE_SECONDS": "2", "MAIL_SMTP_TIMEOUT": "1"}
# Long enough that kills fall before, within and after the moment at which the server takes the message.
PAUSES = {"before_recipient": 0.001, "before_354": 0.001, "before_keeping": 0.002, "before_250": 0.002}
SECONDS_OF_A_MESSAGE = 0.015
# In each worker. Each has one message on its way at most: a kill may repeat as many.
SENDERS = 2
LONGEST_WAIT = 5


def run(world: World) -> None:
    world.populate()
    deliveries = world.plan()
    world.sink.dawdle(**PAUSES)
    kills = [moment for moment in kill_often(world, world.options.kills) if moment]
    world.start_worker(SENDERS, **SHORT_LEASES)
    world.until_all_is_sent()
    world.figures.exactly("sent, by the database", world.states().get(Delivery.State.SENT, 0), len(deliveries))
    world.judge_crashes("kill", kills, SENDERS)


def kill_often(world, times):
    """Yield the moment of each kill; None where no mail was left to be sent."""
    for left in range(times, 0, -1):
        waiting = Delivery.objects.unsent().count()
        for _ in range(SENDERS):
            world.wake()
        worker = world.start_worker(SENDERS, **SHORT_LEASES)
        wait_for_a_random_moment(world, worker, 2 * waiting // left)
        worker.signal_group(signal.SIGKILL)
        moment = time.monotonic()
        worker.kill()
        world.processes.remove(worker)
        yield moment if Delivery.objects.unsent().exists() else None


def wait_for_a_random_moment(world: World, worker: WorkerProcess, most: int) -> None:
    """After some of the next messages, but at most so many, and anywhere within the next."""
    wanted = world.sink.count() + world.random.randint(0, most)
    world.sink.wait_until(wanted, seconds=LONGEST_WAIT)
    time.sleep(world.random.uniform(0, SECONDS_OF_A_MESSAGE))
