"""The addresses of those who never confirmed a subscription, or stopped it, are erased after a month: from here, from
the deliveries that went there, and from the marks of refusal that came of them."""

from datetime import datetime

from django.db import transaction

from tracker.mail.models import Delivery, RefusedAddress

from . import alerts, asking
from .models import Subscriber, Subscription

KINDS = (alerts.KIND, asking.KIND)
AT_ONCE = 500


def erase(now: datetime) -> int:
    """Erase what is out of date; return how many subscriptions that were. To run it again does no harm."""
    erased = 0
    while some := list(Subscription.objects.out_of_date(now).order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            _erase(some)
        erased += len(some)
    return erased


def _erase(subscriptions):
    deliveries = Delivery.objects.filter(kind__in=KINDS, recipient__in=[each.recipient for each in subscriptions])
    # What a mail server said of an address may name it.
    keys = list(deliveries.values_list("pk", flat=True))
    RefusedAddress.objects.filter(delivery__in=keys).delete()
    Delivery.objects.filter(pk__in=keys).update(address="", error="")
    Subscription.objects.filter(pk__in=[each.pk for each in subscriptions]).delete()
    Subscriber.objects.filter(subscriptions__isnull=True).delete()
