"""The report of a session as a page: what it counts, what it numbers, what it carries over, and what it never says."""

from datetime import date

import pytest

from agreements.models import AgreementEvent
from meetings.models import (
    Delegate,
    MeetingAgreement,
    Outcome,
    ProgressUpdate,
)
from meetings.session_report import pages
from tests.factories import (
    PUBLISHED,
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_working_group,
)
from tests.meetings.session_reports import headings, make_session, part, promise, report_of, summary
from tests.registers.reading import parse, words

pytestmark = pytest.mark.django_db
UNDATED = "No due date is known, so nothing is overdue."
DAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(pages, "localdate", lambda: DAY)


@pytest.fixture
def forum():
    return make_forum("jec", name="Joint commission", members=["LKA", "PAK"])


@pytest.fixture
def session(forum):
    return make_session(forum, 13)


# The head


def test_head_says_what_met_where_when_and_who_led(client, forum, session):
    make_session(forum, 12, held="2021-02-05")
    session.place, session.mode = "Colombo", "in_person"
    session.save()
    side = session.delegations.get(country__code="PAK")
    Delegate.objects.create(delegation=side, person=make_person("Haroon Khan"), role="co_chair", office="Adviser")
    Delegate.objects.create(delegation=side, person=make_person("An expert"), role="member")
    session.delegations.create(organisation=make_organisation("bank"), attendance="absent")
    page = report_of(client, session)
    head = page.find(".//header[@class='paper-head']")
    assert words(head.find("h1")) == "Joint commission, session 13"
    assert words(head.findall("p")[1]).startswith(
        "Colombo, in person, 28 January 2026. State of 27 November 2026, data"
    )
    facts = [
        (words(each.find("dt")), words(each.find("dd"))) for each in page.findall(".//dl[@class='paper-facts']/div")
    ]
    assert facts == [
        ("Co-chair, Pakistan", "Haroon Khan Adviser"),
        ("Named as present", "Sri Lanka, Pakistan"),
        ("Did not come", "bank"),
        ("Session before", "Session 12 5 February 2021"),
    ]
    assert head.find("p").find("span").text == "Report of the session"


def test_meeting_without_delegations_names_the_members_and_not_that_they_came(client, forum):
    session = make_session(forum, 13)
    session.delegations.all().delete()
    session.save()
    page = report_of(client, session)
    facts = [words(each) for each in page.findall(".//dl[@class='paper-facts']/div")]
    assert facts == ["Members; attendance not stated Pakistan, Sri Lanka"]


def test_meeting_of_no_series_has_the_report_of_a_meeting_and_none_before(client):
    page = report_of(client, make_meeting(title="A talk", held=""))
    assert words(page.find(".//p[@class='kicker']/span")) == "Report of the meeting"
    assert words(page.find(".//h1")) == "A talk" and "Session before" not in words(page)


def test_session_that_nobody_reported_says_so(client, forum):
    page = report_of(client, make_session(forum, 14, held="2026-10", status="tentative"))
    assert "Announced for October 2026; no report that it was held" in words(
        page.find(".//header[@class='paper-head']")
    )


# The sentence at the top


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "Nothing that was decided or promised there is recorded here."),
        (
            ["silent"],
            "On the only firm commitment we have seen no report. " + UNDATED,
        ),
        (
            ["done", *["silent"] * 5],
            "Of 6 firm commitments 1 is done, on 5 we have seen no report. " + UNDATED,
        ),
        (
            ["claimed", "done", "limited", "started", "not_started", "untold", "dropped", "soft", "soft"],
            "Of 7 firm commitments 2 are done (1 claimed by a side that promised), 1 was closed without completion,"
            " 2 are under way, 1 is not started, 1 has a report that does not say how far it is."
            f" {UNDATED} 2 proposals and statements are recorded.",
        ),
        (["overdue", "overdue", "silent"], "On none of the 3 firm commitments have we seen a report. 2 are overdue."),
        (["overdue", "dated"], "On none of the 2 firm commitments have we seen a report. 1 is overdue."),
        (["dated", "silent"], "On none of the 2 firm commitments have we seen a report."),
        (["soft"], "No firm commitment is recorded. 1 proposal or statement is recorded."),
    ],
)
def test_summary_counts_each_firm_commitment_once(client, session, states, said):
    for state in states:
        make_in_state(session, state)
    assert summary(report_of(client, session)) == said


def make_in_state(session, state):
    fields = {
        "overdue": {"due": "2026-11-26"},
        "dated": {"due": "2026-11-27"},
        "dropped": {"closure": "dropped"},
        "soft": {"strength": "proposed"},
    }
    commitment = promise(session, **fields.get(state, {}))
    updates = {
        "done": {"progress": "complete", "assessor": "A review"},
        "claimed": {"progress": "complete", "side": make_country("PAK")},
        "untold": {"answer": "need_help"},
    }
    update = updates.get(state) or ({"progress": state} if state in ("limited", "started", "not_started") else None)
    if update:
        ProgressUpdate.objects.create(commitment=commitment, state=PUBLISHED, as_of="2026-03", **update)


