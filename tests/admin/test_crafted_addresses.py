"""Crafted keys and values on every page of the admin: never an error of ours."""

import logging

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from tests.abuse.crafted import keyed, listed, prefilled
from tests.admin.conftest import make_user
from tests.admin.desk import taken
from tests.factories import make_commitment, make_person
from tracker.urls import urlpatterns

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def root():
    client = Client(raise_request_exception=False)
    client.force_login(make_user("root", is_superuser=True))
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    yield client
    logging.getLogger("django.request").setLevel(logging.NOTSET)


def failing(client, addresses):
    return [address[:200] for address in addresses if client.get(address).status_code >= 500]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_page_of_a_record_with_a_crafted_key_is_not_there(root, model):
    assert failing(root, keyed(model)) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_form_that_starts_with_crafted_values_is_refused_or_drawn(root, model):
    assert failing(root, prefilled(model)) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_list_with_crafted_values_is_refused_or_shown(root, model, undrawn):
    filters = admin.site.get_model_admin(model).list_filter
    assert failing(root, listed(model, filters)) == []


@pytest.mark.parametrize("key", ["²", "9" * 30, "abc"])
def test_row_that_names_a_crafted_key_is_shown_again(root, key):
    rows = {"citations-TOTAL_FORMS": 1, "citations-INITIAL_FORMS": 0, "citations-0-source": key}
    assert root.post("/admin/meetings/commitment/add/", rows).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/admin/meetings/meeting/%C2%B2/history/", 404),
        ("/admin/meetings/meeting/%C2%B2/change/", 404),
        ("/admin/accounts/user/%C2%B2/password/", 404),
        ("/admin/meetings/meeting/99999999999999999999/change/", 404),
        ("/admin/meetings/meeting/add/?forum=abc", 400),
        ("/admin/meetings/commitment/add/?meeting=abc", 400),
        ("/admin/meetings/commitment/add/?themes=1,abc", 400),
        ("/admin/meetings/commitment/add/?publish_at=abc", 400),
        ("/admin/meetings/commitment/add/?publish_at=2026-11-01T08:00", 200),
        ("/admin/meetings/commitment/add/?source=%C2%B2", 200),
        ("/admin/agreements/agreement/add/?themes=1,2&title=Any", 200),
        ("/admin/meetings/meeting/?id__in=1,99999999999999999999", 400),
        ("/admin/mail/delivery/?created_at__year=0", 400),
        ("/admin/mail/refusedaddress/?refused_at__year=2026&refused_at__month=2", 200),
        ("/admin/agreements/agreement/?title__regex=(a%2B)%2B$", 400),
        ("/admin/meetings/meeting/?_to_field=place", 400),
        ("/admin/meetings/meeting/?_changelist_filters=%C2%B2%26%3D", 200),
        ("/admin/meetings/meeting/add/?_changelist_filters=%C2%B2%26%3D", 200),
        ("/admin/meetings/meeting/?o=99.x.-&p=1", 200),
        ("/admin/meetings/meeting/?p=%C2%B2", 200),
        ("/admin/meetings/meeting/?e=1", 200),
        ("/admin/autocomplete/?app_label=x&model_name=y&field_name=z", 403),
        ("/admin/r/%C2%B2/%C2%B2/", 404),
    ],
)
def test_crafted_address_is_answered_as_what_it_is(root, address, status):
    assert root.get(address).status_code == status


@pytest.mark.parametrize("key", ["²", "abc", "99999999999999999999", ""])
def test_action_on_crafted_keys_is_refused(root, key):
    make_commitment()
    sent = taken("send_to_review") | {"_selected_action": ["1", key]}
    assert root.post("/admin/meetings/commitment/", sent).status_code == 400


def test_form_that_names_a_crafted_key_among_several_is_refused(root):
    address = "/admin/meetings/commitment/add/"
    assert root.post(address, {"themes": ["99999999999999999999"]}).status_code == 400
    shown = root.post(address, {"meeting": "99999999999999999999", "agreement": "²"})
    assert (shown.status_code, {"meeting", "agreement"} - shown.context["adminform"].form.errors.keys()) == (200, set())


@pytest.mark.parametrize("button", ["hold", "skip", "hold_all", "release"])
@pytest.mark.parametrize("value", ["", "1", "1-2", "1-2-3", "²", "1-²", "--", "9" * 30, "9" * 30 + "-1"])
def test_button_of_tomorrow_s_mail_with_a_crafted_value_is_not_there(root, button, value):
    make_person("Ayesha")
    assert root.post("/admin/meetings/reminder/tomorrow/", {button: value}).status_code in (302, 404)


def test_page_outside_of_the_admin_is_left_alone(client):
    """Its name may begin like one of the admin."""
    ours = path("x/<str:object_id>/", lambda request, object_id: HttpResponse(object_id), name="meetings_meeting_add")
    urls = type("urls", (), {"urlpatterns": [ours, *urlpatterns]})
    with override_settings(ROOT_URLCONF=urls):
        assert client.get("/x/abc/?forum=abc").status_code == 200
