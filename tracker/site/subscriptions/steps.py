"""What the desk tells of subscribers before a record goes out, or is taken from the public."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.records.admin.steps import Step, causes_mail

from .followed import BY_NAME, CHANGES, SEARCH
from .models import Subscription


@causes_mail
def mail_to_subscribers(records, step):
    """How many follow lists and searches in which it may stand, or the record itself; whom it concerns is known when
    the alert is written."""
    if not (step.is_approval or step == Step.WITHDRAW):
        return
    keys = {name: _keys(records, register) for name, register in BY_NAME.items()}
    names = [name for name, found in keys.items() if found]
    if not names:
        return
    by_record = [Q(followed=name, record__in=keys[name]) for name in names]
    lists = Q(followed__in=[*names, SEARCH, CHANGES], record=0)
    number = Subscription.objects.active().filter(Q(lists, *by_record, _connector=Q.OR)).count()
    text = ngettext(
        "To subscribers: %(count)s subscription is looked through with the next alert",
        "To subscribers: %(count)s subscriptions are looked through with the next alert",
        number,
    )
    yield text % {"count": number} if number else _("To subscribers: none, nobody follows such records")


def _keys(records, register):
    """Of those that are of the register, once they are public."""
    model = register.records(timezone.localdate()).model
    return [each.pk for each in records if type(each) is model]
