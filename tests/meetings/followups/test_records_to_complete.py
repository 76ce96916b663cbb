"""What the records of a forum lack stands on its coordinator's weekly sheet, and in the coordinator's history."""

from datetime import timedelta

import pytest

from meetings.followups import planner, sheet
from meetings.models import FollowUpPolicy, Outcome, Reminder
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting
from tests.meetings.followups.asking import NOON, TODAY, make_focal_person
from tests.meetings.followups.coordinating import (
    answer,
    ask,
    headings,
    html,
    letter,
    make_coordinated_forum,
    make_coordinator,
    make_outstanding,
    planned,
)
from tests.meetings.followups.mailing import change
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw, relay

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def day(number):
    return (TODAY + timedelta(days=number)).isoformat()


def held(number=-14, **fields):
    return make_meeting(held=day(number), **fields)


def unreported(number=-1, **fields):
    return make_meeting(**{"held": day(number), "status": "confirmed", **fields})


def listed(**which):
    """The titles under “Records to complete” of a sheet that is planned now; None where there is no sheet."""
    planned()
    delivery = Delivery.objects.filter(kind=sheet.KIND, **which).first()
    return delivery and headings(letter(pk=delivery.pk)).get("Records to complete")


# What


def test_sheet_lists_meetings_without_outcomes_or_report_the_longest_ago_first_and_no_others():
    make_coordinator()
    held(-14, title="Fourteen days")
    held(-364, title="A year")
    unreported(-1, title="Yesterday")
    unreported(0, title="Today")
    held(-13, title="Thirteen days")
    Outcome.objects.create(meeting=held(title="With outcomes"), position=1, kind="decision", text="Agreed.")
    make_commitment(meeting=held(title="With commitments"))
    held(title="With agreements").agreement_links.create(agreement=make_agreement())
    held(kind="preparatory", title="Preparatory")
    held(state="draft", title="Draft")
    unreported(state="withdrawn", title="Withdrawn")
    held(state="in_review", publish_at=NOON + timedelta(seconds=1), title="Not yet public")
    make_meeting(held="", title="Without a date")
    unreported(status="postponed", title="Put off")
    unreported(status="cancelled", title="Cancelled")
    unreported(1, title="To come")
    make_meeting(held="2026-11", status="confirmed", title="Perhaps to come")
    held(-367, title="Long ago")
    unreported(-367, title="Planned long ago")
    assert listed() == ["A year", "Yesterday", "Fourteen days"]


def test_sheet_lists_meetings_without_outcomes_when_the_policy_of_their_forum_says():
    forums = {days: make_forum(f"after-{days}") for days in (3, 0, 20)}
    for days, forum in forums.items():
        FollowUpPolicy.objects.create(forum=forum, outcomes_after=days)
        held(-19, forum=forum, title=f"After {days}")
    held(-3, forum=forums[3], title="Three days"), held(-2, forum=forums[3], title="Two days")
    make_coordinator()
    assert listed() == ["After 3", "Three days"]


def test_sheet_without_a_policy_in_use_is_not_planned():
    FollowUpPolicy.objects.update(is_active=False)
    make_coordinator()
    unreported(), held()
    assert planned() == {}


def test_sheet_goes_by_the_day_of_the_reader():
    make_coordinator("east", time_zone="Pacific/Kiritimati", send_hour=0)
    unreported(0, title="Over in the east")
    assert listed() == ["Over in the east"]


# Who


def test_records_go_to_the_coordinator_of_the_forum_and_else_to_that_of_the_rest():
    forum, _person = make_coordinated_forum()
    rest = make_coordinator("rest")
    unreported(forum=forum, title="Of the forum")
    unreported(forum=make_forum(), title="Of another")
    unreported(title="Of none")
    assert listed(recipient__endswith=f":{rest.pk}") == ["Of another", "Of none"]
    assert listed(key__startswith=f"sheet:{forum.pk}:") == ["Of the forum"]


def test_records_of_a_forum_that_nobody_coordinates_stand_on_no_sheet():
    make_coordinated_forum()
    unreported(forum=make_forum())
    assert planned() == {}


def test_records_are_in_no_digest():
    make_coordinator()
    unreported(), held()
    assert planner.due_digests(NOON) == []


# The letter


