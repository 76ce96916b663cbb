"""A message enters the queue once, whoever plans it and how often."""

from datetime import UTC, date, datetime
from itertools import chain

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from tests.mail.side_by_side import side_by_side
from tracker.mail.messages import message_id
from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def deliveries(*keys):
    day = date(2026, 11, 23)
    return [Delivery(key=key, kind="test", recipient="person:1", day=day, not_before=NOW) for key in keys]


def enqueue_in_transaction(*keys):
    with transaction.atomic():
        return enqueue(deliveries(*keys))


@pytest.mark.django_db
def test_enqueue_when_some_keys_are_known_returns_only_the_new_ones():
    assert set(enqueue_in_transaction("a", "b")) == {"a", "b"}
    second = enqueue_in_transaction("b", "c")
    assert list(second) == ["c"] and second["c"].pk == Delivery.objects.get(key="c").pk
    assert Delivery.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_enqueue_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        enqueue(deliveries("a"))
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_enqueue_by_many_planners_at_once_inserts_each_key_for_one_of_them():
    keys = [f"key-{number}" for number in range(50)]
    results = side_by_side(6, lambda: list(enqueue_in_transaction(*keys)))
    assert sorted(chain.from_iterable(results)) == sorted(keys)
    assert Delivery.objects.count() == 50


def test_message_id_for_a_key_is_always_the_same_and_of_our_domain(settings):
    settings.SITE_URL = "https://tracker.example.org:8443"
    assert message_id("follow-up:1:2026-11-23") == "<322f02afa14c466a51be3da3ca234721ec81dbbd@tracker.example.org>"
    assert message_id("follow-up:1:2026-11-23") != message_id("follow-up:2:2026-11-23")
