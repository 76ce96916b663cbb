"""Every page of the desk opens for those who may see it, and the index leads to the work that waits."""

import re
from datetime import timedelta
from html import unescape
from itertools import product

import pytest
from django.apps import apps
from django.contrib import admin
from django.utils import timezone

from agreements.models import Agreement, Forum, Organisation, WorkingGroup
from meetings.models import Commitment, Meeting, ProgressUpdate
from tests.admin.desk import address, errors, shown
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_working_group,
)
from tests.parts import thinned
from tracker.records.models import Publication

pytestmark = pytest.mark.django_db

RECORDS = [make_agreement, make_commitment, make_country, make_meeting, make_organisation, make_person]
CLOSED = {"editor": {"accounts", "mail", "auth"}, "reviewer": {"accounts", "mail", "auth"}, "administrator": {"auth"}}


@pytest.mark.usefixtures("undrawn")  # drawn they are in test_lists
@pytest.mark.parametrize("role", [*CLOSED, "superuser"])
def test_each_list_opens_for_those_who_may_see_it(request, role):
    client = request.getfixturevalue(role)
    for model in admin.site._registry:
        expected = 403 if model._meta.app_label in CLOSED.get(role, ()) else 200
        assert client.get(address(model, "changelist") + "?q=a").status_code == expected, model


@pytest.mark.parametrize("role", CLOSED)
@pytest.mark.parametrize("make", RECORDS)
def test_each_record_opens_with_its_history(request, role, make):
    client = request.getfixturevalue(role)
    record = make()
    for page in ("change", "history"):
        assert client.get(address(type(record), page, record.pk)).status_code == 200
    if role == "editor":
        assert client.get(address(type(record), "add")).status_code == 200


MAKE = {
    Agreement: make_agreement,
    Commitment: make_commitment,
    Forum: make_forum,
    Meeting: make_meeting,
    Organisation: make_organisation,
    ProgressUpdate: lambda **fields: ProgressUpdate.objects.create(
        commitment=make_commitment(), progress="limited", **fields
    ),
    WorkingGroup: make_working_group,
}


def links_of_the_desk(client):
    page = client.get("/admin/").content.decode()
    desk = page.split('<div id="content-main">')[1].split('<div id="content-related"')[0]
    return [unescape(link) for link in re.findall('href="([^"]+)"', desk)]


@pytest.mark.parametrize(
    ("role", "model"),
    thinned(
        product(
            ["editor", "reviewer", "administrator"],
            [each for each in apps.get_models() if issubclass(each, Publication)],
        ),
        lambda role, model: role == "reviewer" or model is ProgressUpdate,
    ),
)
def test_the_desk_leads_to_everything_that_was_to_be_published_by_now(request, role, model):
    client = request.getfixturevalue(role)
    late = MAKE[model](state="in_review", publish_at=timezone.now() - timedelta(hours=1))
    MAKE[model](state="in_review", publish_at=timezone.now() + timedelta(hours=1))
    MAKE[model](state="in_review")
    link = f"{address(model, 'changelist')}?todo=publication_due"
    assert links_of_the_desk(client).count(link) == 1
    assert list(client.get(link).context["cl"].queryset) == [late]


def test_only_what_the_public_sees_has_a_link_to_its_page(reviewer):
    shown = {}
    for state in ("draft", "in_review", "published", "withdrawn"):
        agreement = make_agreement(state=state)
        response = reviewer.get(address(Agreement, "change", agreement.pk))
        shown[state] = response.context["has_absolute_url"]
    assert shown == {"draft": False, "in_review": False, "published": True, "withdrawn": False}


def test_a_date_is_read_back_in_words(editor):
    commitment = make_commitment(due="../2026-01-29", state="draft")
    page = editor.get(address(Commitment, "change", commitment.pk)).content.decode()
    assert 'on or before 29 January 2026. Stored as <code dir="ltr">../2026-01-29</code></span>' in page


def test_a_date_as_people_write_it_is_kept_as_its_notation_and_read_back(editor):
    commitment = make_commitment(state="draft")
    link = address(Commitment, "change", commitment.pk)
    data = shown(editor.get(link)) | {"due": "23.09.2021", "due_rule": "date"}
    refused = editor.post(link, data | {"due": "03/04/2021"})
    assert errors(refused) == [
        "“03/04/2021” may be 3 April 2021 or 4 March 2021. Write 2021-04-03 or 2021-03-04, or name the month."
    ]
    assert 'value="03/04/2021"' in refused.content.decode()
    assert editor.post(link, data).status_code == 302
    commitment.refresh_from_db()
    page = editor.get(link).content.decode()
    assert (commitment.due, 'value="2021-09-23"' in page) == ("2021-09-23", True)
    assert 'Thursday 23 September 2021, exact to the day. Stored as <code dir="ltr">2021-09-23</code></span>' in page


def test_no_page_of_the_desk_holds_inline_style_or_script(superuser):
    meeting = make_meeting()
    pages = [
        "/admin/",
        address(Meeting, "changelist"),
        address(Meeting, "add"),
        address(Meeting, "change", meeting.pk),
        address(Meeting, "history", meeting.pk),
        address(Meeting, "revision", meeting.pk, 1),
        address(Meeting, "delete", meeting.pk),
    ]
    for page in pages:
        content = superuser.get(page).content.decode()
        assert " style=" not in content, page
        assert "<style" not in content, page
        assert " onclick=" not in content, page
        for script in content.split("<script")[1:]:
            assert "src=" in script.split(">")[0] or 'type="application/json"' in script.split(">")[0], page
