"""Records for the tests of weekly sheets: forums with a coordinator, commitments of theirs, questions and answers."""

from datetime import timedelta

from meetings.followups import answers, planner, sheets
from meetings.models import Coordinator, Notice, ProgressUpdate
from tests.factories import make_forum, make_meeting
from tests.meetings.followups.asking import NOON, make_due, make_focal_person
from tracker.mail.models import Delivery


def make_coordinator(name="farah", forum=None, deputy=None, **fields):
    person = make_focal_person(name, **fields)
    Coordinator.objects.create(person=person, forum=forum, deputy=deputy)
    return person


def make_kept_forum(name="farah", abbreviation="JEC", **fields):
    """A forum with a coordinator of this name: the two of them."""
    forum = make_forum(name="Joint Economic Commission", abbreviation=abbreviation)
    return forum, make_coordinator(name, forum, **fields)


def make_owed(forum, *people, **fields):
    """A published commitment of a forum, three days overdue unless told otherwise, with these people in charge."""
    return make_due(*people, **{"days": -3, "meeting": make_meeting(forum=forum), **fields})


def ask(now=NOON - timedelta(days=5)):
    """Ask whoever is to be asked at that moment, and send it."""
    planner.plan(now)
    Delivery.objects.filter(kind=planner.KIND).unsent().update(state=Delivery.State.SENT, sent_at=now)


def answer(commitment, kind, state="in_review", **fields):
    """The answer to the latest question about a commitment, given at noon."""
    notice = Notice.objects.filter(commitment=commitment).latest("day", "pk")
    update = answers.record(notice, {"answer": kind, **fields}, notice.day)
    update.state = state
    update.save()
    ProgressUpdate.objects.filter(pk=update.pk).update(created_at=NOON)
    return update


def planned(now=NOON, day=None):
    """What is planned: {"farah": [forum or None]}."""
    found = {}
    for sheet in sheets.plan(now, day):
        found.setdefault(sheet.person.name, []).append(sheet.forum_id)
    return found


def letter(now=NOON, **which):
    delivery = Delivery.objects.get(kind=sheets.KIND, **which)
    return sheets.Letters([delivery], now).write(delivery)


def html(message):
    ((content, kind),) = [(part.content, part.mimetype) for part in message.alternatives]
    assert kind == "text/html"
    return content
