"""The broker forgets everything and is restarted, ten times while the digests go out."""

import redis

from tests.faults.mailbox import repeats
from tests.faults.world import World
from tracker.mail.models import Delivery
from tracker.tasks import plan_follow_ups

TIMES = 10


def run(world: World) -> None:
    world.populate()
    people = world.options.people
    world.sink.dawdle(before_keeping=0.005)
    world.start_worker(concurrency=2)
    world.wake(plan_follow_ups)
    lost_wake_ups = 0
    for number in range(1, TIMES + 1):
        wanted = people * number // (TIMES + 2)
        world.until(lambda wanted=wanted: world.sink.count() >= wanted, seconds=300)
        for _ in range(3):
            world.wake(plan_follow_ups)
            world.wake()
        with redis.Redis.from_url(world.valkey.url) as client:
            lost_wake_ups += client.llen("celery")
            client.flushall()
        world.valkey.kill()
        world.wake()  # while it is away
        world.valkey.start()
    world.figures.tell("restarts while mail waited", TIMES if Delivery.objects.unsent().exists() else "too late")
    world.figures.tell("wake-ups that waited in it and were lost", lost_wake_ups)
    world.until_all_is_sent()
    world.judge(world.addresses, allowed=0)
    world.figures.exactly("task taken up from the last broker", wake_up_is_heard(world), 1)


def wake_up_is_heard(world):
    """Whether the worker still listens: it may have gone on with one long task all the time."""
    Delivery.objects.filter(pk=Delivery.objects.first().pk).update(state=Delivery.State.QUEUED, sent_at=None)
    world.until_all_is_sent(seconds=60)
    return len(repeats(world.sink.received()))
