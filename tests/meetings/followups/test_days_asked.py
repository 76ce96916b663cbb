"""The public page of a commitment says when somebody was asked and when an answer came, and nothing else of it."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings.models import FocalPoint, ProgressUpdate
from tests.agreements.test_pages import open_page
from tests.factories import make_commitment, make_country, make_organisation
from tests.meetings.followups.asking import make_focal_person
from tests.meetings.followups.reminders import make_reminder
from tests.registers.reading import words
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db

SECRET = "Xyzzy"


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def commitment():
    return make_commitment(title="Share the list", due="2026-11-01")


@pytest.fixture
def ask(commitment):
    """Makes a reminder that went out at a moment, and an answer where its moment is given."""
    person = make_focal_person(f"{SECRET} Khan", email="xyzzy@example.org")
    FocalPoint.objects.create(commitment=commitment, person=person, side=make_country("PAK"))

    def ask(sent_at, answered_at=None, *, by=person, state="in_review", mail="sent", role="asked", **fields):
        number = commitment.reminders.count()
        reminder = make_reminder(commitment, by, sent_at=moment(sent_at), state=mail, role=role, stage=number)
        if answered_at:
            fields = {"answer": "late", "text": f"{SECRET} text", "reason": f"{SECRET} reason", **fields}
            update = ProgressUpdate.objects.create(
                commitment=commitment, reminder=reminder, answered_by=by, state=state, **fields
            )
            ProgressUpdate.objects.filter(pk=update.pk).update(created_at=moment(answered_at))
        return reminder

    return ask


def follow_up(client, commitment):
    """The lines of the section, its note apart; None where there is no such section."""
    page = open_page(client, commitment)
    section = page.find(".//section[@aria-labelledby='follow-up']")
    if section is None:
        return None
    return [words(line) for line in section.findall(".//li")] + [
        words(line) for line in section.findall("p") if line.get("class") == "meta"
    ]


def test_page_of_what_nobody_was_asked_about_says_nothing(client, commitment, ask):
    for state in ("queued", "held", "dead", "withdrawn"):
        ask("2026-11-03T08:00", mail=state)
    assert follow_up(client, commitment) is None


def test_page_tells_the_days_of_questions_and_answers_newest_first(client, commitment, ask):
    ask("2026-11-03T08:00", "2026-11-05T23:00")
    ask("2026-11-10T08:00")
    ask("2026-11-17T08:00")
    assert follow_up(client, commitment) == [
        "Asked on 17 November 2026, no answer so far",
        "Asked on 10 November 2026",
        "Asked on 3 November 2026, answered on 5 November 2026",
    ]


def test_page_takes_the_mails_and_answers_of_a_day_together(client, commitment, ask):
    """Two people are asked, the second answers first; of what their supervisor hears nothing is told."""
    other, chief = make_focal_person("other"), make_focal_person("chief")
    ask("2026-11-03T08:00", "2026-11-09T08:00")
    ask("2026-11-03T09:00", "2026-11-06T08:00", by=other)
    ask("2026-11-08T09:00", by=chief, role="supervisor")
    assert follow_up(client, commitment) == ["Asked on 3 November 2026, answered on 6 November 2026"]


def test_answer_of_a_supervisor_is_an_answer_to_the_question(client, commitment, ask):
    ask("2026-11-03T08:00")
    ask("2026-11-08T09:00", "2026-11-09T08:00", by=make_focal_person("chief"), role="supervisor")
    assert follow_up(client, commitment) == ["Asked on 3 November 2026, answered on 9 November 2026"]


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"state": "in_review"}, True),
        ({"state": "published"}, True),
        ({"state": "draft"}, True),
        ({"state": "withdrawn"}, False),
        ({"state": "withdrawn", "question": f"{SECRET} question"}, False),
    ],
    ids=lambda value: str(value),
)
def test_answer_counts_unless_it_was_returned_or_set_aside(client, commitment, ask, fields, is_told):
    ask("2026-11-03T08:00", "2026-11-05T08:00", **fields)
    rest = "answered on 5 November 2026" if is_told else "no answer so far"
    assert follow_up(client, commitment) == [f"Asked on 3 November 2026, {rest}"]


def test_page_shows_the_last_five_and_counts_the_rest(client, commitment, ask):
    for week in range(8):
        ask((moment("2026-09-01T08:00") + timedelta(weeks=week)).replace(tzinfo=None).isoformat())
    shown = follow_up(client, commitment)
    assert len(shown) == 6
    assert (shown[0], shown[-1]) == ("Asked on 20 October 2026, no answer so far", "and 3 earlier")


def test_days_are_those_of_the_site(client, commitment, ask, settings):
    ask("2026-11-03T20:30", "2026-11-04T21:00")
    settings.TIME_ZONE = "Asia/Karachi"
    assert follow_up(client, commitment) == ["Asked on 4 November 2026, answered on 5 November 2026"]


def test_page_names_nobody_and_tells_nothing_of_an_answer_in_review(client, commitment, ask):
    ministry = make_organisation("xyzzy-office", name=f"{SECRET} office", state="draft")
    ask(
        "2026-11-03T08:00",
        "2026-11-05T08:00",
        expected="2031-07",
        responsible=make_focal_person(f"{SECRET} Ali"),
        responsible_words=f"{SECRET} unit of {ministry}",
        evidence_url="https://example.org/xyzzy",
        side=make_country("LKA", name=f"{SECRET} side"),
    )
    ask("2026-11-04T08:00", by=make_focal_person(f"{SECRET} chief"), role="supervisor")
    Delivery.objects.update(subject=f"{SECRET} subject", address="xyzzy@example.org")
    page = client.get(commitment.get_absolute_url()).content.decode()
    assert "answered on 5 November 2026" in page
    for word in ("xyzzy", "@example.org", "2031", "late</", "supervisor", "4 November"):
        assert word not in page.lower()
    for address in ("/commitments/", "/", "/commitments.csv", "/commitments.json"):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert "xyzzy" not in body.decode().lower()
