"""Subscriptions on the desk: how many of what, for all who edit; whose they are, for administrators alone."""

import pytest

from tests.admin.conftest import logged_in, make_user
from tests.site.subscriptions.readers import READER, make
from tracker.site.subscriptions.models import Subscription

pytestmark = pytest.mark.django_db

LIST = "/admin/site/subscription/"


@pytest.mark.parametrize(("role", "sees"), [("editor", False), ("reviewer", False), ("administrator", True)])
def test_address_is_seen_by_who_sees_to_the_mail(role, sees):
    subscription, client = make(query="country=PAK"), logged_in(make_user(role, role))
    for page in (LIST, f"{LIST}{subscription.pk}/change/"):
        body = client.get(page).content.decode()
        assert ("country=PAK" in body, READER in body) == (True, sees)
    # Nor is it found out by a search.
    found = client.get(f"{LIST}?q=ayesha").context["cl"].queryset.count()
    assert found == sees


def test_nobody_adds_changes_or_deletes_one_on_the_desk():
    subscription, client = make(), logged_in(make_user("administrator", "administrator"))
    for page in ("add/", f"{subscription.pk}/delete/"):
        assert client.get(LIST + page).status_code == 403
    assert client.post(f"{LIST}{subscription.pk}/change/", {"frequency": "weekly"}).status_code == 403
    assert Subscription.objects.get().frequency == "daily"


def test_list_is_counted_by_state(client):
    make(), make(followed="meetings")
    make("b@example.org", confirmed_at=None, told_version=None, looked_on=None)
    client = logged_in(make_user("editor", "editor"))
    body = client.get(LIST).content.decode()
    assert [word for word in ("confirmed (2)", "waiting for confirmation (1)", "stopped (0)") if word not in body] == []
    assert client.get(f"{LIST}?state=asked").context["cl"].queryset.count() == 1
