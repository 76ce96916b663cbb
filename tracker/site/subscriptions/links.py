"""The signed links in mail to subscribers: each is good for one purpose, and proves that its holder reads there."""

from datetime import timedelta

from django.urls import reverse

from tracker.mail import links

from .models import Subscriber, Subscription

CONFIRM, STOP, MANAGE = "subscription-confirm", "subscription-stop", "subscription-manage"
DAYS_TO_CONFIRM = 7


def confirm_link(subscription: Subscription) -> str:
    return _link(CONFIRM, subscription.pk)


def stop_link(subscription: Subscription) -> str:
    """Never expires, and needs neither a login nor a cookie: mail programs keep it for years (RFC 8058)."""
    return _link(STOP, subscription.pk)


def manage_link(subscription: Subscription) -> str:
    return _link(MANAGE, subscription.subscriber_id)


def to_confirm(token: str) -> Subscription | None:
    """What a link was made for; None of what is gone. Raise ``signing.SignatureExpired`` after ``DAYS_TO_CONFIRM``,
    ``signing.BadSignature`` of what is not ours."""
    return _subscription(CONFIRM, token, timedelta(days=DAYS_TO_CONFIRM))


def to_stop(token: str) -> Subscription | None:
    return _subscription(STOP, token, timedelta.max)


def to_manage(token: str) -> Subscriber | None:
    (key,) = links.read(MANAGE, token, timedelta.max)
    return Subscriber.objects.filter(pk=key).first()


def _subscription(purpose, token, max_age):
    (key,) = links.read(purpose, token, max_age)
    return Subscription.objects.select_related("subscriber").filter(pk=key).first()


def _link(purpose, key):
    return links.absolute(reverse(purpose, args=[links.sign(purpose, key)]))
