"""While a digest is written and sent, what it says is changed: what was committed before the sending began is in it."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from meetings.models import Commitment, ProgressUpdate, Reminder
from tests.faults.mailbox import message_id
from tests.faults.world import World
from tests.services.smtp import ReceivedMail
from tracker.mail.models import Delivery

# The server is slow enough that changes fall into every part of the conversation.
PAUSES = {"before_recipient": 0.15, "before_354": 0.15, "before_keeping": 0.05}
TOGETHER = 4  # digests that are read at once, and sent one after the other: most changes fall in between
LATEST = 1.2  # seconds after the wake-up
# From the last look at the data until the server hears of the message, it is put into bytes.
HANDING_OVER = 0.1
MOVED_BY = timedelta(days=20)
NEW_STATE = "due in 20 days"
OVERDUE = range(-40, -1)
FAR = timedelta(days=30)


def run(world: World) -> None:
    count = world.options.races
    people = count * TOGETHER
    commitments = world.populate(people, 2 * people, days=OVERDUE, with_accounts=True)[:people]
    world.plan()
    now = timezone.now()
    Delivery.objects.update(not_before=now + FAR)
    world.sink.dawdle(**PAUSES)
    world.start_worker()
    warm_up(world, commitments.pop())
    races = [race(world, commitments[place : place + TOGETHER]) for place in range(0, len(commitments), TOGETHER)]
    Delivery.objects.unsent().update(not_before=timezone.now())
    world.until_all_is_sent()
    judge(world, races)


def warm_up(world, commitment):
    """The first digest of a worker takes longer than all that follow."""
    Delivery.objects.filter(reminders__commitment=commitment).update(not_before=timezone.now())
    world.wake()
    world.sink.wait_until(1, seconds=20)


def race(world, commitments: list[Commitment]) -> tuple[Reminder, str, float]:
    """Have some digests sent and change what one of them says meanwhile; return its reminder, what was done, and when
    that was complete."""
    commitment = world.random.choice(commitments)
    reminder = Reminder.objects.select_related("person__user", "commitment", "delivery").get(commitment=commitment)
    name, change = world.random.choice(list(CHANGES.items()))
    released = set(Reminder.objects.filter(commitment__in=commitments).values_list("delivery", flat=True))
    Delivery.objects.filter(pk__in=released).update(not_before=timezone.now())
    world.wake()
    time.sleep(world.random.uniform(0, LATEST))
    change(reminder, world.today)
    moment = time.monotonic()
    deadline = moment + 10
    while are_under_way(released) and time.monotonic() < deadline:
        time.sleep(0.01)
    return reminder, name, moment


def are_under_way(deliveries):
    return Delivery.objects.filter(pk__in=deliveries, not_before__lte=timezone.now()).unsent().exists()


def move(reminder, today):
    reminder.commitment.due = (today + MOVED_BY).isoformat()
    reminder.commitment.save()


def deactivate(reminder, today):
    reminder.person.user.is_active = False
    reminder.person.user.save()


def answer(reminder, today):
    ProgressUpdate.objects.create(
        commitment=reminder.commitment,
        reminder=reminder,
        answered_by=reminder.person,
        state=ProgressUpdate.State.IN_REVIEW,
        answer=ProgressUpdate.Answer.DONE,
        progress="complete",
        as_of=today.isoformat(),
    )


CHANGES: dict[str, Callable] = {"due date moved": move, "account closed": deactivate, "question answered": answer}


def is_old(name: str, reminder: Reminder, mail: ReceivedMail) -> bool:
    """Whether the mail says what was true before the change."""
    if name == "account closed":
        return True
    text = mail.message.get_body(("plain",)).get_content()
    mentions = re.search(rf"\b{reminder.commitment.reference}\b", text) is not None
    return mentions and not (name == "due date moved" and NEW_STATE in text)


def judge(world, races):
    mails = {message_id(mail): mail for mail in world.sink.received()}
    sent = [(race, mails[race[0].delivery.message_id]) for race in races if race[0].delivery.message_id in mails]
    later = [(race, mail) for race, mail in sent if mail.begun_at > race[2] + HANDING_OVER]
    for name in CHANGES:
        old = [is_old(name, reminder, mail) for (reminder, done, _), mail in later if done == name]
        world.figures.tell(f"{name} while a digest was on its way, times", sum(race[1] == name for race in races))
        world.figures.exactly(f"{name}: mail begun later that did not know it", sum(old), 0)
    world.figures.tell("mail begun before the change", len(sent) - len(later))
    world.figures.tell("mail begun after the change, which says the new state", len(later))
    world.figures.tell("no mail after the change", len(races) - len(sent))