def test_letter_says_what_records_lack_since_when_and_where_to_complete_them():
    forum, _person = make_coordinated_forum()
    first, second = held(-20, title="Talks", forum=forum), unreported(-2, title="Session", forum=forum)
    planned()
    message = letter()
    assert message.subject == "JEC, week 48: 2 records to complete"
    blocks = message.body.split("======== Records to complete (2) ========\n")[1].split("\n-- \n")[0]
    assert (
        blocks.strip()
        == f"""\
Talks
{first.reference} – held 20 days ago
Reason  The meeting is said to have been held, but nothing is entered
        that came of it.
Date    3 November 2026
Record  http://testserver/admin/meetings/meeting/{first.pk}/change/

Session
{second.reference} – planned for 2 days ago
Reason  Its date has passed, and the record does not say whether it was
        held, put off or cancelled.
Date    21 November 2026
Record  http://testserver/admin/meetings/meeting/{second.pk}/change/"""
    )
    assert f'href="http://testserver/admin/meetings/meeting/{first.pk}/change/"' in html(message)
    assert "2 records to complete" in message.body


def test_letter_lists_records_after_what_waits_for_an_editor_and_before_what_is_only_due():
    forum, _person = make_coordinated_forum()
    person = make_focal_person()
    waiting = make_outstanding(forum, person, title="Waiting")
    make_outstanding(forum, person, days=9, title="Soon"), make_outstanding(forum, days=1, title="Nobody")
    unreported(forum=forum, title="Record")
    ask(NOON - DAY)
    answer(waiting, "done")
    planned()
    message = letter()
    assert message.subject == "JEC, week 48: 3 open, 1 without a contact person"
    assert headings(message) == {
        "No contact person": ["Nobody"],
        "Waiting for an editor": ["Waiting"],
        "Records to complete": ["Record"],
        "Due soon": ["Soon"],
    }


def test_letter_names_what_is_overdue_before_records_and_these_before_what_is_due_soon():
    forum, _person = make_coordinated_forum()
    unreported(forum=forum), make_outstanding(forum, make_focal_person(), days=9)
    planned()
    assert letter().subject == "JEC, week 48: 1 open, 1 record to complete"
    make_outstanding(forum, make_focal_person())
    assert letter().subject == "JEC, week 48: 2 open, 1 overdue"


def report(meeting):
    change(meeting, status="held")
    Outcome.objects.create(meeting=meeting, position=1, kind="decision", text="Agreed.")


COMPLETED = {
    "reported": report,
    "put off": lambda meeting: change(meeting, status="postponed", held=""),
    "put off to another day": lambda meeting: change(meeting, held=day(20)),
    "withdrawn": lambda meeting: change(meeting, state="withdrawn"),
    "given to another forum": lambda meeting: change(meeting, forum=make_forum()),
}


@pytest.mark.parametrize("complete", COMPLETED.values(), ids=COMPLETED)
def test_letter_about_records_that_were_completed_since_planning_is_withdrawn(complete):
    forum, _person = make_coordinated_forum()
    meeting = unreported(forum=forum)
    planned()
    complete(meeting)
    with pytest.raises(Withdraw, match=r"^Nothing is left to say\.$"):
        letter()


# The history


@pytest.mark.django_db(transaction=True)
def test_sheet_once_sent_leaves_a_reminder_of_each_record_and_commitments_leave_none(smtp_sink):
    forum, person = make_coordinated_forum()
    first, second = held(-20, forum=forum), unreported(-2, forum=forum)
    make_outstanding(forum)
    planned()
    assert not Reminder.objects.exists()
    assert dict(relay(planner.WRITERS, now=lambda: NOON).counts) == {"sent": 1}
    delivery = Delivery.objects.get()
    fields = ("delivery", "person", "role", "meeting", "due_on", "stage", "day")
    assert list(Reminder.objects.order_by("role").values_list(*fields)) == [
        (delivery.pk, person.pk, "no_outcomes", first.pk, TODAY - 6 * DAY, 6, TODAY),
        (delivery.pk, person.pk, "not_reported", second.pk, TODAY - 2 * DAY, 2, TODAY),
    ]


def test_sheet_without_records_has_nothing_to_leave():
    forum, _person = make_coordinated_forum()
    make_outstanding(forum)
    planned()
    delivery = Delivery.objects.get()
    writer = planner.WRITERS[sheet.KIND]([delivery], NOON)
    writer.write(delivery)
    assert writer.once_sent(delivery) is None
