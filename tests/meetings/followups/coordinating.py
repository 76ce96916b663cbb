"""Records for the tests of weekly sheets: forums with a coordinator, commitments of theirs, questions and answers."""

from datetime import timedelta

from meetings.followups import answers, digest, planner, sheet, sheet_mail
from meetings.models import Coordinator, ProgressUpdate, Reminder
from tests.factories import make_forum, make_meeting
from tests.meetings.followups.asking import NOON, make_due, make_focal_person
from tracker.mail.models import Delivery


def make_coordinator(name="farah", forum=None, deputy=None, **fields):
    person = make_focal_person(name, **fields)
    Coordinator.objects.create(person=person, forum=forum, deputy=deputy)
    return person


def make_coordinated_forum(name="farah", abbreviation="JEC", **fields):
    """A forum with a coordinator of this name: the two of them."""
    forum = make_forum(name="Joint Economic Commission", abbreviation=abbreviation)
    return forum, make_coordinator(name, forum, **fields)


def make_outstanding(forum, *people, **fields):
    """A published commitment of a forum, three days overdue unless told otherwise, with these people in charge."""
    if "meeting" not in fields:
        fields["meeting"] = make_meeting(forum=forum)
    return make_due(*people, **{"days": -3, **fields})


def ask(now=NOON - timedelta(days=5)):
    """Ask whoever is to be asked at that moment, and send it."""
    planner.plan_digests(now)
    Delivery.objects.filter(kind=digest.KIND).unsent().update(state=Delivery.State.SENT, sent_at=now)


def answer(commitment, kind, state="in_review", **fields):
    """The answer to the latest question about a commitment, given at noon."""
    reminder = Reminder.objects.filter(commitment=commitment).latest("day", "pk")
    update = answers.record(reminder, {"answer": kind, **fields}, reminder.day)
    update.state = state
    update.save()
    ProgressUpdate.objects.filter(pk=update.pk).update(created_at=NOON)
    return update


def planned(now=NOON, day=None):
    """What is planned: {"farah": [forum or None]}."""
    found = {}
    for each in planner.plan_sheets(now, day):
        found.setdefault(each.person.name, []).append(each.forum_id)
    return found


def letter(now=NOON, **which):
    delivery = Delivery.objects.get(kind=sheet.KIND, **which)
    return sheet_mail.SheetWriter([delivery], now).write(delivery)


def html(message):
    ((content, kind),) = [(part.content, part.mimetype) for part in message.alternatives]
    assert kind == "text/html"
    return content


def headings(message, is_counted=False):
    """The headings of a sheet's text part, with their number where ``is_counted``, and the titles under each."""
    found = {}
    for part in message.body.split("======== ")[1:]:
        heading, _, rest = part.partition(" ========\n")
        blocks = [block.strip().splitlines() for block in rest.split("\n\n") if "\nRecord" in block]
        found[heading if is_counted else heading.rpartition(" ")[0]] = [lines[0] for lines in blocks]
    return found
