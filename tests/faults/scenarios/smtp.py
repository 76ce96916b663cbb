"""The mail server is busy, suspicious, away, slow to death, and at times drops the line when it should say yes."""

import time
from itertools import pairwise

from django.utils import timezone

from agreements.models import Person
from tests.faults.world import World
from tests.services.smtp import Fault, ReceivedMail
from tracker.mail.models import Delivery

TIMEOUT, LEASE = 2, 4
SLACK = 1.5  # to connect again, and to be woken
SHARE_REFUSED, SHARE_BUSY, SHARE_DROPPED = 0.05, 0.30, 0.02
HANGS = 10  # each costs the length of a timeout
SECONDS_AWAY = 3


def run(world: World) -> None:
    world.populate()
    world.plan()
    addresses = sorted(world.addresses)
    world.random.shuffle(addresses)
    refused = set(addresses[: int(len(addresses) * SHARE_REFUSED)])
    taken = [address for address in addresses if address not in refused]
    make_trouble(world, refused, taken)
    world.start_worker(MAIL_SMTP_TIMEOUT=str(TIMEOUT), MAIL_LEASE_SECONDS=str(LEASE))
    rounds = send_in_rounds(world)

    given_up_on = Person.objects.filter(reminders__delivery__state=Delivery.State.DEAD)
    given_up = set(given_up_on.values_list("email", flat=True))
    world.figures.tell("rounds (between them, pauses are cut short by hand)", len(rounds))
    world.figures.tell("refused with 5xx", len(refused))
    world.figures.exactly("refused with 5xx and not abandoned, or the reverse", len(refused ^ given_up), 0)
    uncertain = sum(not mail.is_answered for mail in world.sink.received())
    repeated = world.judge(set(taken), allowed=uncertain)
    unasked = sum(repeat.before.is_answered for repeat in repeated)
    world.figures.exactly("repeats of what the server had said 250 to", unasked, 0)
    world.figures.tell("left unanswered by the server (hung, dropped)", uncertain)
    judge_gaps(world, rounds)


def make_trouble(world, refused, taken):
    """Everybody is greylisted at first, many then meet a busy server, a few something worse."""
    for address in refused:
        world.sink.refuse(address)
    hangs = set(taken[:HANGS])
    drops = set(taken[HANGS : HANGS + int(len(taken) * SHARE_DROPPED)])
    for address in taken:
        faults = [Fault.GREYLIST]
        while world.random.random() < SHARE_BUSY:
            faults.append(Fault.BUSY)
        faults += [Fault.HANG] * (address in hangs) + [Fault.DROP] * (address in drops)
        world.sink.trouble(address, *faults)


def send_in_rounds(world: World) -> list[tuple[float, float]]:
    """Return when each round began and ended: all that may be sent was tried once. The server is away in the third."""
    rounds = []
    while Delivery.objects.unsent().exists():
        Delivery.objects.unsent().update(not_before=timezone.now())
        if len(rounds) == 2:
            leave_for_a_while(world)
        started = time.monotonic()
        world.until(lambda: not Delivery.objects.waiting(timezone.now()).exists() and is_quiet(), seconds=600)
        rounds.append((started, time.monotonic()))
        if len(rounds) > 60:
            raise TimeoutError(f"no end after {len(rounds)} rounds; {world.states()}")
    return rounds


def is_quiet():
    return not Delivery.objects.filter(leased_until__gt=timezone.now()).exists()


def leave_for_a_while(world):
    world.sink.go_away()
    world.wake()
    time.sleep(SECONDS_AWAY)
    world.sink.come_back()


def judge_gaps(world: World, rounds: list[tuple[float, float]]) -> None:
    """Within a round, mail waits: whatever goes wrong with one message, the next is there within the timeout."""
    received = sorted(world.sink.received(), key=lambda mail: mail.received_at)
    longest = longest_accepted = 0.0
    for started, ended in rounds:
        inside = [mail for mail in received if started <= mail.received_at <= ended]
        longest = max([longest, *gaps(inside)])
        longest_accepted = max([longest_accepted, *gaps([mail for mail in inside if mail.is_answered])])
    world.figures.at_most("longest hold-up by one message, in seconds", round(longest, 2), TIMEOUT + SLACK)
    world.figures.tell("longest time between two accepted, in seconds", round(longest_accepted, 2))


def gaps(received: list[ReceivedMail]) -> list[float]:
    moments = [mail.received_at for mail in received]
    return [later - earlier for earlier, later in pairwise(moments)]