def test_what_was_only_proposed_is_neither_late_nor_done(client, session):
    promise(session, strength="proposed", due="2020")
    page = report_of(client, session)
    assert "overdue" not in summary(page)
    ((number, what, by, word),) = part(page, "soft")
    assert (number, by, word) == ("B1", "Sri Lanka, Pakistan", "Its date passed 5 years ago No report seen")
    assert what.startswith("Share data COM-") and what.endswith("· proposed2")


# The parts


def test_items_are_numbered_through_and_each_has_an_address(client, session):
    for title in ("First", "Second"):
        promise(session, title)
    promise(session, "Third", strength="invited")
    Outcome.objects.create(meeting=session, kind="decision", text="They decided.", source=make_source())
    page = report_of(client, session)
    numbers = [row.get("id") for row in page.findall(".//tbody/tr")]
    assert numbers == ["A1", "A2", "B1", "C1"]
    links = [row.find("td[@class='no']/a").get("href") for row in page.findall(".//tbody/tr")]
    assert links == [f"#{number}" for number in numbers]
    assert headings(page) == [
        "A. Firm commitments",
        "B. Proposals and statements",
        "C. Decisions and other outcomes",
        "D. Agreements",
        "E. Carried over from earlier sessions",
        "F. Where sources differ",
        "Sources",
    ]
    assert words(page.find(".//section[@aria-labelledby='instruments']/p")) == "None is recorded."


def test_firm_commitment_says_who_by_when_what_each_side_reports_and_where_it_stands(client, session):
    commitment = promise(session, due="2026-06", last_looked_on=date(2026, 11, 1))
    source = make_source(url="https://example.org/report")
    china, pakistan = make_country("CHN"), make_country("PAK")
    said = {"commitment": commitment, "state": PUBLISHED}
    ProgressUpdate.objects.create(side=pakistan, progress="limited", as_of="2026-02", **said)
    ProgressUpdate.objects.create(side=pakistan, progress="substantial", as_of="2026-05", source=source, **said)
    ProgressUpdate.objects.create(side=china, progress="not_started", as_of="2026-04", assessor="A bank", **said)
    ProgressUpdate.objects.create(progress="started", assessor="A review", **said)
    ProgressUpdate.objects.create(side=pakistan, progress="complete", as_of="2026-11", commitment=commitment)
    ((number, _what, who, reports, state),) = part(report_of(client, session), "firm")
    assert number == "A1" and who == "Sri Lanka, Pakistan June 2026"
    assert reports == (
        "Pakistan substantial, May 20263 Sri Lanka no report seen"
        " China not started, April 2026; assessed by A bank A review started, extent not known"
    )
    assert state.startswith("Overdue by 4 months Progress: substantial, says Pakistan")


def test_absence_is_said_as_such_with_the_day_until_which_it_holds(client, session):
    promise(session, last_looked_on=date(2026, 11, 1))
    ((_number, _what, who, reports, state),) = part(report_of(client, session), "firm")
    assert (who, reports) == ("Sri Lanka, Pakistan No deadline is recorded", "Sri Lanka, Pakistan no report seen")
    assert state == "No report seen (last looked 1 November 2026)"


def test_of_many_silent_sides_their_number_is_told(client, session):
    make_commitment(by=["CHN", "LKA", "PAK", "SAU"], to=[], meeting=session)
    ((_number, _what, _who, reports, _state),) = part(report_of(client, session), "firm")
    assert reports == "4 sides no report seen"


def test_commitment_due_by_a_rule_names_the_rule(client, session):
    promise(session, due_rule="next_session")
    ((_number, _what, who, *_rest),) = part(report_of(client, session), "firm")
    assert who == "Sri Lanka, Pakistan By the next session"


def test_due_date_counted_from_an_event_names_the_event(client, session):
    agreement = make_agreement()
    event = AgreementEvent.objects.create(agreement=agreement, kind="in_force", is_planned=True)
    promise(session, due_rule="relative", due_event=event, due_period="P180D")
    ((_number, _what, who, *_rest),) = part(report_of(client, session), "firm")
    assert who == f"Sri Lanka, Pakistan 180 days after the entry into force of {agreement.reference}"


