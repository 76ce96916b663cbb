"""The worker is killed, again and again, while the alerts of readers are planned and while they go out."""

import signal
import time

from tests.factories import make_agreement
from tests.faults.scenarios.kill import PAUSES, SENDERS, SHORT_LEASES, kill_often
from tests.faults.world import World
from tests.site.subscriptions.readers import make
from tracker.mail.models import Delivery
from tracker.records.models import DataVersion
from tracker.site.subscriptions.models import Alert, Subscription
from tracker.tasks import plan_alerts

CHANGES = 300
QUERIES = ("", "country=PAK", "country=CHN&country=PAK", "q=paper")
LANGUAGES = ("en", "ur", "zh-hans")
# In which all are planned, where nobody kills the worker: a kill falls anywhere within.
SECONDS_TO_PLAN = 4
KILLS_WHILE_PLANNING = 10


def run(world: World) -> None:
    readers = world.options.people
    for number in range(readers):
        make(f"r{number}@example.org", query=QUERIES[number % len(QUERIES)], language=LANGUAGES[number % 3])
    world.addresses = {f"r{number}@example.org" for number in range(readers)}
    for number in range(CHANGES):
        make_agreement(("CHN", "PAK"), title=f"Paper {number}")
    plan_and_be_killed(world, readers)
    world.figures.exactly("planned", Delivery.objects.count(), readers)
    world.sink.dawdle(**PAUSES)
    kills = [moment for moment in kill_often(world, world.options.kills) if moment]
    world.start_worker(SENDERS, **SHORT_LEASES)
    world.until_all_is_sent(600)
    world.figures.exactly("sent, by the database", world.states().get(Delivery.State.SENT, 0), readers)
    world.judge_crashes("kill", kills, SENDERS)
    behind = Subscription.objects.exclude(told_version=DataVersion.current()).count()
    world.figures.exactly("readers whose mark is not where they were told", behind, 0)
    world.figures.exactly("alerts beyond one for each", Alert.objects.count() - readers, 0)


def plan_and_be_killed(world: World, readers: int) -> None:
    world.sink.dawdle()
    for _kill in range(KILLS_WHILE_PLANNING):
        worker = world.start_worker(SENDERS, **SHORT_LEASES)
        # Two planners at once, in two processes.
        for _planner in range(2):
            world.wake(plan_alerts)
        time.sleep(world.random.uniform(0, SECONDS_TO_PLAN))
        worker.signal_group(signal.SIGKILL)
        worker.kill()
        world.processes.remove(worker)
    worker = world.start_worker(SENDERS, **SHORT_LEASES)
    deadline = time.monotonic() + 300
    while Delivery.objects.count() < readers and time.monotonic() < deadline:
        world.wake(plan_alerts)
        time.sleep(1)
    worker.signal_group(signal.SIGKILL)
    worker.kill()
    world.processes.remove(worker)
