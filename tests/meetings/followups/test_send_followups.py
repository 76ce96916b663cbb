"""manage.py send_followups: the same as beat and worker, in the foreground."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from meetings.followups import planner
from meetings.models import Reminder
from tests.meetings.followups.asking import make_due, make_focal_person
from tracker.accounts.models import User
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)

DAY = "2026-12-01"


def run(*arguments):
    out = StringIO()
    call_command("send_followups", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def commitments():
    person = make_focal_person("Ayesha Khan", email="ayesha@example.org", time_zone="Asia/Karachi")
    today = date(2026, 12, 1)
    return [make_due(person, days=days, today=today, title=title) for days, title in ((-7, "Train"), (20, "Meet"))]


def listing(commitments):
    return (
        "Ayesha Khan <ayesha@example.org>, 2026-12-01 in Asia/Karachi:\n"
        f"     +7  {commitments[0].reference}  Train: asked, 7 days after the due date (default policy)\n"
        f"    -30  {commitments[1].reference}  Meet: asked, within 30 days of the due date (default policy)\n"
    )


def test_command_with_dry_run_prints_what_is_due_and_why_and_changes_nothing(commitments, smtp_sink):
    expected = listing(commitments) + "Would plan: 1 mails, 2 reminders, 0 sheets.\n"
    assert run("--dry-run", "--today", DAY) == expected == run("--dry-run", "--today", DAY)
    assert (Reminder.objects.count(), Delivery.objects.count(), smtp_sink.messages) == (0, 0, [])


def test_command_for_a_day_plans_and_sends(commitments, smtp_sink):
    outcome = "Mail: 1 sent, 0 withdrawn, 0 put off, 0 abandoned.\n"
    expected = listing(commitments) + "Planned: 1 mails, 2 reminders, 0 sheets.\n" + outcome
    assert run("--today", DAY) == expected
    (received,) = smtp_sink.messages
    assert received.message["Subject"].strip() == "2 commitments, first “Train” – 7 days overdue"
    assert received.message["To"] == "ayesha@example.org"
    assert run("--today", DAY) == "Planned: 0 mails, 0 reminders, 0 sheets.\n" + outcome.replace("1 sent", "0 sent")
    assert len(smtp_sink.messages) == 1


@pytest.mark.parametrize("day", ["2026-13-01", "tomorrow", "22/11/2026"])
def test_command_for_no_day_says_what_a_day_is(day):
    with pytest.raises(CommandError, match="--today is a day such as 2026-11-22, not"):
        run("--today", day)


def test_command_when_the_server_is_away_keeps_the_mail_and_says_why(commitments, smtp_sink, settings):
    settings.EMAIL_PORT = 1
    with pytest.raises(CommandError, match=r"Not everything could be sent:\n.*refused"):
        run("--today", DAY)
    assert Delivery.objects.get().state == Delivery.State.QUEUED


def test_post_when_an_address_was_refused_tells_the_administrators_on_its_next_round(smtp_sink):
    User.objects.create_superuser("root", "root@example.org")
    smtp_sink.refuse("ayesha@example.org")
    make_due(make_focal_person(send_hour=0), today=timezone.localdate())
    assert str(planner.plan(timezone.now())) == "1 mails, 1 reminders, 0 sheets"
    assert planner.send().counts == {"dead": 1}
    later = timezone.now()
    assert str(planner.plan(later)) == "0 mails, 0 reminders, 0 sheets, 1 reports of problems"
    assert (planner.plan(later).reports, planner.send().counts) == (0, {"sent": 1})
    (mail,) = smtp_sink.messages
    assert mail.recipients == ("root@example.org",) and "ayesha@example.org" in mail.message.get_body().get_content()
