"""How fast: digests of one item each, planned, then relayed by one worker process, beside bare smtplib."""

import smtplib
import time

from tests.faults.world import World
from tests.services.smtp import ReceivedMail

LEAST_SHARE = 0.25  # of the messages that bare smtplib brings to the same server in the same time


def run(world: World) -> None:
    count = world.options.digests
    world.populate(people=count, commitments=count)
    deliveries = world.plan()
    world.start_worker()
    started = time.monotonic()
    world.until_all_is_sent(seconds=600)
    received = world.sink.received()
    seconds = received[-1].received_at - started
    world.figures.exactly("digests received", len(received), len(deliveries))
    world.figures.tell("seconds to relay them with one worker process", seconds)
    raw = seconds_of_smtplib(world.sink.address(), received)
    world.figures.tell("bytes of a message", sum(len(mail.content) for mail in received) // len(received))
    world.figures.tell("messages a second", len(received) / seconds)
    world.figures.tell("messages a second of bare smtplib, the same bytes", len(received) / raw)
    world.figures.at_least("share of the pace of bare smtplib", raw / seconds, LEAST_SHARE)


def seconds_of_smtplib(address: str, received: list[ReceivedMail]) -> float:
    """The same bytes once more, over one connection."""
    host, _, port = address.removeprefix("smtp://").partition(":")
    with smtplib.SMTP(host, int(port)) as client:
        started = time.monotonic()
        for mail in received:
            client.sendmail(mail.sender, mail.recipients, mail.content)
        return time.monotonic() - started
