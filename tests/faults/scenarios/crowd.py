"""Five planners and five relays at once through a virtual day, over many time zones; and one task a hundred times."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agreements.models import Person
from meetings.models import FollowUpPolicy, Reminder
from tests.faults.mailbox import message_id
from tests.faults.planners import plan_at, planners
from tests.faults.world import World
from tests.services import database
from tracker.tasks import plan_follow_ups

PEERS = 5
SHARE_OF_PEOPLE = 5  # everybody is planned for 1,440 times
START = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)  # a Tuesday
STEP = timedelta(minutes=5)
SEND_HOUR = 8
DELIVERIES_OF_A_TASK = 100
AGES = "1000000"  # seconds: virtual time runs past any lease, and nobody dies here
ZONES = (
    "Pacific/Kiritimati", "Australia/Lord_Howe", "Asia/Shanghai", "Asia/Kathmandu", "Asia/Karachi", "Asia/Riyadh",
    "Europe/Paris", "Africa/Accra", "America/St_Johns", "America/New_York", "America/Los_Angeles", "Pacific/Pago_Pago",
)  # fmt: skip


def run(world: World) -> None:
    people = max(world.options.people // SHARE_OF_PEOPLE, len(ZONES))
    FollowUpPolicy.objects.update(days_after="1", then_every=1, rest_days=0)
    overdue: dict[str, Any] = {"today": START.date(), "days": range(-40, -1)}
    world.populate(people, people * 10 // 3, zones=ZONES, send_hour=SEND_HOUR, **overdue)
    clock = Clock(world.options.folder / "clock")
    clock.set(START)
    world.start_worker(concurrency=PEERS, FAULTS_CLOCK=str(clock.file), MAIL_LEASE_SECONDS=AGES)
    moments = [START + STEP * number for number in range(world.options.hours * 12 + 1)]

    for _ in range(DELIVERIES_OF_A_TASK):
        world.wake(plan_follow_ups)
        world.wake()
    world.until(lambda: Reminder.objects.exists(), seconds=60)
    world.until_all_is_sent()
    judge(world, moments[:1], f"each task {DELIVERIES_OF_A_TASK} times")

    with planners(PEERS, database.address()) as pool:
        for moment in moments:
            clock.set(moment)
            list(pool.map(plan_at, [moment] * PEERS))
            for _ in range(PEERS):
                world.wake()
            if moment.minute == 0:
                world.until_all_is_sent()
    world.until_all_is_sent()
    judge(world, moments, f"{world.options.hours} hours")


class Clock:
    """The moment that the workers take for the present."""

    def __init__(self, file):
        self.file = file

    def set(self, moment):
        fresh = self.file.with_suffix(".new")
        fresh.write_text(moment.isoformat())
        fresh.rename(self.file)


def judge(world, moments, words):
    expected = expected_mail(moments)
    days = Reminder.objects.values_list("delivery__message_id", "person__email", "day").distinct()
    meant = {message: (address, day) for message, address, day in days}
    received = world.sink.received()
    got = [meant[message_id(mail)] for mail in received]
    world.figures.tell(f"{words}: digests due", len(expected))
    world.figures.exactly(f"{words}: missing", len(expected - set(got)), 0)
    world.figures.exactly(f"{words}: uncalled for", len(set(got) - expected), 0)
    world.figures.exactly(f"{words}: repeated", len(got) - len(set(got)), 0)
    addressed = sum(mail.recipients == (address,) for mail, (address, _) in zip(received, got, strict=True))
    world.figures.exactly(f"{words}: to the wrong address", len(got) - addressed, 0)


def expected_mail(moments: list[datetime]) -> set[tuple[str, date]]:
    """Everybody, on each day on which their hour of mail has come at one of the moments."""
    days = {}
    for name in ZONES:
        local = [moment.astimezone(ZoneInfo(name)) for moment in moments]
        days[name] = {moment.date() for moment in local if moment.hour >= SEND_HOUR}
    people = Person.objects.values_list("email", "time_zone")
    return {(address, day) for address, zone in people for day in days[zone]}
