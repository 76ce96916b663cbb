"""What the worker does when it is woken. The database says what is due; a task may be lost, late or run twice."""

from celery import shared_task
from django.utils import timezone

from meetings.followups import post

# Ends in good time before CELERY_TASK_TIME_LIMIT, which would kill it in mid-send; the next wake-up goes on.
RELAY_SECONDS = 100


@shared_task
def plan_follow_ups():
    if post.plan(timezone.now()):
        relay_mail.delay()


@shared_task
def relay_mail():
    post.send(seconds=RELAY_SECONDS)
