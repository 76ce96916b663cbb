"""An outcome or a figure of a meeting that concerns an agreement: each leads to the other while both are public."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from meetings.models import MeetingFigure, Outcome
from tests.factories import make_agreement, make_meeting
from tests.meetings.session_reports import part, report_of
from tests.registers.reading import parse, words
from tests.registers.taking_away import as_text
from tests.site.packages import packed
from tests.soak.past import at
from tracker.records.models import one_change, version
from tracker.registers.record import json_address
from tracker.site.package.releases import make_release

TODAY = datetime(2026, 6, 30, 9, tzinfo=UTC)
TITLE = "Memorandum on quantum harbours"
HIDDEN = {
    "draft": {"state": "draft"},
    "in review": {"state": "in_review"},
    "approved for a moment": {"state": "in_review", "publish_at": TODAY + timedelta(days=2)},
    "withdrawn": {"state": "withdrawn"},
}


@pytest.fixture(autouse=True)
def today(files, settings, tmp_path):
    settings.PAST_FOLDER = tmp_path / "past"
    with at(TODAY):
        yield


@pytest.fixture
def meeting(db):
    """Public for a week, with an outcome and a figure that concern an agreement which was public before."""
    with at(TODAY - timedelta(days=8)):
        agreement = make_agreement(title=TITLE)
    with at(TODAY - timedelta(days=7)), one_change():
        meeting = make_meeting(title="Talk")
        about = {"meeting": meeting, "agreement": agreement}
        Outcome.objects.create(kind="signature", text="An agreement was signed.", **about)
        MeetingFigure.objects.create(what="value", amount="4.5", unit="billion USD", **about)
        meeting.save()
    return meeting


def agreement_of(meeting):
    return meeting.outcomes.get().agreement


def entries(client, record, section):
    page = parse(client.get(record.get_absolute_url()).content.decode())
    found = page.findall(f".//section[@aria-labelledby='{section}']//li")
    return [(words(entry), [link.get("href") for link in entry.findall(".//a")]) for entry in found]


def told(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return as_text(b"".join(response.streaming_content) if response.streaming else response.content)


def test_meeting_leads_from_outcome_and_figure_to_their_agreement(client, meeting):
    address = agreement_of(meeting).get_absolute_url()
    assert entries(client, meeting, "outcomes") == [(f"signature An agreement was signed. {TITLE}", [address])]
    assert entries(client, meeting, "figures") == [(f"4.5 billion USD: value about {TITLE}", [address])]
    _number, said, _kind = part(report_of(client, meeting), "outcomes")[0]
    assert said == f"An agreement was signed. {TITLE}"


def test_agreement_tells_what_meetings_recorded_about_it(client, meeting):
    agreement, address = agreement_of(meeting), meeting.get_absolute_url()
    agreement.figures.create(what="documents", amount=1, unit="documents")
    there = "Talk 28 January 2026"
    assert entries(client, agreement, "decided-on") == [(f"signature An agreement was signed. {there}", [address])]
    assert entries(client, agreement, "figures-at-meetings") == [(f"4.5 billion USD: value {there}", [address])]
    # What the agreement itself has of figures stands apart, and leads nowhere.
    assert entries(client, agreement, "figures") == [("1 documents: documents", [])]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_agreement_tells_nothing_of_a_meeting_that_is_not_public(client, meeting, state):
    agreement = agreement_of(meeting)
    meeting.state = state
    meeting.save()
    for address in (agreement.get_absolute_url(), json_address(agreement.get_absolute_url())):
        page = told(client, address)
        assert [word for word in ("Talk", meeting.reference, "was signed", "billion") if word in page] == []


def of_the_meeting(meeting):
    """Whatever names a meeting, its outcomes or its figures."""
    page = meeting.get_absolute_url()
    yield from (page, json_address(page), f"{page}history/", f"{page}2026-06-29/", f"{page}2026-06-29.json")
    for name in ("meeting-report", "meeting-report-docx", "meeting-report-xlsx"):
        yield reverse(name, args=[meeting.reference])
    kinds = ("csv", "json", "xlsx", "atom", "ics", "outcomes-csv", "figures-csv")
    yield from (reverse(f"meeting-{kind}") for kind in kinds)
    yield from ("/meetings/?as_of=2026-06-29", "/meetings/?q=quantum", "/search/?q=harbours", "/changes/", "/")
    yield from ("/api/v1/meetings/", f"/api/v1/meetings/{meeting.reference}/")


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_agreement_that_is_not_public_is_named_nowhere_for_its_outcome_and_figure(client, meeting, hidden):
    agreement = agreement_of(meeting)
    with at(TODAY - timedelta(days=3)):
        for name, value in hidden.items():
            setattr(agreement, name, value)
        agreement.save()
    named = [TITLE, agreement.reference, agreement.get_absolute_url()]
    found = {address: told(client, address).replace("q=quantum", "") for address in of_the_meeting(meeting)}
    found["release"] = "".join(packed(make_release(TODAY)).values())
    assert {place: [name for name in named if name in text] for place, text in found.items()} == {
        place: [] for place in found
    }
    assert "An agreement was signed." in found[meeting.get_absolute_url()]
    assert "An agreement was signed." in found[f"{meeting.get_absolute_url()}2026-06-29/"]


def test_history_and_feed_tell_of_an_outcome_without_the_agreement_that_is_not_public(client, meeting):
    secret = make_agreement(title="Secret paper", state="draft")
    with at(TODAY - timedelta(days=2)):
        about = {"meeting": meeting, "agreement": secret}
        Outcome.objects.create(kind="decision", text="They decided.", **about)
        MeetingFigure.objects.create(what="jobs", words="thousands", unit="jobs", **about)
    page, feed = (told(client, address) for address in (f"{meeting.get_absolute_url()}history/", "/meetings.atom"))
    assert [word in page for word in ("They decided.", "thousands", "Secret paper")] == [True, True, False]
    assert "<updated>2026-06-28" in feed


WHERE_NAMED = ("", "report/", "report.docx", "report.xlsx", ".json")


@pytest.mark.parametrize("ending", WHERE_NAMED)
def test_page_of_a_meeting_is_another_once_the_agreement_of_its_outcome_is_public(client, meeting, settings, ending):
    settings.CACHE_PAGES_BYTES = 10_000_000
    agreement, address = agreement_of(meeting), meeting.get_absolute_url()
    address = json_address(address) if ending == ".json" else f"{address}{ending}"
    _move(agreement, "draft")
    before = client.get(address)
    assert client.get(address, HTTP_IF_NONE_MATCH=before["ETag"]).status_code == 304
    assert TITLE not in as_text(b"".join(before) if before.streaming else before.content)
    _move(agreement, "published")
    again = client.get(address, HTTP_IF_NONE_MATCH=before["ETag"])
    assert again.status_code == 200
    assert TITLE in as_text(b"".join(again) if again.streaming else again.content)


def _move(agreement, state):
    agreement.state = state
    agreement.save()
    version._held.forget()


@pytest.mark.parametrize("table", ["outcomes", "figures"])
def test_table_of_a_meeting_names_the_agreement(client, meeting, table):
    agreement = agreement_of(meeting)
    lines = told(client, reverse(f"meeting-{table}-csv")).splitlines()
    columns = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert (columns["agreement"], columns["agreement_in_words"]) == (agreement.reference, TITLE)


@pytest.mark.parametrize("table", ["outcomes", "meeting_figures"])
def test_record_of_an_agreement_has_what_meetings_recorded_about_it(client, meeting, table):
    record = client.get(f"/api/v1/agreements/{agreement_of(meeting).reference}/").json()
    rows = (record.get("record") or record)["rows"][table]
    assert [row["meeting"] for row in rows] == [meeting.reference]
