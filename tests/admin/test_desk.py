"""Every page of the desk opens for those who may see it, and the index leads to the work that waits."""

import pytest
from django.contrib import admin

from agreements.models import Agreement
from meetings.models import Commitment, Meeting
from tests.admin.desk import address
from tests.factories import make_agreement, make_commitment, make_country, make_meeting, make_organisation, make_person

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


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_the_index_leads_to_lists_that_open(request, role):
    client = request.getfixturevalue(role)
    content = client.get("/admin/").content.decode()
    links = {part.split('"')[0] for part in content.split('href="')[1:] if part.startswith("/admin/meetings/")}
    assert f"{address(Meeting, 'changelist')}?todo=held_without_results" in links
    assert [client.get(link.replace("&amp;", "&")).status_code for link in sorted(links)] == [200] * len(links)


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
    assert '<span class="edtf-reading">on or before 29 January 2026</span>' in page


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
