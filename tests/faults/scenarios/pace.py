"""How fast: digests of one item each, planned, then relayed, beside bare smtplib over one connection."""

import smtplib
import subprocess
import time
from os import cpu_count

from tests.faults.world import World
from tests.services.smtp import ReceivedMail
from tests.services.worker import WorkerProcess
from tracker.mail.models import Delivery

LEAST_SHARE = 0.25  # of the messages that bare smtplib brings to the same server in the same time


def run(world: World) -> None:
    count = world.options.digests
    world.populate(people=count, commitments=count)
    deliveries = world.plan()
    alone, _used, received = seconds_of_a_worker(world, processes=1)
    world.figures.exactly("digests received", len(received), len(deliveries))
    world.figures.tell("seconds with one process", alone)
    Delivery.objects.update(state=Delivery.State.QUEUED, sent_at=None, attempts=0)
    world.sink.forget()
    processes = cpu_count() or 1
    seconds, used, received = seconds_of_a_worker(world, processes)
    world.figures.exactly("digests received again", len(received), len(deliveries))
    world.figures.tell(f"seconds with a worker as it comes, {processes} processes", seconds)
    cpu_before = time.process_time()
    raw = seconds_of_smtplib(world.sink.address(), received)
    raw_cpu = time.process_time() - cpu_before
    world.figures.tell("bytes of a message", sum(len(mail.content) for mail in received) // len(received))
    world.figures.tell("messages a second", len(received) / seconds)
    world.figures.tell("messages a second of bare smtplib, the same bytes", len(received) / raw)
    # On a busy machine only these two can be compared.
    world.figures.tell("CPU seconds of the worker", used)
    world.figures.tell("CPU seconds of bare smtplib", raw_cpu)
    world.figures.at_least("share of the pace of bare smtplib, one process", raw / alone, LEAST_SHARE)
    world.figures.at_least("share of the pace of bare smtplib", raw / seconds, LEAST_SHARE)


def seconds_of_a_worker(world: World, processes: int) -> tuple[float, int, list[ReceivedMail]]:
    """Have all that waits sent by a worker of so many processes: its seconds, their CPU seconds, what came."""
    worker = world.start_worker(processes)
    started, used = time.monotonic(), cpu_seconds(worker)
    world.until_all_is_sent(seconds=600)
    received = world.sink.received()
    used = cpu_seconds(worker) - used
    worker.kill()
    return received[-1].received_at - started, used, received


def cpu_seconds(worker: WorkerProcess) -> int:
    """Of the worker and its children, which are one session."""
    told = subprocess.run(["ps", "-o", "time=", "-s", str(worker.pid)], capture_output=True, text=True).stdout
    clocks = [line.strip().replace("-", ":").split(":") for line in told.splitlines()]
    units = (1, 60, 3600, 86400)
    return sum(int(value) * unit for clock in clocks for value, unit in zip(reversed(clock), units, strict=False))


def seconds_of_smtplib(address: str, received: list[ReceivedMail]) -> float:
    """The same bytes once more, over one connection."""
    host, _, port = address.removeprefix("smtp://").partition(":")
    with smtplib.SMTP(host, int(port)) as client:
        started = time.monotonic()
        for mail in received:
            client.sendmail(mail.sender, mail.recipients, mail.content)
        return time.monotonic() - started
