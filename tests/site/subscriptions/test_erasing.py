"""Addresses of those who never confirmed, or stopped, are erased after a month; of those who are told, never."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import make_agreement
from tests.site.subscriptions.readers import READER, alerts_of, ask, mails, make
from tracker.mail.models import Delivery, RefusedAddress
from tracker.site.erasing import erase_addresses as erase
from tracker.site.subscriptions.models import Subscriber, Subscription
from tracker.tasks import erase_addresses

pytestmark = pytest.mark.django_db

NOW = timezone.now()
OTHER = "bilal@example.org"


def after(days):
    return timezone.now() + timedelta(days=days, minutes=1)


def everywhere():
    """All text of all rows that could hold an address."""
    kinds = (Subscriber, Subscription, Delivery, RefusedAddress)
    return " ".join(str(row) for kind in kinds for row in kind.objects.values_list())


def test_address_that_was_never_confirmed_is_erased_after_a_month(client):
    ask(client)
    mails()
    assert erase(after(29)) == 0 and READER in everywhere()
    assert erase(after(30)) == 1
    assert READER not in everywhere() and Delivery.objects.count() == 1
    assert erase(after(30)) == 0


def test_address_that_stopped_is_erased_after_a_month_and_its_deliveries_stay_without_it():
    make(), make(OTHER)
    make_agreement()
    alerts_of()
    Subscription.objects.filter(subscriber__address=READER).update(stopped_at=NOW, why_stopped="by_reader")
    assert erase(after(29)) == 0
    assert erase(after(30)) == 1
    assert (READER in everywhere(), OTHER in everywhere()) == (False, True)
    assert Delivery.objects.filter(state="sent").count() == 2


def test_address_that_is_told_of_something_else_stays():
    make(stopped_at=NOW, why_stopped="by_reader"), make(followed="meetings")
    assert erase(after(400)) == 1
    assert Subscriber.objects.get().address == READER and Subscription.objects.count() == 1


def test_mark_of_refusal_goes_with_the_address_that_it_names(smtp_sink, transactional_db, client):
    smtp_sink.refuse(READER, f"550 5.1.1 <{READER}> no such mailbox")
    ask(client)
    mails()
    assert READER in Delivery.objects.get().error and RefusedAddress.objects.count() == 1
    assert erase(after(30)) == 1
    assert READER not in everywhere()


@pytest.mark.parametrize("run", [erase_addresses, lambda: call_command("erase_addresses")], ids=["task", "command"])
def test_task_and_command_erase(run, capsys):
    long_ago = NOW - timedelta(days=31)
    make(asked_at=long_ago, confirmed_at=None, told_version=None, looked_on=None)
    run()
    assert READER not in everywhere()
