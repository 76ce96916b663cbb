"""Who gets a weekly sheet, and when."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Absence
from meetings.followups import planner, sheet_mail
from meetings.models import FollowUpHold, FollowUpPolicy, OrganisationFocalPoint
from tests.factories import make_country, make_forum, make_organisation
from tests.mail.side_by_side import side_by_side
from tests.meetings.followups.asking import NOON, TODAY, asked, make_due, make_focal_person
from tests.meetings.followups.coordinating import (
    letter,
    make_coordinated_forum,
    make_coordinator,
    make_outstanding,
    planned,
)
from tracker.mail.models import Delivery, LastRun
from tracker.mail.relay import Withdraw, relay

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
State = Delivery.State


def plan_daily(start, days, hours=(7, 8)):
    """Plan at these hours of every day and return the moments at which a sheet was planned, by name."""
    moments = {}
    for now in (start.replace(hour=hour) + day * DAY for day in range(days) for hour in hours):
        for name in planned(now):
            moments.setdefault(name, []).append(now.isoformat(timespec="hours"))
    return moments


def test_plan_queues_one_sheet_for_each_coordinator_and_forum():
    forum, person = make_coordinated_forum()
    other, colleague = make_forum(), make_focal_person("bilal")
    for kept, keeper in ((other, person), (other, colleague)):
        kept.coordinators.create(person=keeper)
    make_outstanding(forum), make_outstanding(forum), make_outstanding(other)
    assert planned() == {"farah": [forum.pk, other.pk], "bilal": [other.pk]}
    delivery = Delivery.objects.get(key=f"sheet:{forum.pk}:{person.pk}:2026-11-23")
    assert (delivery.kind, delivery.recipient, delivery.state) == ("sheet", f"person:{person.pk}", State.QUEUED)
    assert (delivery.day, delivery.not_before) == (TODAY, NOON)
    assert Delivery.objects.count() == 3


def test_plan_in_every_hour_queues_one_sheet_a_week_at_the_hour_of_the_person():
    forum, _person = make_coordinated_forum(time_zone="Asia/Karachi", send_hour=9)
    make_outstanding(forum)
    assert plan_daily(datetime(2026, 11, 23, tzinfo=UTC), 16, hours=(3, 4, 5)) == {
        "farah": ["2026-11-23T04+00:00", "2026-11-30T04+00:00", "2026-12-07T04+00:00"]
    }


def test_plan_around_the_end_of_the_week_goes_by_the_day_of_the_person():
    forum, east = make_coordinated_forum("east", time_zone="Pacific/Kiritimati", send_hour=0)
    west = make_coordinator("west", forum, time_zone="Pacific/Pago_Pago", send_hour=0)
    make_outstanding(forum)
    assert planned(datetime(2026, 11, 29, 10, 30, tzinfo=UTC)) == {"east": [forum.pk], "west": [forum.pk]}
    assert {(d.key, str(d.day)) for d in Delivery.objects.all()} == {
        (f"sheet:{forum.pk}:{east.pk}:2026-11-30", "2026-11-30"),
        (f"sheet:{forum.pk}:{west.pk}:2026-11-23", "2026-11-28"),
    }


def test_plan_around_the_end_of_the_year_counts_weeks_as_iso_8601_does():
    forum, person = make_coordinated_forum()
    make_outstanding(forum)
    friday = datetime(2027, 1, 1, 12, tzinfo=UTC)
    assert planned(friday) == {"farah": [forum.pk]}
    assert Delivery.objects.get().key == f"sheet:{forum.pk}:{person.pk}:2026-12-28"
    assert letter(friday).subject == "JEC, week 53: 1 open, 1 without a contact person"


# The country's week and holidays: 23 March 2026 is a Monday, and Pakistan Day.
WEEKS = {
    "holiday on Monday": ("", 23, 2, 24),
    "weekend": ("", 28, 3, 30),
    "own week": ("67123", 26, 4, 28),
    "own week and a holiday": ("71234", 22, 3, 22),
    "own week after a holiday": ("71234", 23, 3, 24),
}


@pytest.mark.parametrize(("week", "first", "days", "expected"), WEEKS.values(), ids=WEEKS)
def test_plan_waits_for_a_working_day_of_the_person(week, first, days, expected):
    forum, _person = make_coordinated_forum(country=make_country("PAK", alpha2="PK"), working_week=week)
    make_outstanding(forum, due="2026-01-01")
    moments = plan_daily(datetime(2026, 3, first, tzinfo=UTC), days)["farah"]
    assert moments[0] == f"2026-03-{expected}T08+00:00"
    assert len(moments) == (2 if expected == 22 else 1)  # Sunday ends a week, and Tuesday is in the next


def test_plan_after_an_outage_catches_up_once():
    forum, _person = make_coordinated_forum()
    make_outstanding(forum)
    assert planned(NOON + 3 * DAY) == {"farah": [forum.pk]}
    assert plan_daily(NOON + 4 * DAY, 4) == {"farah": ["2026-11-30T08+00:00"]}


def test_relay_after_the_mail_server_was_away_into_the_next_week_sends_one_sheet(smtp_sink, transactional_db):
    forum, person = make_coordinated_forum()
    make_outstanding(forum)
    planned(NOON)
    later = NOON + 7 * DAY
    assert planned(later) == {"farah": [forum.pk]}
    outcome = relay(planner.WRITERS, now=lambda: later)
    assert dict(outcome.counts) == {"withdrawn": 1, "sent": 1}
    assert [mail.message["Subject"] for mail in smtp_sink.messages] == [
        "JEC, week 49: 1 open, 1 without a contact person"
    ]
    week_before = Delivery.objects.get(key=f"sheet:{forum.pk}:{person.pk}:2026-11-23")
    assert (week_before.state, week_before.error) == (State.WITHDRAWN, "Its week is over.")


# Absences


def away(person, first, last):
    Absence.objects.create(person=person, starts=TODAY + first * DAY, ends=TODAY + last * DAY)


def on_each_day(days):
    """Who gets a sheet on each of so many days from Monday on, where all is sent at once."""
    found = []
    for day in range(days):
        found.append(list(planned(NOON + day * DAY)))
        Delivery.objects.unsent().update(state=State.SENT, sent_at=NOON + day * DAY)
    return found


def make_kept_by_two():
    forum, deputy = make_forum(), make_focal_person("deputy")
    person = make_coordinator("farah", forum, deputy)
    make_outstanding(forum)
    return person, deputy


def test_plan_while_the_coordinator_is_away_writes_to_the_deputy_and_to_them_on_their_return():
    person, _deputy = make_kept_by_two()
    away(person, 0, 2)
    assert on_each_day(8) == [["deputy"], [], [], ["farah"], [], [], [], ["farah"]]


def test_plan_when_the_coordinator_leaves_after_the_sheet_gives_the_deputy_no_second_one():
    person, _deputy = make_kept_by_two()
    away(person, 1, 8)
    assert on_each_day(9) == [["farah"], [], [], [], [], [], [], ["deputy"], []]


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DEAD])
def test_plan_when_the_sheet_never_left_and_the_coordinator_has_writes_to_the_deputy(state):
    person, _deputy = make_kept_by_two()
    assert planned() == {"farah": [person.coordinators.get().forum_id]}
    Delivery.objects.update(state=state)
    away(person, 1, 8)
    assert list(planned(NOON + DAY)) == ["deputy"]


def test_plan_for_a_deputy_with_an_office_of_their_own_writes_to_both_whatever_the_order():
    person, deputy = make_kept_by_two()
    person.coordinators.get().forum.coordinators.create(person=deputy)
    person.send_hour = 15
    person.save()
    assert list(planned(NOON)) == ["deputy"]
    assert list(planned(NOON + timedelta(hours=3))) == ["farah"]


def test_plan_while_the_coordinator_is_away_without_a_deputy_waits_for_their_return():
    forum, person = make_coordinated_forum()
    make_outstanding(forum)
    away(person, 0, 2)
    assert on_each_day(5) == [[], [], [], ["farah"], []]


def test_plan_writes_to_nobody_who_no_longer_coordinates_or_cannot_be_written_to():
    forum, left = make_coordinated_forum("left")
    left.coordinators.update(ends=TODAY - DAY)
    make_coordinator("unsubscribed", forum, unsubscribed_at=NOON)
    make_coordinator("no address", forum, email="")
    make_coordinator("rest")
    make_outstanding(forum)
    assert planned() == {"rest": [None]}


# What


HIDDEN = {
    "draft": {"state": "draft"},
    "withdrawn": {"state": "withdrawn"},
    "approved for a moment": {"state": "in_review", "publish_at": NOON + timedelta(seconds=1)},
    "closed": {"closure": "dropped"},
    "not near": {"due": "2026-12-24"},
    "without a deadline": {"due": ""},
    "open to the future": {"due": "2026-11-23/.."},
    "continuous, made lately": {"due": "", "due_rule": "continuous"},
}


def test_plan_for_a_forum_without_anything_to_say_queues_nothing():
    forum, _person = make_coordinated_forum()
    other, _colleague = make_coordinated_forum("bilal")
    for title, fields in HIDDEN.items():
        commitment = make_outstanding(forum, make_focal_person(), title=title, **fields)
        commitment.meeting.outcomes.create(kind="decision", position=1, text="Decided")
    make_outstanding(other, due="2026-12-23")
    assert planned() == {"bilal": [other.pk]}


def test_plan_for_a_coordinator_without_a_forum_is_about_all_that_nobody_else_keeps():
    forum, _person = make_coordinated_forum()
    make_coordinator("rest")
    make_outstanding(forum)
    assert planned(NOON) == {"farah": [forum.pk]}
    unkept = make_outstanding(make_forum())
    loose = make_due(days=-1)
    assert planned(NOON) == {"rest": [None]}
    body = letter(key__startswith="sheet:0:").body
    assert [body.count(f"/commitments/{each.reference}/") for each in (unkept, loose)] == [1, 1]
    assert body.count("/commitments/COM") == 2


def test_plan_without_a_policy_in_use_queues_nothing():
    forum, _person = make_coordinated_forum()
    make_outstanding(forum)
    FollowUpPolicy.objects.update(is_active=False)
    assert planned() == {}


def test_plan_while_the_person_is_held_back_queues_nothing():
    forum, person = make_coordinated_forum()
    make_coordinator("bilal", forum)
    commitment = make_outstanding(forum)
    FollowUpHold.objects.create(person=person, until=TODAY + DAY)
    FollowUpHold.objects.create(commitment=commitment)
    assert [planned(NOON), planned(NOON + DAY), planned(NOON + 2 * DAY)] == [
        {"bilal": [forum.pk]},
        {},
        {"farah": [forum.pk]},
    ]


def test_letter_when_the_person_was_held_back_after_planning_is_withdrawn():
    forum, person = make_coordinated_forum()
    make_outstanding(forum)
    planned()
    FollowUpHold.objects.create(person=person)
    with pytest.raises(Withdraw, match=r"^held back$"):
        letter()


def test_sheet_neither_waits_for_the_rest_between_digests_nor_prolongs_it():
    forum, person = make_coordinated_forum()
    commitment = make_outstanding(forum, person, days=30)
    assert asked(planner.plan_digests(NOON)) == {"farah": [(commitment.reference, -30)]}
    assert planned(NOON) == {"farah": [forum.pk]}
    Delivery.objects.update(state=State.SENT, sent_at=NOON)
    later = NOON + 7 * DAY
    second = make_outstanding(forum, person, days=37)
    assert planned(later) == {"farah": [forum.pk]}
    assert asked(planner.plan_digests(later)) == {"farah": [(second.reference, -30)]}


def test_plan_for_a_given_day_is_past_everybodys_hour_but_keeps_weekends():
    forum, _person = make_coordinated_forum("late", send_hour=23)
    make_coordinator("pakistan", forum, country=make_country("PAK", alpha2="PK"))
    make_outstanding(forum)
    saturday = date(2026, 11, 28)
    assert planned(NOON, saturday) == {"late": [forum.pk]}
    assert letter().subject.startswith("JEC, week 48: 1 open")


# How


@pytest.mark.django_db(transaction=True)
def test_plan_by_many_at_once_queues_each_sheet_once():
    for number in range(8):
        forum, _person = make_coordinated_forum(f"person{number}")
        make_outstanding(forum)
    results = side_by_side(6, lambda: planner.plan_sheets(NOON))
    assert sum(len(found) for found in results) == 8 == Delivery.objects.count()


def queries_of(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def test_plan_and_letters_for_ten_forums_take_as_many_queries_as_for_one():
    ministry = make_organisation("ministry")
    OrganisationFocalPoint.objects.create(organisation=ministry, person=make_focal_person("minister"))

    def add(name):
        forum, person = make_coordinated_forum(name)
        make_outstanding(forum, person)
        make_outstanding(forum, by=[]).parties.create(organisation=ministry, side="by")

    def write():
        deliveries = list(Delivery.objects.unsent())
        letters = sheet_mail.SheetWriter(deliveries, NOON)
        assert [letters.write(delivery).subject for delivery in deliveries] == [
            "JEC, week 48: 2 open, 2 overdue"
        ] * len(deliveries)

    add("first")
    one = queries_of(lambda: planned(NOON)), queries_of(write)
    Delivery.objects.all().delete()
    for number in range(9):
        add(f"person{number}")
    ten = queries_of(lambda: planned(NOON)), queries_of(write)
    assert (one, ten) == ((24, 24), (24, 24))


def test_due_sheets_changes_nothing():
    forum, person = make_coordinated_forum()
    make_outstanding(forum)
    expected = [planner.DueSheet(forum.pk, person, TODAY)]
    assert [planner.due_sheets(NOON), planner.due_sheets(NOON), planner.plan_sheets(NOON)] == [expected] * 3
    assert planner.due_sheets(NOON) == []


def test_post_plans_digests_and_sheets_and_notes_how_many():
    forum, person = make_coordinated_forum()
    make_outstanding(forum, person)
    assert planner.due(NOON).messages == 2 and str(planner.due(NOON)) == "1 mails, 1 reminders, 1 sheets"
    assert str(planner.plan(NOON)) == "1 mails, 1 reminders, 1 sheets"
    assert LastRun.objects.get().outcome == "1 mails, 1 reminders, 1 sheets planned"
    assert planner.plan(NOON).messages == 0


@pytest.mark.django_db(transaction=True)
def test_command_says_how_many_sheets_it_plans_and_sends_them(smtp_sink):
    forum, _person = make_coordinated_forum()
    make_outstanding(forum, due="2026-11-20")

    def run(*arguments):
        out = StringIO()
        call_command("send_followups", "--today", "2026-11-23", *arguments, stdout=out)
        return out.getvalue()

    assert run("--dry-run") == "Would plan: 0 mails, 0 reminders, 1 sheets.\n"
    assert run() == ("Planned: 0 mails, 0 reminders, 1 sheets.\nMail: 1 sent, 0 withdrawn, 0 put off, 0 abandoned.\n")
    assert [mail.message["To"] for mail in smtp_sink.messages] == ["farah@example.org"]
