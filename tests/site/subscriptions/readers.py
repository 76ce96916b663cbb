"""What readers do, for the tests of subscriptions: ask, confirm, open the links of their mail; and the site’s part."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import mail
from django.test import RequestFactory
from django.utils import timezone

from meetings.followups import planner
from tracker.mail.models import Delivery
from tracker.records.models import DataVersion
from tracker.site.subscriptions import alerts
from tracker.site.subscriptions.models import Subscriber, Subscription
from tracker.site.subscriptions.pages import SubscribeForm

SITE = "http://testserver"
NEW = "/subscriptions/new/"
ASKED = "/subscriptions/asked/"
LINK = re.compile(r"http://testserver(\S*/subscriptions/(\w+)/\S+)")
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
READER = "ayesha@example.org"


def mark():
    """That of a form that was opened a minute ago."""
    return SubscribeForm(RequestFactory().get("/"), timezone.now() - timedelta(minutes=1)).mark


def ask(client, query="?list=agreements", address=READER, frequency="daily", page=NEW, **more):
    posted = {"address": address, "frequency": frequency, "opened": mark()}
    return client.post(page + query, posted | more)


def mails():
    """Those that go out now."""
    planner.send()
    found = list(mail.outbox)
    mail.outbox.clear()
    return found


def link(message, purpose):
    """The path of a link in a message."""
    (found,) = {path for path, name in LINK.findall(message.body) if name == purpose}
    return found


def subscribe(client, query="?list=agreements", address=READER, frequency="daily", page=NEW):
    """Ask and confirm, as a reader does; return the subscription."""
    ask(client, query, address, frequency, page)
    (message,) = mails()
    assert client.post(link(message, "confirm")).status_code == 200
    return Subscription.objects.active().latest("pk")


def make(address=READER, followed="agreements", query="", record=0, frequency="daily", language="en", **fields):
    """A subscription that was confirmed a week ago, whose reader was told of all that there is."""
    now = timezone.now() - timedelta(days=7)
    subscriber, _is_new = Subscriber.objects.get_or_create(address=address, defaults={"created_at": now})
    confirmed = {"confirmed_at": now, "told_version": DataVersion.current(), "looked_on": now.date()}
    known = {"subscriber": subscriber, "followed": followed, "query": query, "record": record}
    chosen = {"frequency": frequency, "language": language, "asked_at": now}
    return Subscription.objects.create(**known | chosen | confirmed | fields)


def at(day, hour=8, minute=0):
    """A moment of a day in March 2026 by the clock of the site; the 2nd, 9th … are Mondays."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(settings.TIME_ZONE))


def tomorrow(days=1):
    """The hour of alerts on a day to come."""
    local = timezone.localtime(timezone.now()) + timedelta(days=days)
    return local.replace(hour=8, minute=30)


def alerts_of(days=1):
    """Plan and send the alerts of so many days from now; return the messages by address."""
    alerts.plan(tomorrow(days))
    Delivery.objects.unsent().update(not_before=timezone.now())
    return {message.to[0]: message for message in mails()}
