"""A worker is frozen in mid-send for longer than its lease, while another takes over; then it wakes up again."""

import signal
import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.faults.world import World
from tracker.mail.models import Delivery

TIMEOUT, LEASE = 1, 2
FAR = timedelta(days=30)
# The mail is released in as many parts as there are pauses. The other worker has done its part before the frozen one
# wakes up, and most often has taken over what that one was about to send.
SECONDS_OF_A_PART = 1.5
LONGEST_BEYOND = 4  # seconds after the lease


def run(world: World) -> None:
    world.populate()
    keys = [delivery.pk for delivery in world.plan()]
    Delivery.objects.update(not_before=timezone.now() + FAR)
    pauses = world.options.pauses
    parts = [keys[number::pauses] for number in range(pauses)]
    each = SECONDS_OF_A_PART * 2 / len(parts[0])
    world.sink.dawdle(before_recipient=each / 4, before_keeping=each / 4, before_250=each / 2)
    leases: dict[str, Any] = {"MAIL_SMTP_TIMEOUT": str(TIMEOUT), "MAIL_LEASE_SECONDS": str(LEASE)}
    workers = [world.start_worker(**leases) for _ in range(2)]
    moments = [pause(world, world.random.choice(workers), part) for part in parts]
    world.until_all_is_sent()
    world.judge_crashes("pause", [moment for moment in moments if moment])


def pause(world, worker, part):
    """Have a part sent and freeze a worker meanwhile; return when, None if it was sent by then."""
    deliveries = Delivery.objects.filter(pk__in=part)
    deliveries.update(not_before=timezone.now())
    before = world.sink.count()
    wake_both(world)
    world.sink.wait_until(before + 2, seconds=20)
    time.sleep(world.random.uniform(0, SECONDS_OF_A_PART / 2))
    worker.signal_group(signal.SIGSTOP)
    moment = time.monotonic()
    is_in_time = deliveries.unsent().exists()
    resume = moment + LEASE + world.random.uniform(0.1, LONGEST_BEYOND)
    while time.monotonic() < resume:
        wake_both(world)
        time.sleep(0.2)
    worker.signal_group(signal.SIGCONT)
    world.until(lambda: not deliveries.unsent().exists(), seconds=60)
    return moment if is_in_time else None


def wake_both(world):
    for _ in range(2):
        world.wake()
