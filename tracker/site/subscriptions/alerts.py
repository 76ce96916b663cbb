"""Which subscriptions are due, and what is put in the queue for them: one delivery for each of whom something is to be
told. For the task and the command alike; any number may run at once, as often as they like."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from tracker.mail.models import Delivery, RefusedAddress
from tracker.mail.queue import enqueue
from tracker.records.models import DataVersion

from .followed import Followed, followed
from .models import Alert, Subscription
from .told import PublicChanges

KIND = "alert"
# By the clock of the site.
HOUR = time(8)
# Written in one transaction, which keeps others from writing.
AT_ONCE = 500
Frequency = Subscription.Frequency


def period(frequency: str, now: datetime) -> date:
    """The last day at whose hour of mail alerts of this frequency were due: today or yesterday, or a Monday."""
    local = timezone.localtime(now)
    day = local.date() if local.time() >= HOUR else local.date() - timedelta(days=1)
    return day - timedelta(days=day.weekday()) if frequency == Frequency.WEEKLY else day


def plan(now: datetime) -> int:
    """Queue an alert for each subscription that is due and has something to tell; return how many.

    In one transaction with each delivery the mark moves of how far its reader was told: who kills this in between loses
    nothing, and whoever runs it again repeats nothing.
    """
    stop_refused(now)
    periods = {frequency.value: period(frequency, now) for frequency in Frequency}
    due = list(Subscription.objects.due(periods).order_by("pk"))
    if not due:
        return 0
    version, today = DataVersion.current(), timezone.localdate(now)
    newest = _newest(due, today, version)
    queued = 0
    for start in range(0, len(due), AT_ONCE):
        some = due[start : start + AT_ONCE]
        queued += _queue(some, newest, periods, version, now)
    return queued


def stop_refused(now: datetime) -> int:
    """Stop what goes to an address that a mail server refused for good."""
    refused = RefusedAddress.objects.values("address")
    stopped = Subscription.objects.filter(stopped_at__isnull=True, subscriber__address__in=refused)
    return stopped.update(stopped_at=now, why_stopped=Subscription.WhyStopped.REFUSED)


def _newest(due: Iterable[Subscription], today: date, version: int) -> dict[tuple[str, int, str], int]:
    """The data version of the newest change in each thing that is followed: each is looked at once, however many follow
    it, and the history once for each kind of record."""
    followers = defaultdict(list)
    for each in due:
        followers[each.followed, each.record, each.query].append(each.told_version or 0)
    changes = PublicChanges(min(min(told) for told in followers.values()))
    newest = {}
    for identity in followers:
        found = changes.of(followed(*identity, today, version))
        newest[identity] = max((change.version for change, *_place in found if change.version <= version), default=0)
    return newest


def _queue(due, newest, periods, version, now):
    """Queue what these are to be told, and move their marks; return how many were queued. Each is looked at again, as
    another planner may have come first, or a reader have stopped it."""
    with transaction.atomic():
        again = Subscription.objects.select_for_update().due(periods).filter(pk__in=[each.pk for each in due])
        still = list(again.order_by("pk"))
        told = [each for each in still if newest.get(_identity(each), 0) > (each.told_version or 0)]
        queued = enqueue(_delivery(each, periods[each.frequency], now) for each in told)
        rows = [(queued[key], each) for each in told if (key := _key(each, periods[each.frequency])) in queued]
        Alert.objects.bulk_create(
            Alert(delivery=delivery, subscription=each, since=each.told_version, until=version)
            for delivery, each in rows
        )
        # Where the day has its message already, what is new waits for the next one.
        waits = {each.pk for each in told} - {each.pk for _delivery, each in rows}
        for each in still:
            each.looked_on = periods[each.frequency]
            each.told_version = each.told_version if each.pk in waits else version
        Subscription.objects.bulk_update(still, ["looked_on", "told_version"])
    return len(rows)


def _identity(subscription):
    return subscription.followed, subscription.record, subscription.query


def _key(subscription, day):
    return f"{KIND}:{subscription.pk}:{day}"


def _delivery(subscription, day, now):
    return Delivery(key=_key(subscription, day), kind=KIND, recipient=subscription.recipient, day=day, not_before=now)


def followed_by(subscription: Subscription, today: date, version: int | None = None) -> Followed:
    return followed(subscription.followed, subscription.record, subscription.query, today, version)
