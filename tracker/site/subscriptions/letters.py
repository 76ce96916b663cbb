"""What subscribers are sent: the mail that asks to confirm, and alerts, each written from the data of the moment."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings.followups.letter import framed
from tracker.mail.links import absolute
from tracker.mail.messages import OutgoingMessage
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw
from tracker.mail.writers import WRITERS
from tracker.records import edtf
from tracker.records.models import DataVersion

from . import alerts, asking
from .alerts import followed_by
from .links import DAYS_TO_CONFIRM, confirm_link, manage_link, stop_link
from .models import KEPT_FOR, Alert, Subscription
from .told import WhatIsTold, told

LONGEST_IN_SUBJECT = 120


class ConfirmationWriter:
    """The mails that ask to confirm, of some deliveries: one query, and those for the names of what is followed."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._today = timezone.localdate(now)
        keys = [int(delivery.recipient.rpartition(":")[2]) for delivery in deliveries]
        found = Subscription.objects.select_related("subscriber").filter(pk__in=keys)
        self._subscriptions = {each.recipient: each for each in found}

    def write(self, delivery: Delivery) -> OutgoingMessage:
        subscription = self._subscriptions.get(delivery.recipient)
        if subscription is None or subscription.stopped_at or subscription.confirmed_at:
            raise Withdraw("There is nothing left to confirm.")
        with translation.override(subscription.language):
            followed = followed_by(subscription, self._today)
            if followed.errors:
                raise Withdraw("What was asked for is not published now.")
            context = {"days": DAYS_TO_CONFIRM, "kept": KEPT_FOR.days, "confirm_link": confirm_link(subscription)}
            context |= _shared(subscription, followed) | {"subject": _("Please confirm: be told of changes by mail")}
            return _letter(subscription, "confirm_subscription", context)

    def is_current(self, delivery: Delivery) -> bool:
        waiting = Subscription.objects.filter(confirmed_at__isnull=True, stopped_at__isnull=True)
        return waiting.filter(pk=self._subscriptions[delivery.recipient].pk).exists()

    def once_sent(self, delivery: Delivery) -> Callable[[], None] | None:
        """Nothing but the delivery."""
        return None


class AlertWriter:
    """The alerts of some deliveries: what is told is looked up once for all who follow the same in one language."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._version, self._today = DataVersion.current(), timezone.localdate(now)
        alerts = Alert.objects.filter(delivery__in=deliveries).select_related("subscription__subscriber")
        self._alerts = {alert.delivery_id: alert for alert in alerts}
        self._told: dict[tuple, WhatIsTold | None] = {}

    def write(self, delivery: Delivery) -> OutgoingMessage:
        alert = self._alerts.get(delivery.pk)
        if alert is None or not alert.subscription.is_active:
            raise Withdraw("Nobody is to be told of this any more.")
        subscription = alert.subscription
        with translation.override(subscription.language):
            followed = followed_by(subscription, self._today)
            found = self._told_of(followed, alert)
            if found is None:
                raise Withdraw("Nothing of what had changed is left to tell.")
            context = _shared(subscription, followed) | {
                "told": found,
                "since": day_in_words(subscription.confirmed_at),
            }
            return _letter(subscription, "alert", context | {"subject": _subject(found, context["headline"])})

    def _told_of(self, followed, alert):
        group = *followed.identity, translation.get_language(), alert.since, alert.until
        if group not in self._told:
            self._told[group] = told(followed, alert.since, alert.until, self._today)
        return self._told[group]

    def is_current(self, delivery: Delivery) -> bool:
        subscription = self._alerts[delivery.pk].subscription
        is_wanted = Subscription.objects.active().filter(pk=subscription.pk).exists()
        return is_wanted and DataVersion.current() == self._version

    def once_sent(self, delivery: Delivery) -> Callable[[], None] | None:
        """How far its reader was told was noted when it was queued."""
        return None


WRITERS |= {asking.KIND: ConfirmationWriter, alerts.KIND: AlertWriter}


def _shared(subscription, followed):
    return {
        "site": settings.SITE_URL,
        "headline": followed.headline,
        "list_link": absolute(followed.address),
        "frequency": subscription.get_frequency_display(),
        "manage_link": manage_link(subscription),
    }


def _letter(subscription, template, context):
    thread, stop = f"{subscription.recipient}", stop_link(subscription)
    return framed(subscription.subscriber.address, template, context, thread, stop)


def day_in_words(moment: datetime | None) -> str:
    """By the clock of the site; empty of none."""
    return edtf.in_words(timezone.localdate(moment).isoformat()) if moment else ""


def _subject(found, headline):
    name = headline if len(headline) <= LONGEST_IN_SUBJECT else f"{headline[:LONGEST_IN_SUBJECT]}…"
    if not found.is_counted:
        pattern = pgettext("subject of an alert", "More than %(count)s changes: %(list)s")
    else:
        pattern = ngettext("%(count)s change: %(list)s", "%(count)s changes: %(list)s", found.total)
    return pattern % {"count": found.total, "list": name}
