"""Who is asked what and when: the planner over real records."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.followups.planner import due_digests, plan_digests
from meetings.models import Coordinator, FocalPoint, FollowUpPolicy, OrganisationFocalPoint, ProgressUpdate, Reminder
from tests.factories import make_commitment, make_country, make_forum, make_meeting, make_organisation
from tests.meetings.followups.asking import NOON, TODAY, asked, make_due, make_focal_person, make_limited_agreement
from tests.meetings.followups.mailing import around
from tracker.accounts.models import User
from tracker.mail.models import Delivery
from tracker.records.publication import publish_due

pytestmark = pytest.mark.django_db


def send_all(at):
    Delivery.objects.unsent().update(state=Delivery.State.SENT, sent_at=at)


def plan_and_send(now):
    digests = plan_digests(now)
    send_all(now)
    return asked(digests)


def test_plan_when_a_commitment_is_due_queues_one_digest_with_its_reminders():
    person = make_focal_person()
    overdue, due = make_due(person, days=-3), make_due(person, days=0)
    assert asked(plan_digests(NOON)) == {"ayesha": [(overdue.reference, 1), (due.reference, 0)]}
    delivery = Delivery.objects.get()
    assert (delivery.key, delivery.kind) == (f"follow-up:{person.pk}:2026-11-23", "follow-up")
    assert (delivery.recipient, delivery.day, delivery.not_before) == (f"person:{person.pk}", TODAY, NOON)
    assert list(delivery.reminders.order_by("stage").values_list("commitment", "stage", "due_version", "day")) == [
        (due.pk, 0, 1, TODAY),
        (overdue.pk, 1, 1, TODAY),
    ]


def test_plan_when_run_again_adds_nothing():
    make_due(make_focal_person())
    plan_digests(NOON)
    before = list(Delivery.objects.values()), list(Reminder.objects.values())
    assert plan_digests(NOON) == [] == plan_digests(NOON + timedelta(hours=2))
    send_all(NOON)
    assert plan_digests(NOON + timedelta(hours=4)) == []
    assert Reminder.objects.count() == len(before[1]) == Delivery.objects.count() == 1


def test_plan_on_every_day_asks_once_a_stage():
    commitment = make_due(make_focal_person(), due="2026-12-26")
    sent = {}
    for day in around(3, 26, 32, 33, 34, 40, 63, 93):  # on which a stage comes
        now = NOON + timedelta(days=day)
        for found in plan_and_send(now).values():
            sent[now.date().isoformat()] = found
    assert sent == {
        "2026-11-26": [(commitment.reference, -30)],
        "2026-12-19": [(commitment.reference, -7)],
        "2026-12-25": [(commitment.reference, -1)],
        "2026-12-26": [(commitment.reference, 0)],
        "2026-12-27": [(commitment.reference, 1)],
        "2027-01-02": [(commitment.reference, 7)],
        "2027-01-25": [(commitment.reference, 30)],
        "2027-02-24": [(commitment.reference, 60)],
    }


def test_plan_after_an_outage_asks_for_the_latest_stage_only():
    commitment = make_due(make_focal_person(), days=1)
    plan_and_send(NOON)
    assert plan_and_send(NOON + timedelta(days=12)) == {"ayesha": [(commitment.reference, 7)]}
    assert list(Reminder.objects.order_by("stage").values_list("stage", flat=True)) == [-1, 7]


def test_plan_while_the_mail_server_is_away_queues_nothing_on_top():
    make_due(make_focal_person(), days=1)
    plan_digests(NOON)
    assert [plan_digests(NOON + timedelta(days=days)) for days in (1, 2, 3)] == [[], [], []]
    assert Delivery.objects.count() == 1


HIDDEN = {
    "draft": {"state": "draft"},
    "in review": {"state": "in_review"},
    "withdrawn": {"state": "withdrawn"},
    "approved for a moment": {"state": "in_review", "publish_at": NOON + timedelta(seconds=1)},
    "closed": {"closure": "dropped"},
    "continuous, made lately": {"due": "", "due_rule": "continuous"},
    "conditional without a date": {"due": "", "due_rule": "conditional", "condition": "Once funds come"},
    "next session without a date": {"due": "", "due_rule": "next_session"},
    "without a deadline": {"due": ""},
    "open to the future": {"due": "2026-11-23/.."},
    "not near": {"due": "2026-12-24"},
}


def test_plan_never_asks_about_what_is_not_public_not_open_or_not_due():
    person = make_focal_person()
    for title, fields in HIDDEN.items():
        make_due(person, title=title, meeting=make_meeting(held="2026-11-01"), **fields)
    asked_about = make_due(person)
    assert asked(plan_digests(NOON)) == {"ayesha": [(asked_about.reference, 0)]}
    assert Reminder.objects.count() == 1


def test_plan_never_asks_about_what_is_complete():
    commitment = make_due(make_focal_person())
    ProgressUpdate.objects.create(commitment=commitment, state="published", progress="complete", as_of="2026-11")
    assert plan_digests(NOON) == []


def test_plan_when_the_moment_of_publication_has_come_asks():
    make_due(make_focal_person(), state="in_review", publish_at=NOON)
    assert plan_digests(NOON) == []
    publish_due(NOON)
    assert len(plan_digests(NOON)) == 1


def test_plan_counts_from_the_last_day_that_the_due_date_allows():
    person = make_focal_person()
    month = make_due(person, due="2026-11")
    before = make_due(person, due="../2026-11-22")
    assert asked(plan_digests(NOON)) == {"ayesha": [(before.reference, 1), (month.reference, -7)]}


def test_plan_with_a_policy_of_the_forum_follows_it_and_not_one_out_of_use():
    forum, other = make_forum(), make_forum()
    person = make_focal_person()
    FollowUpPolicy.objects.create(forum=forum, window_days=90, days_before="90")
    FollowUpPolicy.objects.create(forum=other, window_days=90, days_before="90", is_active=False)
    early = make_due(person, days=80, meeting=make_meeting(forum=forum))
    make_due(person, days=80, meeting=make_meeting(forum=other))
    make_due(person, days=80)
    assert asked(plan_digests(NOON)) == {"ayesha": [(early.reference, -90)]}


def test_plan_without_any_policy_asks_nobody():
    FollowUpPolicy.objects.update(is_active=False)
    make_due(make_focal_person())
    assert plan_digests(NOON) == []


# Who


def test_plan_asks_every_focal_point_in_office_and_no_other():
    people = {name: make_focal_person(name) for name in ("before", "first", "last", "open", "after")}
    commitment = make_due()
    day, terms = timedelta(days=1), {
        "before": {"ends": TODAY - timedelta(days=1)},
        "first": {"starts": TODAY},
        "last": {"ends": TODAY},
        "open": {},
        "after": {"starts": TODAY + timedelta(days=1)},
    }  # fmt: skip
    for name, term in terms.items():
        FocalPoint.objects.create(commitment=commitment, person=people[name], **term)
    assert set(asked(plan_digests(NOON))) == {"first", "last", "open"}
    assert set(asked(plan_digests(NOON + 2 * day))) == {"after"}


def test_plan_without_a_focal_point_asks_those_of_the_organisations_that_promised():
    ministry, agency, beneficiary = (make_organisation(slug) for slug in ("ministry", "agency", "beneficiary"))
    for organisation in (ministry, agency, beneficiary):
        OrganisationFocalPoint.objects.create(
            organisation=organisation, person=make_focal_person(f"of {organisation.slug}")
        )
    both = make_focal_person("of both")
    for organisation in (ministry, agency):
        OrganisationFocalPoint.objects.create(organisation=organisation, person=both)
    gone = make_focal_person("gone")
    OrganisationFocalPoint.objects.create(organisation=ministry, person=gone, ends=TODAY - timedelta(days=1))
    commitment, own = make_commitment([], due="2026-11-23"), make_due(make_focal_person("own"))
    for party, side in ((ministry, "by"), (agency, "by"), (beneficiary, "to")):
        commitment.parties.create(organisation=party, side=side)
    own.parties.create(organisation=ministry, side="by")
    assert asked(plan_digests(NOON)) == {
        "of ministry": [(commitment.reference, 0)],
        "of agency": [(commitment.reference, 0)],
        "of both": [(commitment.reference, 0)],
        "own": [(own.reference, 0)],
    }


def test_plan_does_not_ask_whose_account_is_closed():
    closed = User.objects.create(username="closed", email="closed@example.org", is_active=False)
    working = User.objects.create(username="working", email="working@example.org")
    make_due(make_focal_person("closed", user=closed), make_focal_person("working", user=working))
    assert set(asked(plan_digests(NOON))) == {"working"}


# When


def test_plan_waits_for_the_hour_of_the_person_on_their_own_day():
    karachi = make_focal_person("karachi", time_zone="Asia/Karachi", send_hour=8)
    new_york = make_focal_person("new york", time_zone="America/New_York", send_hour=8)
    make_due(karachi, new_york, days=30)  # on this very day it enters the window
    assert plan_digests(datetime(2026, 11, 23, 2, 59, tzinfo=UTC)) == []
    assert set(asked(plan_digests(datetime(2026, 11, 23, 3, 0, tzinfo=UTC)))) == {"karachi"}
    assert plan_digests(datetime(2026, 11, 23, 12, 59, tzinfo=UTC)) == []
    assert set(asked(plan_digests(datetime(2026, 11, 23, 13, 0, tzinfo=UTC)))) == {"new york"}


def test_plan_takes_the_day_from_the_time_zone_of_the_person():
    east = make_focal_person("east", time_zone="Pacific/Kiritimati", send_hour=0)
    west = make_focal_person("west", time_zone="Pacific/Pago_Pago", send_hour=0)
    commitment = make_due(east, west)
    digests = plan_digests(datetime(2026, 11, 23, 10, 30, tzinfo=UTC))
    assert asked(digests) == {"east": [(commitment.reference, 1)], "west": [(commitment.reference, -1)]}
    assert {digest.person.name: digest.day.day for digest in digests} == {"east": 24, "west": 22}


def test_plan_on_a_weekend_or_holiday_waits_for_the_next_working_day():
    pakistan = make_country("PAK", alpha2="PK")
    working, anywhere = make_focal_person("working", country=pakistan), make_focal_person("anywhere")
    commitment = make_due(working, anywhere, due="2026-03-21")  # a Saturday; Monday is Pakistan Day
    saturday = datetime(2026, 3, 21, 12, 0, tzinfo=UTC)
    make_due(anywhere, due="2026-03-28")
    found = [plan_and_send(saturday + timedelta(days=days)) for days in range(4)]
    assert [list(digests) for digests in found] == [["anywhere"], ["anywhere"], [], ["working"]]
    assert found[3] == {"working": [(commitment.reference, 1)]}


def test_plan_leaves_people_in_peace_for_five_days_except_on_the_day_and_the_day_after():
    person = make_focal_person()
    make_due(person, days=30)
    assert len(plan_and_send(NOON)) == 1
    second = make_due(person, days=32)  # enters the window two days later, with the first mail two days old
    assert plan_and_send(NOON + timedelta(days=2)) == {} == plan_and_send(NOON + timedelta(days=4))
    assert plan_and_send(NOON + timedelta(days=5)) == {"ayesha": [(second.reference, -30)]}
    urgent = make_due(person, days=6)
    waiting = make_due(person, days=36)
    assert plan_and_send(NOON + timedelta(days=6)) == {"ayesha": [(urgent.reference, 0), (waiting.reference, -30)]}
    assert plan_and_send(NOON + timedelta(days=7)) == {"ayesha": [(urgent.reference, 1)]}


def test_plan_counts_rest_from_the_day_the_mail_went_out():
    person = make_focal_person()
    make_due(person, days=30)
    plan_digests(NOON)
    send_all(NOON + timedelta(days=3))
    make_due(person, days=31)
    assert plan_digests(NOON + timedelta(days=7)) == []
    assert len(plan_digests(NOON + timedelta(days=8))) == 1


def test_plan_after_a_message_was_withdrawn_asks_again_without_rest():
    commitment = make_due(make_focal_person(), days=20)
    plan_digests(NOON)
    Delivery.objects.update(state=Delivery.State.WITHDRAWN)
    assert plan_digests(NOON + timedelta(hours=1)) == []
    assert asked(plan_digests(NOON + timedelta(days=1))) == {"ayesha": [(commitment.reference, -30)]}
    assert [reminder.delivery.day for reminder in Reminder.objects.all()] == [TODAY + timedelta(days=1)]


def test_plan_when_the_due_date_moves_asks_about_the_new_one_from_its_start():
    commitment = make_due(make_focal_person(), days=0)
    plan_and_send(NOON)
    commitment.due = "2026-12-01"
    commitment.save()
    assert asked(plan_digests(NOON + timedelta(days=5))) == {"ayesha": [(commitment.reference, -7)]}


# How


def test_due_digests_changes_nothing():
    make_due(make_focal_person())
    assert asked(due_digests(NOON)) == asked(due_digests(NOON)) == asked(plan_digests(NOON))
    assert due_digests(NOON) == []


def test_plan_for_a_given_day_is_past_everybodys_hour_but_keeps_weekends():
    pakistan = make_country("PAK", alpha2="PK")
    make_due(make_focal_person("late", send_hour=23), make_focal_person("pakistan", country=pakistan), days=4)
    saturday = date(2026, 11, 28)
    assert [(digest.person.name, digest.day) for digest in plan_digests(NOON, saturday)] == [("late", saturday)]


def queries_of_a_plan(now):
    with CaptureQueriesContext(connection) as queries:
        assert plan_digests(now)
    return len(queries)


def test_plan_for_thirty_people_takes_as_many_queries_as_for_one():
    make_due(make_focal_person("first"))
    one = queries_of_a_plan(NOON)
    people = [make_focal_person(f"person{number}") for number in range(30)]
    for _ in range(2):  # SQLite takes some 70 reminders in one statement
        make_due(*people, days=1)
    thirty = queries_of_a_plan(NOON + timedelta(days=1))
    assert (one, thirty) == (23, 23)


def test_digest_names_what_is_longest_overdue_first_whatever_it_is_about():
    FollowUpPolicy.objects.update(window_days=60)
    person = make_focal_person()
    Coordinator.objects.create(person=person)
    recurring = make_due(person, due="2026-01-01", recurrence="FREQ=MONTHLY")
    at_intervals = make_due(person, due="", due_rule="continuous", meeting=make_meeting(held="2026-05-20"))
    ahead, late = make_due(person, days=40), make_due(person, days=-3)
    agreement = make_limited_agreement()
    (digest,) = due_digests(NOON)
    assert [(due.subject, (due.due_on - TODAY).days) for due in digest.reminders] == [
        (at_intervals, -7),
        (late, -3),
        (recurring, 8),
        (agreement, 30),
        (ahead, 40),
    ]
