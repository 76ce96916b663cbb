"""Deliveries can be read by administrators; only those that still wait can be held back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.admin.desk import address, messages
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db


def make_delivery(key, state="queued", **fields):
    now = timezone.now()
    if state == "sent":
        fields["sent_at"] = now
    fields = {"kind": "digest", "recipient": "person:1", "day": date(2026, 1, 1), "not_before": now} | fields
    return Delivery.objects.create(key=key, state=state, message_id=f"{key}@example.org", **fields)


def act(client, action, deliveries):
    data = {"action": action, "_selected_action": [each.pk for each in deliveries]}
    return client.post(address(Delivery, "changelist"), data, follow=True)


def states():
    return dict(Delivery.objects.values_list("key", "state"))


def test_what_waits_is_held_back_and_what_is_on_its_way_is_left_alone(administrator):
    leased = {"leased_until": timezone.now() + timedelta(minutes=1)}
    deliveries = [make_delivery("waits"), make_delivery("goes", **leased), make_delivery("went", "sent")]
    response = act(administrator, "hold", deliveries)
    assert messages(response) == [
        "1 message is held back.",
        "2 messages are being sent or were sent, and stay as they are.",
    ]
    assert states() == {"waits": "held", "goes": "queued", "went": "sent"}


def test_what_was_held_back_is_released(administrator):
    response = act(administrator, "release", [make_delivery("held", "held"), make_delivery("dead", "dead")])
    assert messages(response)[0] == "1 message is released."
    assert states() == {"held": "queued", "dead": "dead"}


def test_a_delivery_is_read_and_never_written(administrator):
    page = address(Delivery, "change", make_delivery("one").pk)
    assert administrator.get(page).status_code == 200
    assert administrator.post(page, {"state": "sent"}).status_code == 403
    assert administrator.get(address(Delivery, "add")).status_code == 403


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_mail_is_for_administrators(request, role):
    client = request.getfixturevalue(role)
    delivery = make_delivery("one")
    assert act(client, "hold", [delivery]).status_code == 403
    assert states() == {"one": "queued"}
