"""The letters of a batch: the same as one by one, true to the last moment, and safe from what titles may hold."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.followups.digest import DigestWriter
from meetings.followups.planner import plan_digests
from meetings.models import Coordinator, FocalPoint, FollowUpHold, ProgressUpdate, Reminder
from tests.factories import make_forum, make_organisation
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person, make_limited_agreement
from tests.meetings.followups.mailing import after, change, give_answer, letter, mail_of_day, send_all
from tests.meetings.followups.reminders import make_reminder
from tracker.accounts.models import User
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

# A token holds the second in which it was signed.
TOKEN = re.compile(r"[\w-]+:[\w-]{6}:[\w-]{43}")

pytestmark = pytest.mark.django_db


def written(letters, delivery):
    """All of a letter, or why there is none."""
    try:
        message = letters.write(delivery)
    except Withdraw as reason:
        return str(reason)
    parts = [message.body, *(part.content for part in message.alternatives)]
    files = [(name, content) for name, content, _kind in message.attachments]
    return TOKEN.sub("TOKEN", repr((message.subject, message.to, message.extra_headers, parts, files)))


def make_variety(number):
    """People with every kind of line, whose letters tell of the same and of different records."""
    people = [make_focal_person(f"own {each}") for each in range(number)]
    boss, answered = make_focal_person("boss"), make_focal_person("answered")
    shared = make_due(*people, answered, days=-9, title="Shared")
    FocalPoint.objects.filter(commitment=shared).update(supervisor=boss)
    for each, person in enumerate(people):
        make_due(person, days=each, title=f"Of {each} alone")
        Coordinator.objects.create(person=person, forum=make_forum(f"of-{each}"))
        make_limited_agreement(title=f"Pact {each}", forum=make_forum())
    Coordinator.objects.create(person=boss)
    mail_of_day(0)
    give_answer(answered, "late", "withdrawn", question="Where?")
    plan_digests(after(7))


def test_letters_of_many_deliveries_are_the_same_as_one_by_one():
    make_variety(4)
    deliveries = list(Delivery.objects.unsent())
    together = DigestWriter(deliveries, after(7))
    found = {each.recipient: written(together, each) for each in deliveries}
    assert found == {each.recipient: written(DigestWriter([each], after(7)), each) for each in deliveries}
    assert len(found) == 6


def test_letters_of_an_older_and_a_newer_time_tell_each_who_was_asked():
    commitment = make_due(make_focal_person(), days=-9)
    supervisor = make_focal_person("supervisor")
    change(FocalPoint.objects.get(), supervisor=supervisor)
    mail_of_day(0)
    plan_digests(after(7))
    make_reminder(commitment, make_focal_person("other"), state="queued", role="supervisor", due_on=TODAY)
    standing = Delivery.objects.get(recipient=f"person:{supervisor.pk}")
    deliveries = list(Delivery.objects.unsent())
    for batch in (deliveries, deliveries[::-1]):
        assert "Asked: ayesha, on 23 November 2026" in DigestWriter(batch, after(7)).write(standing).body


def queries_of(number):
    for each in range(number):
        person = make_focal_person()
        make_due(person, days=each % 3)
        agreement = make_limited_agreement(forum=make_forum())
        Coordinator.objects.create(person=person, forum=agreement.forum)
    plan_digests(NOON)
    deliveries = list(Delivery.objects.unsent())
    with CaptureQueriesContext(connection) as queries:
        letters = DigestWriter(deliveries, NOON)
        for delivery in deliveries:
            letters.write(delivery)
    assert len(deliveries) == number
    return len(queries)


@pytest.mark.parametrize("number", [1, 30])
def test_letters_of_thirty_deliveries_take_as_many_queries_as_of_one(number):
    assert queries_of(number) == 21


# The last look


CHANGES = {
    "the commitment": lambda commitment, person: change(commitment, title="Another"),
    "its state": lambda commitment, person: change(commitment, state="withdrawn"),
    "its parties": lambda commitment, person: commitment.parties.create(organisation=make_organisation(), side="to"),
    "its meeting": lambda commitment, person: change(commitment.meeting, title="Another"),
    "its focal points": lambda commitment, person: change(commitment.focal_points.get(), ends=TODAY),
    "the person": lambda commitment, person: change(person, email="new@example.org"),
    "the person's wish": lambda commitment, person: change(person, unsubscribed_at=NOON),
    "an absence": lambda commitment, person: person.absences.create(starts=TODAY, ends=TODAY),
    "the account": lambda commitment, person: User.objects.filter(person=person).update(is_active=False),
    "the account's address": lambda commitment, person: User.objects.update(email="new@example.org"),
    "the account is gone": lambda commitment, person: User.objects.all().delete(),
    "an answer": lambda commitment, person: give_answer(person),
    "a hold": lambda commitment, person: FollowUpHold.objects.create(commitment=commitment),
    "a published report": lambda commitment, person: ProgressUpdate.objects.create(
        commitment=commitment, state="published", progress="limited", as_of="2026-11"
    ),
}


@pytest.mark.parametrize("edit", CHANGES.values(), ids=CHANGES)
def test_is_current_after_a_change_is_no_longer_true(edit):
    user = User.objects.create(username="ayesha", email="account@example.org")
    person = make_focal_person(user=user)
    commitment = make_due(person)
    plan_digests(NOON)
    delivery = Delivery.objects.get()
    letters = DigestWriter([delivery], NOON)
    letters.write(delivery)
    assert letters.is_current(delivery)
    edit(commitment, person)
    assert not letters.is_current(delivery)


def test_is_current_after_another_persons_account_was_closed_stays_true():
    make_due(make_focal_person())
    User.objects.create(username="other", email="other@example.org", is_active=False)
    make_focal_person("other", user=User.objects.get())
    plan_digests(NOON)
    delivery = Delivery.objects.get()
    assert DigestWriter([delivery], NOON).is_current(delivery)


def test_once_sent_lets_come_due_again_what_was_left_out_and_not_answered():
    person = make_focal_person()
    told, held, answered = (make_due(person, title=title) for title in ("Told", "Held", "Answered"))
    plan_digests(NOON)
    hold = FollowUpHold.objects.create(commitment=held)
    reminder = Reminder.objects.get(commitment=answered)
    ProgressUpdate.objects.create(
        commitment=answered, reminder=reminder, answered_by=person, answer="late", state="in_review", as_of="2026-11"
    )
    delivery = Delivery.objects.get()
    letters = DigestWriter([delivery], NOON)
    letters.write(delivery)
    letters.once_sent(delivery)()
    assert set(Reminder.objects.values_list("commitment", flat=True)) == {told.pk, answered.pk}
    send_all(NOON)
    hold.delete()
    expected = [("asked", told.reference, 1), ("asked", held.reference, 1)]
    assert mail_of_day(1) == {"ayesha": expected}


def test_once_sent_of_a_letter_that_left_nothing_out_is_nothing():
    make_due(make_focal_person())
    plan_digests(NOON)
    delivery = Delivery.objects.get()
    letters = DigestWriter([delivery], NOON)
    letters.write(delivery)
    assert letters.once_sent(delivery) is None


# Headers


def test_headers_thread_the_letters_of_one_person_and_no_others():
    person, other = make_focal_person(), make_focal_person("other")
    make_due(person, other)
    plan_digests(NOON)
    first, others = (letter(recipient=f"person:{each.pk}").extra_headers for each in (person, other))
    send_all(NOON)
    plan_digests(after(1))
    second = letter(1, recipient=f"person:{person.pk}", state="queued").extra_headers
    assert first["References"] == first["In-Reply-To"] == second["References"] == second["In-Reply-To"]
    assert first["References"] != others["References"]


def test_headers_say_how_to_stop_with_one_click():
    person = make_focal_person()
    make_due(person)
    plan_digests(NOON)
    message = letter()
    address = message.extra_headers["List-Unsubscribe"]
    assert (address[0], address[-1], address[1:-1] in message.body) == ("<", ">", True)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


HOSTILE = {
    "line breaks": "Agree\r\nBcc: victim@example.org\r\n\r\n<p>Hello",
    "other line breaks": "Agree\rBcc: a@example.org\vBcc: b@example.org\x85Bcc: c@example.org\u2028Bcc: d@example.org",
    "HTML": "<script>alert(1)</script><a href='https://evil.example'>\"Click\"</a> & more",
    "length": "x" * 200,
    "marks of direction": "\u202egnirts a \u2066of \u200fmarks",
}


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_letter_with_a_hostile_title_has_the_headers_and_tags_of_any_other(title):
    commitment = make_due(make_focal_person(), days=3, title="Plain", wording="Plain words")
    plan_digests(NOON)
    plain = letter()
    change(commitment, title=title, wording=title)
    hostile = letter()
    names = [list(message.message().keys()) for message in (plain, hostile)]
    assert names[0] == names[1]
    assert hostile.recipients() == ["ayesha@example.org"]
    assert (len(hostile.subject.splitlines()), len(hostile.subject) < 120) == (1, True)
    tags = [message.alternatives[0].content.count("<") for message in (plain, hostile)]
    assert tags[0] == tags[1]


def test_letter_about_agreements_with_a_hostile_title_has_one_line_of_subject():
    Coordinator.objects.create(person=make_focal_person())
    make_limited_agreement(title=HOSTILE["line breaks"])
    make_limited_agreement(title=HOSTILE["HTML"])
    plan_digests(NOON)
    message = letter()
    assert len(message.subject.splitlines()) == 1
    assert ("<p>Hello" in message.alternatives[0].content, "Bcc" in message.message()) == (False, False)
