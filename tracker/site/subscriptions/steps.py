"""What the desk tells of subscribers before a record goes out, or is taken from the public."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.discretion import discreet
from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue
from tracker.mail.relay import Withdraw
from tracker.records.admin.steps import Letter, Step, causes_mail, foretells_letters
from tracker.records.models import DataVersion

from .alerts import KIND
from .followed import BY_NAME, CHANGES, SEARCH
from .letters import AlertWriter
from .models import Alert, Subscription

MOST_LETTERS = 3


@causes_mail
def mail_to_subscribers(records, step):
    """How many follow lists and searches in which it may stand, or the record itself; whom it concerns is known when
    the alert is written."""
    if not (step.is_approval or step == Step.WITHDRAW):
        return
    number = _concerned(records).count()
    text = ngettext(
        "To subscribers: %(count)s subscription is looked through with the next alert",
        "To subscribers: %(count)s subscriptions are looked through with the next alert",
        number,
    )
    yield text % {"count": number} if number else _("To subscribers: none, nobody follows such records")


def _concerned(records):
    """The subscriptions that may have one of these records among what they follow."""
    keys = {name: found for name, register in BY_NAME.items() if (found := _keys(records, register))}
    by_record = [Q(followed=name, record__in=found) for name, found in keys.items()]
    lists = Q(followed__in=[*keys, SEARCH, CHANGES], record=0)
    return Subscription.objects.active().filter(Q(lists, *by_record, _connector=Q.OR))


def _keys(records, register):
    """Of those that are of the register, once they are public."""
    model = register.records(timezone.localdate()).model
    return [each.pk for each in records if type(each) is model]


@foretells_letters
def next_alerts(records, version, now):
    """What readers would be told next of these records alone: one letter of all who follow the same."""
    chosen = _concerned(records)
    until, alerts, seen = DataVersion.current(), [], set()
    for subscription in chosen.order_by("pk").select_related("subscriber"):
        followed = subscription.followed, subscription.record, subscription.query, subscription.language
        if followed not in seen and len(seen) < MOST_LETTERS:
            seen.add(followed)
            key, day = f"preview:{subscription.pk}", timezone.localdate(now)
            delivery = Delivery(key=key, kind=KIND, recipient=subscription.recipient, day=day, not_before=now)
            delivery = enqueue([delivery])[key]
            alerts.append(Alert(delivery=delivery, subscription=subscription, since=version, until=until))
    Alert.objects.bulk_create(alerts)
    writer = AlertWriter([each.delivery for each in alerts], now)
    for alert in alerts:
        try:
            message = writer.write(alert.delivery)
        except Withdraw:
            continue
        yield Letter(_("To subscribers"), message.subject, discreet(message.body))
