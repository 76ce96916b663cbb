"""A worker is frozen in mid-send for longer than its lease, while another goes on; then it wakes up again."""

import signal
import time

from tests.faults.mailbox import count_since
from tests.faults.world import World
from tracker.mail.models import Delivery

TIMEOUT, LEASE = 1, 2
# Slow enough that the one who goes on leaves something to be done after the last pause.
SECONDS_OF_ALL_MAIL = 8  # for each pause
LONGEST_BEYOND = 5  # seconds after the lease: by then the other one has often taken the message up


def run(world: World) -> None:
    world.populate()
    world.plan()
    people, pauses = world.options.people, world.options.pauses
    each = SECONDS_OF_ALL_MAIL * pauses / people
    world.sink.dawdle(before_recipient=each / 4, before_keeping=each / 4, before_250=each / 2)
    leases = {"MAIL_SMTP_TIMEOUT": str(TIMEOUT), "MAIL_LEASE_SECONDS": str(LEASE)}
    workers = [world.start_worker(**leases) for _ in range(2)]
    moments = [pause(world, world.random.choice(workers), each) for _ in range(pauses)]
    in_time = [moment for moment in moments if moment]
    world.figures.tell("pauses while mail waited", len(in_time))
    world.until_all_is_sent()
    repeated = world.judge(world.addresses, allowed=len(in_time))
    world.figures.at_most("repeats of one pause, at most", max(count_since(in_time, repeated), default=0), 1)


def pause(world, worker, each):
    """Freeze a worker that is at work, at a random moment; return when, None if no mail was left by then."""
    before = world.sink.count()
    world.until(lambda: world.sink.count() >= before + 2 or not Delivery.objects.unsent().exists(), seconds=20)
    time.sleep(world.random.uniform(0, 2 * each))
    worker.signal_group(signal.SIGSTOP)
    moment = time.monotonic()
    resume = moment + LEASE + world.random.uniform(0.1, LONGEST_BEYOND)
    while time.monotonic() < resume:
        world.wake()
        time.sleep(0.2)
    is_in_time = Delivery.objects.unsent().exists()
    worker.signal_group(signal.SIGCONT)
    return moment if is_in_time else None
