"""Administrators read deliveries, hold back what waits, try again what was given up, lift the mark of an address."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.desk import address, messages
from tests.factories import make_person
from tracker.accounts.models import User
from tracker.mail.models import Delivery, LastRun, RefusedAddress

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
        "2 messages are in another state, and stay as they are.",
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


def test_what_was_given_up_is_tried_again_from_the_start_and_its_address_counts_as_good(administrator):
    fields = {"attempts": 5, "error": "550 5.1.1 gone", "dead_at": timezone.now()}
    dead = make_delivery("dead", "dead", address="Gone@example.org", **fields)
    other = make_delivery("other", "dead", address="other@example.org", **fields)
    for delivery in (dead, other):
        RefusedAddress.objects.mark(delivery.address, "550 5.1.1 gone", timezone.now(), delivery)
    before = timezone.now()
    response = act(administrator, "try_again", [dead, make_delivery("went", "sent")])
    assert messages(response) == [
        "1 message will be tried again.",
        "1 message is in another state, and stays as it is.",
    ]
    assert states() == {"dead": "queued", "other": "dead", "went": "sent"}
    dead.refresh_from_db()
    assert (dead.attempts, dead.dead_at, dead.error) == (0, None, "550 5.1.1 gone")
    assert before <= dead.not_before <= timezone.now()
    assert RefusedAddress.objects.addresses() == {"other@example.org"}


def test_list_counts_by_state_what_needs_somebody_and_filters_by_it(administrator):
    for key, state in (("a", "dead"), ("b", "dead"), ("c", "held"), ("d", "sent")):
        make_delivery(key, state)
    response = administrator.get(address(Delivery, "changelist"), {"state": "dead"})
    assert {delivery.key for delivery in response.context["cl"].queryset} == {"a", "b"}
    choices = [choice["display"] for choice in response.context["cl"].filter_specs[0].choices(response.context["cl"])]
    assert choices == ["All", "abandoned (2)", "held back (1)", "waiting (0)", "sent", "withdrawn"]
    unknown = administrator.get(address(Delivery, "changelist"), {"state": "nonsense"}).context["cl"]
    assert (len(unknown.queryset), [part.name for part in unknown.unread]) == (0, ["state"])


def test_list_says_when_planner_and_relay_last_ran_or_that_they_never_did(administrator):
    LastRun.note("relay", datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "first")
    LastRun.note("relay", datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "3 sent")
    page = " ".join(administrator.get(address(Delivery, "changelist")).content.decode().split())
    assert re.findall(r'<li class="(\w+)"> (The .*?) </li>', page) == [
        ("warning", "The planner never ran."),
        ("info", "The relay last ran on Nov. 23, 2026, 8 a.m. – 3 sent"),
    ]


def test_page_of_a_delivery_shows_everything_that_can_be_read(administrator):
    values = {"address": "sent-to@example.org", "subject": "About it", "error": "451 later", "attempts": 7}
    delivery = make_delivery("the-key", kind="alert", recipient="person:77", **values)
    page = administrator.get(address(Delivery, "change", delivery.pk)).content.decode()
    shown = [*values.values(), "the-key", "alert", "person:77", "the-key@example.org", "waiting", "Jan. 1, 2026"]
    assert [value for value in shown if str(value) not in page] == []
    assert [name for name in ("_save", "deletelink") if name in page] == []


def test_refused_address_is_found_read_and_deleted_once_it_works_again(administrator):
    delivery = make_delivery("dead", "dead")
    RefusedAddress.objects.mark("Gone@example.org", "550 5.1.1 unknown", timezone.now(), delivery)
    RefusedAddress.objects.mark("other@example.org", "550 5.1.1 unknown", timezone.now(), None)
    mark = RefusedAddress.objects.get(address="gone@example.org")
    found = administrator.get(address(RefusedAddress, "changelist"), {"q": "GONE"}).context["cl"].queryset
    assert list(found) == [mark]
    page = administrator.get(address(RefusedAddress, "change", mark.pk)).content.decode()
    assert f'<a href="{address(Delivery, "change", delivery.pk)}">dead</a>' in page
    assert administrator.get(address(RefusedAddress, "add")).status_code == 403
    assert administrator.post(address(RefusedAddress, "change", mark.pk), {"address": "x"}).status_code == 403
    administrator.post(address(RefusedAddress, "delete", mark.pk), {"post": "yes"})
    assert RefusedAddress.objects.addresses() == {"other@example.org"}


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_refused_addresses_are_for_administrators(request, role):
    client = request.getfixturevalue(role)
    RefusedAddress.objects.mark("gone@example.org", "550", timezone.now(), None)
    mark = RefusedAddress.objects.get()
    pages = [address(RefusedAddress, "changelist"), address(RefusedAddress, "change", mark.pk)]
    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert client.post(address(RefusedAddress, "delete", mark.pk), {"post": "yes"}).status_code == 403
    assert RefusedAddress.objects.count() == 1


def test_role_of_administrators_holds_every_permission_of_the_mail(administrator):
    user = User.objects.get(username="administrator")
    names = {name for name in user.get_all_permissions() if name.startswith("mail.")}
    actions, models = ("add", "change", "delete", "view"), ("delivery", "lastrun", "refusedaddress")
    assert names == {f"mail.{action}_{model}" for action in actions for model in models}


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_mail_is_for_administrators(request, role):
    client = request.getfixturevalue(role)
    delivery = make_delivery("one")
    assert act(client, "hold", [delivery]).status_code == 403
    assert act(client, "try_again", [delivery]).status_code == 403
    assert states() == {"one": "queued"}


def test_deliveries_name_whom_they_are_for_and_lead_to_them(administrator):
    person = make_person("Li Na")
    make_delivery("one", recipient=f"person:{person.pk}")
    make_delivery("two", recipient=f"user:{administrator.user.pk}")
    make_delivery("three", recipient="person:999999")
    page = administrator.get(address(Delivery, "changelist")).content.decode()
    assert f'<a href="{address(type(person), "change", person.pk)}">Li Na</a>' in page
    assert f'<a href="{address(User, "change", administrator.user.pk)}">administrator</a>' in page
    assert ">person:999999</td>" in page or ">person:999999</th>" in page
    one = administrator.get(address(Delivery, "change", Delivery.objects.get(key="one").pk)).content.decode()
    assert ">Li Na</a>" in one


def test_list_of_deliveries_asks_as_often_for_many_people(administrator):
    counts = []
    for number in range(6):
        make_delivery(f"to-{number}", recipient=f"person:{make_person().pk}")
        with CaptureQueriesContext(connection) as queries:
            administrator.get(address(Delivery, "changelist"))
        counts.append(len(queries))
    assert set(counts[1:]) == {counts[1]}
