"""The addresses of those who never confirmed a subscription, or stopped it, are erased after a month: from here, from
the deliveries that went there, and from the marks of refusal that came of them."""

from datetime import datetime

from django.db import transaction

from tracker.mail.erasing import forget_addresses
from tracker.mail.models import Delivery

from . import alerts, asking
from .models import Subscriber, Subscription

KINDS = (alerts.KIND, asking.KIND)
AT_ONCE = 500


def erase_addresses_of_subscribers(now: datetime) -> int:
    """Erase what is out of date; return how many subscriptions that were. To run it again does no harm."""
    erased = 0
    while some := list(Subscription.objects.out_of_date(now).order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            _erase(some)
        erased += len(some)
    return erased


def _erase(subscriptions):
    deliveries = Delivery.objects.filter(kind__in=KINDS, recipient__in=[each.recipient for each in subscriptions])
    forget_addresses(deliveries)
    Subscription.objects.filter(pk__in=[each.pk for each in subscriptions]).delete()
    Subscriber.objects.filter(subscriptions__isnull=True).delete()