def test_agreement_says_what_happened_there_and_its_status_today(client, session):
    agreement = make_agreement(("LKA", "PAK"), "2026-01-28", title="Agreed Minutes")
    AgreementEvent.objects.create(agreement=agreement, kind="terminated", on="2026-10-01")
    MeetingAgreement.objects.create(meeting=session, agreement=agreement, role="signed")
    MeetingAgreement.objects.create(meeting=session, agreement=make_agreement(state="draft", title="Secret"))
    page = report_of(client, session)
    ((number, title, happened, status),) = part(page, "instruments")
    assert (number, happened, status) == ("D1", "signed at the meeting", "Terminated")
    assert title == f"Agreed Minutes {agreement.reference} · memorandum of understanding" and "Secret" not in words(
        page
    )


def test_outcome_that_was_only_expected_says_so(client, session):
    group = make_working_group("digital", name="Digital group")
    outcome = {"meeting": session, "working_group": group, "realisation": "expected"}
    Outcome.objects.create(kind="establishment", text="A group.", **outcome)
    ((number, text, kind),) = part(report_of(client, session), "outcomes")
    assert (number, text, kind) == ("C1", "A group. Digital group", "establishment expected")


# Where sources differ


def test_sources_that_differ_stand_side_by_side(client, session):
    one, other = make_source(title="One"), make_source(title="Other")
    session.citations.create(source=one, field="date", value="2026-01-28")
    session.citations.create(source=other, field="date", value="2026-01-29", note="A day later.")
    commitment = promise(session)
    commitment.citations.create(source=other, field="title", value="Share all data")
    # Of this a commitment shows no one value that it could be compared with.
    commitment.citations.create(source=one, field="status", value="newly formed")
    person = make_person("An Officer")
    delegate = Delegate.objects.create(delegation=session.delegations.first(), person=person, office="Minister")
    delegate.claims.create(source=one, field="office", value="Deputy Minister")
    assert part(report_of(client, session), "differences") == [
        ["F1", "Date", "28 January 20262", "29 January 20263 A day later."],
        ["F2", "Office at that time An Officer", "Minister", "Deputy Minister2"],
        ["F3", "Title or name A1", "Share data", "Share all data3"],
        ["F4", "Status A1", "", "newly formed2"],
    ]


# Limits


def test_part_is_bounded_and_leads_to_the_list(client, session, monkeypatch):
    monkeypatch.setattr(pages, "MOST_ON_PAGE", 2)
    for title in "abcde":
        promise(session, title)
    for title in "fgh":
        promise(session, title, closure="completed")
    page = report_of(client, session)
    assert [row[1][0] for row in part(page, "firm")] == ["a", "b"]
    more = page.find(".//section[@aria-labelledby='firm']//a[@class='more-link']")
    assert (words(more), more.get("href")) == (
        "6 more",
        f"/commitments/?meeting={session.reference}&standing=firm",
    )
    assert summary(page).startswith("Of 8 firm commitments 3 are done, on 5 we have seen no report.")


# Addresses


def test_meeting_and_forum_lead_to_the_report(client, forum, session):
    address = f"/meetings/{session.reference}/report/"
    for record in (forum, session):
        page = parse(client.get(record.get_absolute_url()).content.decode())
        (link,) = (each for each in page.iter("a") if each.get("href") == address)
        assert words(link) == "Report of the session"


def test_report_of_a_forum_is_that_of_its_last_session_held(client, forum, session):
    make_session(forum, 14, held="2027", status="confirmed")
    make_session(forum, 15, state="draft")
    make_session(forum, 2, held="")
    make_meeting(forum=forum, title="A talk", held="2026-05-01")
    make_meeting(working_group=make_working_group(forum=forum), title="A group", held="2026-06-01")
    for prefix in ("", "/ur"):
        response = client.get(f"{prefix}/forums/jec/report/")
        assert (response.status_code, response["Location"]) == (302, f"{prefix}/meetings/{session.reference}/report/")


def test_forum_that_numbers_no_sessions_has_the_report_of_its_last_meeting(client, forum):
    make_meeting(forum=forum, title="Old", held="2020")
    meeting = make_meeting(forum=forum, title="New", held="2021")
    assert client.get("/forums/jec/report/")["Location"] == f"/meetings/{meeting.reference}/report/"


def test_forum_of_which_no_session_is_known_says_so(client, forum):
    make_session(forum, 14, status="tentative")
    response = client.get("/forums/jec/report/")
    said = "No session of this forum is recorded as held, so there is no report of one."
    assert (response.status_code, said in response.content.decode()) == (404, True)


@pytest.mark.parametrize("ending", ["/", ".docx", ".xlsx"])
def test_report_has_one_address_and_is_gone_with_its_meeting(client, session, ending):
    address = f"/meetings/{session.reference}/report{ending}"
    response = client.get(address.replace("MTG", "mtg"))
    assert (response.status_code, response["Location"]) == (301, address)
    session.state = "withdrawn"
    session.withdrawal_reason = "It was another meeting."
    session.save()
    assert client.get(address).status_code == 410
    assert client.get(f"/meetings/MTG-9999/report{ending}").status_code == 404
    assert client.post(address).status_code == 405
