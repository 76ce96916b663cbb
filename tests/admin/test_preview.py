"""A record before it is published: its page by the public’s own view, what changes, what mail follows."""

import pytest

from agreements.models import Agreement
from meetings.models import Commitment, FocalPoint, Meeting
from tests.admin.desk import address
from tests.factories import make_agreement, make_commitment, make_forum, make_meeting, make_organisation, make_person
from tests.site.subscriptions.readers import make as make_subscription
from tracker.discretion import discreet
from tracker.mail.models import Delivery
from tracker.records.models import DataVersion, Revision

pytestmark = pytest.mark.django_db


def page(client, record, name="preview"):
    return client.get(address(type(record), name, record.pk))


@pytest.mark.parametrize("make", [make_agreement, make_commitment, make_meeting, make_forum, make_organisation])
@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_the_page_is_that_of_the_public_marked_and_kept_nowhere(editor, client, make, state):
    record = make(state=state)
    before = DataVersion.current(), Revision.objects.count()
    response = page(editor, record)
    text = response.content.decode()
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    assert "no-store" in response["Cache-Control"]
    assert "Preview: not public." in text and '<meta name="robots" content="noindex">' in text
    assert (DataVersion.current(), Revision.objects.count()) == before
    assert type(record).objects.values_list("state", flat=True).get() == state
    assert client.get(record.get_absolute_url()).status_code == 404


def test_what_goes_along_is_on_the_page_and_what_stays_is_not(editor):
    meeting = make_meeting(state="draft")
    make_commitment(meeting=meeting, state="draft", title="Lay the cable")
    make_commitment(meeting=meeting, state="draft", title="Without any source", cited=False)
    text = page(editor, meeting).content.decode()
    assert ("Lay the cable" in text, "Without any source" in text) == (True, False)
    assert set(Commitment.objects.values_list("state", flat=True)) == {"draft"}


def test_a_public_page_is_no_preview(client, editor):
    record = make_agreement()
    assert "Preview" not in client.get(record.get_absolute_url()).content.decode()
    assert page(editor, record)["Location"] == record.get_absolute_url()


@pytest.mark.parametrize("name", ["preview", "preview_changes"])
def test_it_is_for_those_who_may_see_the_record_on_the_desk(client, name):
    record = make_agreement(state="draft", title="Secret cable")
    response = page(client, record, name)
    assert (response.status_code, "Secret" in response.content.decode()) == (302, False)


def test_what_changes_is_told_against_what_was_public_last(reviewer):
    agreement = make_agreement(title="As published")
    for state, title in (("withdrawn", "As published"), ("withdrawn", "Corrected")):
        agreement.state, agreement.title = state, title
        agreement.save()
    context = page(reviewer, agreement, "preview_changes").context
    assert [(each.field, each.old, each.new) for each in context["entry"].changes] == [
        ("Title", "As published", "Corrected")
    ]
    assert "never public" in page(reviewer, make_agreement(state="draft"), "preview_changes").content.decode()


def test_mail_is_shown_as_it_would_be_sent_without_its_links_and_nothing_is_queued(reviewer):
    make_subscription(followed="commitments")
    person = make_person("Ayesha Khan", email="ayesha@example.org")
    meeting = make_meeting(state="in_review")
    commitment = make_commitment(meeting=meeting, state="in_review", title="Lay the cable", due="2020-01-01")
    FocalPoint.objects.create(commitment=commitment, person=person)
    letters = page(reviewer, meeting, "preview_changes").context["letters"]
    assert sorted(each.to for each in letters) == ["Ayesha Khan", "To subscribers"]
    assert all("Lay the cable" in each.text for each in letters)
    assert [discreet(each.text) for each in letters] == [each.text for each in letters]
    assert Delivery.objects.count() == 0
    assert Meeting.objects.get().state == "in_review"


def test_a_record_that_cannot_be_found_is_not_found(reviewer):
    assert reviewer.get(address(Agreement, "preview", 999)).status_code == 404
