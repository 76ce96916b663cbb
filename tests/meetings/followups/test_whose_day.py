"""A moment falls on the day of the person whom it concerns, or of the site where it concerns nobody; never on the day
that it is in Greenwich."""

from datetime import UTC, date, datetime

import pytest

from meetings.followups.digest import DigestWriter
from meetings.followups.history import Answers, Questions
from meetings.followups.planner import plan_digests, plan_sheets
from meetings.followups.sheet_mail import SheetWriter
from meetings.followups.working_days import Clock
from meetings.models import FocalPoint, FollowUpHold, ProgressUpdate
from tests.meetings.followups.asking import TODAY, make_due, make_focal_person
from tests.meetings.followups.coordinating import make_coordinator
from tests.meetings.followups.mailing import mail_of_day
from tests.meetings.followups.reminders import make_reminder
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

pytestmark = pytest.mark.django_db

# It is the 23rd in Tokyo and Karachi, still the 22nd in Greenwich; and the other way round with Los Angeles.
EVENING, NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC), datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SUNDAY = date(2026, 11, 22)


def answered(person, commitment, moment):
    reminder = make_reminder(commitment, person, sent_at=moment, day=SUNDAY)
    update = ProgressUpdate.objects.create(
        commitment=commitment, reminder=reminder, answered_by=person, answer="on_track", state="published", as_of="2026"
    )
    ProgressUpdate.objects.filter(pk=update.pk).update(created_at=moment)


@pytest.mark.parametrize(
    ("time_zone", "moment", "is_answered"),
    [("Asia/Tokyo", EVENING, True), ("America/Los_Angeles", NIGHT, False), ("UTC", EVENING, False)],
)
def test_answer_on_track_counts_from_the_due_day_of_the_person_who_gave_it(time_zone, moment, is_answered):
    person = make_focal_person(time_zone=time_zone)
    commitment = make_due(person)
    answered(person, commitment, moment)
    assert Answers([commitment.pk], Clock(moment)).is_answered(commitment, TODAY) is is_answered


def test_supervisor_is_not_told_of_a_question_that_was_answered_on_the_morning_of_the_due_day_far_in_the_east():
    person = make_focal_person(time_zone="Asia/Tokyo")
    commitment = make_due(person)
    FocalPoint.objects.update(supervisor=make_focal_person("supervisor"))
    answered(person, commitment, EVENING)
    assert set(mail_of_day(7)) == {"ayesha"}


@pytest.mark.parametrize(
    ("time_zone", "moment", "day", "asked_on"),
    [
        ("America/Los_Angeles", NIGHT, SUNDAY, SUNDAY),
        ("Asia/Tokyo", EVENING, TODAY, TODAY),
        ("Asia/Tokyo", EVENING, SUNDAY, TODAY),  # the mail server was away
    ],
)
@pytest.mark.parametrize("zone_of_the_site", ["UTC", "Asia/Karachi", "America/Los_Angeles"])
def test_people_were_asked_on_a_day_of_theirs(settings, zone_of_the_site, time_zone, moment, day, asked_on):
    settings.TIME_ZONE = zone_of_the_site
    person = make_focal_person(time_zone=time_zone)
    commitment = make_due(person)
    make_reminder(commitment, person, sent_at=moment, day=day)
    (asked,) = Questions([commitment]).asked(commitment.pk, TODAY)
    assert (asked.first_on, asked.last_on) == (asked_on, asked_on)


# Holds end with a day of the site


def written(writer, moment):
    """Whether the letter that waits would go out at that moment."""
    delivery = Delivery.objects.get()
    try:
        writer([delivery], moment).write(delivery)
    except Withdraw as reason:
        assert "held back" in str(reason)
        return False
    return True


MAILS = {"digest": (plan_digests, DigestWriter), "sheet": (plan_sheets, SheetWriter)}


@pytest.mark.parametrize(
    ("time_zone", "moment", "is_over"), [("Asia/Karachi", EVENING, True), ("America/Los_Angeles", NIGHT, False)]
)
@pytest.mark.parametrize(("plan", "writer"), MAILS.values(), ids=MAILS)
def test_hold_ends_with_a_day_of_the_site(settings, time_zone, moment, is_over, plan, writer):
    settings.TIME_ZONE = time_zone
    fields = {"time_zone": "UTC", "send_hour": 0, "working_week": "1234567"}
    people = [make_coordinator(**fields), make_focal_person(**fields)]
    commitment = make_due(people[1], days=-3)
    assert plan(moment) != []
    assert written(writer, moment)
    for person in people:
        FollowUpHold.objects.create(person=person, until=SUNDAY)
    assert written(writer, moment) is is_over
    Delivery.objects.all().delete()
    assert (plan(moment) != []) is is_over
    assert commitment.reminders.exists() is (is_over and plan is plan_digests)
