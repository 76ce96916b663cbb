"""What the worker does when it is woken. The database says what is due; a task may be lost, late or run twice.

And the trace that beat leaves each time it wakes somebody, so that its silence can be told from the worker's.
"""

from math import ceil

from celery import shared_task
from celery.signals import after_task_publish, beat_init
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from meetings.followups import planner
from tracker.mail.models import LastRun
from tracker.records.admin.switching import switch_due
from tracker.records.publication import publish_due
from tracker.site import erasing
from tracker.site.package.releases import release_if_due
from tracker.site.package.without import issue_again
from tracker.site.subscriptions import alerts

# Ends in good time before CELERY_TASK_TIME_LIMIT, which would kill it in mid-send; the next wake-up goes on.
RELAY_SECONDS = 100
# With millions of records.
SECONDS_FOR_A_RELEASE = 2 * 3600
# A long queue gets several relays, which share it; a worker runs as many at once as it has processes.
MESSAGES_FOR_A_RELAY, MOST_RELAYS = 500, 4


@shared_task
def plan_follow_ups():
    _wake_relays(planner.plan(timezone.now()).messages)


@shared_task
def plan_alerts():
    _wake_relays(alerts.plan(timezone.now()))


def _wake_relays(messages):
    for _relay in range(min(ceil(messages / MESSAGES_FOR_A_RELAY), MOST_RELAYS)):
        relay_mail.delay()


@shared_task
def publish_due_records():
    now = timezone.now()
    publish_due(now)
    switch_due(now)


@shared_task
def relay_mail():
    planner.send(seconds=RELAY_SECONDS)


@shared_task(acks_late=False, time_limit=SECONDS_FOR_A_RELEASE)
def release_data_package():
    """May take longer than a message waits for its worker: taken off the queue at once, it is not handed out again. Who
    kills it loses nothing, as the next wake-up makes the release."""
    now = timezone.now()
    issue_again(now)
    release_if_due(now)


@shared_task
def clear_out_of_date():
    call_command("clear_out_of_date")


@shared_task
def erase_addresses():
    erasing.erase_addresses(timezone.now())


@beat_init.connect
def watch_beat(**_):
    after_task_publish.connect(note_beat)


def note_beat(**_):
    close_old_connections()
    LastRun.note(LastRun.Name.BEAT, timezone.now(), "")
