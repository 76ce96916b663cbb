"""What a meeting is tied to besides its body: the meeting that it prepares, an occasion, agreements adopted there."""

import pytest

from meetings.models import MeetingAgreement
from tests.agreements.test_pages import entries, facts, open_page
from tests.factories import make_agreement, make_forum, make_meeting
from tests.registers.reading import exported, words

pytestmark = pytest.mark.django_db


def test_preparatory_and_main_meeting_know_each_other_on_both_pages(client):
    main = make_meeting(title="Summit", held="2024-05-06")
    before = make_meeting(title="Sherpas", kind="preparatory", preparatory_for=main, held="2024-04-01")
    make_meeting(title="Hidden", kind="preparatory", preparatory_for=main, state="draft")
    page = open_page(client, before)
    assert facts(page)["Prepares"] == "Summit"
    (line,) = entries(open_page(client, main), "prepared-by")
    assert line.startswith("Sherpas 1 April 2024")
    rows = {row["title"]: row["preparatory_for"] for row in exported(client, "meetings")}
    assert rows == {"Summit": None, "Sherpas": main.reference}


def test_main_meeting_that_is_not_public_is_not_named(client):
    main = make_meeting(title="Secret", state="draft")
    before = make_meeting(kind="preparatory", preparatory_for=main)
    assert "Prepares" not in facts(open_page(client, before))
    assert exported(client, "meetings")[0]["preparatory_for"] is None


def test_wider_occasion_is_shown_found_and_exported(client):
    meeting = make_meeting(occasion="state visit of the President")
    make_meeting()
    assert facts(open_page(client, meeting))["Occasion"] == "State visit of the President"
    assert [row["occasion"] for row in exported(client, "meetings", "q=president")] == [meeting.occasion]


@pytest.mark.parametrize(
    ("role", "in_words"),
    [
        ("adopted", "adopted at the meeting"),
        ("extended", "extended at the meeting"),
        ("reported", "reported on at the meeting"),
        ("discussed", "discussed at the meeting"),
    ],
)
def test_what_happened_with_an_agreement_is_told_on_both_pages(client, role, in_words):
    agreement, meeting = make_agreement(title="Strategy"), make_meeting(title="Council")
    MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role=role)
    MeetingAgreement.objects.create(meeting=make_meeting(title="Other"), agreement=agreement, role="signed")
    assert entries(open_page(client, meeting), "agreements") == [f"Strategy {in_words} {agreement.reference}"]
    connected = entries(open_page(client, agreement), "links")
    assert sorted(connected) == sorted([f"Council {in_words}", "Other signed at the meeting"])


@pytest.mark.parametrize("role", MeetingAgreement.Role.values)
def test_report_and_discussion_are_no_result_of_the_meeting(role):
    agreement, meeting = make_agreement(), make_meeting()
    MeetingAgreement.objects.create(meeting=meeting, agreement=agreement, role=role)
    agreements, _commitments = meeting.results()
    assert list(agreements) == ([] if role in ("reported", "discussed") else [agreement])


def test_outcome_may_be_an_adoption(client):
    meeting = make_meeting(forum=make_forum())
    meeting.outcomes.create(kind="adoption", text="A declaration on data")
    page = open_page(client, meeting)
    assert words(page.find(".//section[@aria-labelledby='outcomes']//li")) == "adoption A declaration on data"
