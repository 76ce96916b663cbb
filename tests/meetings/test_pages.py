"""The pages of meetings and commitments: what they show, and what they keep apart."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from meetings.models import (
    AgendaItem,
    Commitment,
    CommitmentLineage,
    DueChange,
    MeetingAgreement,
    MeetingFigure,
    Outcome,
    ProgressUpdate,
    Schedule,
    ScheduleChange,
)
from tests.agreements.test_pages import WORDINGS, claims, facts, open_page
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
    make_theme,
    make_working_group,
)
from tests.registers.reading import ListPage, parse, words
from tracker.site.addresses import in_language

pytestmark = pytest.mark.django_db


def lines(page, name):
    part = page.find(f".//section[@aria-labelledby='{name}']")
    return [words(line) for line in part.findall(".//li")]


def test_meeting_shows_its_facts_and_keeps_place_host_and_mode_apart(client):
    forum = make_forum("jec", name="Joint commission")
    meeting = make_meeting(
        title="",
        forum=forum,
        session_number=13,
        session_suffix="Special",
        kind="special",
        held="2026-01-28",
        mode="hybrid",
        place="Colombo",
        host=make_country("LKA"),
        participants=200,
        participants_comparator="about",
        participants_expected=150,
        summary="They met.",
    )
    page = open_page(client, meeting)
    assert words(page.find(".//h1")) == "Joint commission, session 13 (Special)"
    assert facts(page) == {
        "Body": "Joint commission",
        "Session": "13 (Special)",
        "Kind": "Special",
        "Held": "28 January 2026",
        "Place": "Colombo",
        "Mode": "Hybrid",
        "Host": "Sri Lanka",
        "Participants": "About 200; 150 expected",
        "Permanent reference": meeting.reference,
    }


def test_meeting_of_which_little_is_known_says_so_and_invents_nothing(client):
    meeting = make_meeting((), title="A talk", held="")
    unknown = {term for term, value in facts(open_page(client, meeting)).items() if value == "Not stated"}
    assert unknown == {"Held", "Place", "Mode", "Host", "Participants"}


@pytest.mark.parametrize(("notation", "in_words"), WORDINGS)
def test_date_held_and_due_is_nowhere_shown_more_exactly_than_it_is_known(client, notation, in_words):
    meeting = make_meeting(("CHN", "PAK"), title="Talk", held=notation)
    commitment = make_commitment(("PAK",), ("CHN",), meeting=meeting, due=notation)
    assert facts(open_page(client, meeting))["Held"] == in_words[0].upper() + in_words[1:]
    assert facts(open_page(client, commitment))["Due"] == in_words[0].upper() + in_words[1:]
    held = ListPage(client.get("/meetings/")).root.find(".//td[@data-label='Held']")
    due = ListPage(client.get("/commitments/")).root.find(".//td[@data-label='Due']")
    assert (words(held), words(due)) == (in_words, in_words)
    page = parse(client.get("/pairs/CHN-PAK/").content.decode())
    shown = page.find(".//section[@aria-labelledby='open']//ol//span[@class='who']")
    assert words(shown) == f"· Pakistan · due {in_words}"


@pytest.mark.parametrize(
    ("held", "basis", "shape"),
    [
        ("2026-01-28", "stated", "dot"),
        ("2026-01-28", "inferred", "dot-open"),
        ("2025?-07-02", "stated", "dot-open"),
        ("2026-01", "stated", "dot-open"),
        ("../2026-01-28", "stated", "dot-open"),
    ],
)
def test_timeline_fills_only_the_dots_of_known_days(client, held, basis, shape):
    make_meeting(("CHN", "PAK"), title="Talk", held=held, held_basis=basis)
    page = parse(client.get("/pairs/CHN-PAK/").content.decode())
    for screens in ("wide", "narrow"):
        (drawing,) = page.findall(f".//div[@class='art-{screens}']/svg")
        assert [dot.get("class") for dot in drawing.iter("circle")] == [shape]


def test_meeting_shows_unequal_delegations_with_the_office_of_the_time(client):
    meeting = make_meeting((), title="Talk")
    pakistan = meeting.delegations.create(country=make_country("PAK"), size=12, size_comparator="more_than")
    meeting.delegations.create(organisation=make_organisation(name="World body"), role="observer")
    chair = make_person("Ahad Cheema")
    pakistan.delegates.create(person=chair, role="co_chair", office="Minister for Economic Affairs")
    pakistan.delegates.create(person=make_person("Somebody Else"), role="member", is_remote=True)
    page = open_page(client, meeting)
    sides = [words(side) for side in page.findall(".//div[@class='side']")]
    assert sides == [
        "Pakistan Ahad Cheema co-chair Minister for Economic Affairs Somebody Else member remotely "
        "more than 12 members",
        "World body observer No delegate is recorded.",
    ]


def test_meeting_keeps_every_date_it_was_once_to_have(client):
    meeting = make_meeting(title="Tenth", held="2021-09-23")
    for planned, reported in (("2020-01", "2019-12"), ("2020-06", "2020-03"), ("2021-07-16", "2021-07-01")):
        ScheduleChange.objects.create(meeting=meeting, planned_for=planned, reported_on=reported, source=make_source())
    ScheduleChange.objects.create(
        meeting=meeting, kind="postponed", reported_on="2021-07-15", country=make_country("CHN"), reason="A blast"
    )
    page = open_page(client, meeting)
    moves = page.findall(".//section[@aria-labelledby='schedule']/ol/li")
    assert [words(move.find("div[@class='timeline-date']")) for move in moves] == [
        "reported December 2019",
        "reported March 2020",
        "reported 1 July 2021",
        "reported 15 July 2021",
        "23 September 2021",
    ]
    assert [words(move.find("div[2]/p/span")).lower() for move in moves[:4]] == ["announced"] * 3 + ["postponed"]
    assert [words(move.find("div[2]/p")).split(" for ")[-1][:-1] for move in moves[:3]] == [
        "January 2020",
        "June 2020",
        "16 July 2021",
    ]
    assert "at the request of China" in words(page) and "A blast" in words(page)


def test_meeting_shows_both_dates_and_both_wordings_with_their_sources(client):
    meeting = make_meeting(cited=False, held="2026-01-28")
    cite = meeting.citations.create
    cite(source=make_source(title="A"), field="date", value="2026-01-29")
    cite(source=make_source(title="B"), field="date", value="2026-01-28")
    cite(source=make_source(title="C"), field="date", value="../2026-01-29")
    cite(source=make_source(title="D"), field="status", value="established", note="Too early.")
    cite(source=make_source(title="E"), field="status", value="agreed in principle")
    page = open_page(client, meeting)
    assert claims(page) == [
        (
            "Date",
            [
                ("28 January 2026", "shown here", ""),
                ("on or before 29 January 2026", "agrees with it", ""),
                ("29 January 2026", "also stated", ""),
            ],
        ),
        (
            "Status",
            [
                ("held", "shown here", ""),
                ("established", "also stated", "Too early."),
                ("agreed in principle", "also stated", ""),
            ],
        ),
    ]
    assert [words(entry.find("a")) for entry in page.findall(".//ol[@class='sources']/li")] == list("ABCDE")


def test_meeting_lists_what_it_produced_in_order(client):
    meeting = make_meeting(title="Talk")
    group = make_working_group(name="IT group")
    Outcome.objects.create(meeting=meeting, position=2, kind="statement", text="They spoke")
    Outcome.objects.create(
        meeting=meeting, position=1, kind="establishment", text="Founded", realisation="expected", working_group=group
    )
    AgendaItem.objects.create(meeting=meeting, number=1, title="Welcome")
    paper = make_agreement(title="Paper")
    MeetingAgreement.objects.create(meeting=meeting, agreement=paper, role="announced")
    MeetingFigure.objects.create(
        meeting=meeting, what="trade", words="thousands", unit="people", said_by_words="A minister"
    )
    make_commitment(title="Second", meeting=meeting, position=2)
    make_commitment(title="First", meeting=meeting, position=1)
    make_commitment(title="Elsewhere")
    page = open_page(client, meeting)
    assert lines(page, "outcomes") == ["establishment expected Founded IT group", "statement They spoke"]
    assert lines(page, "agenda") == ["1. Welcome"]
    assert lines(page, "agreements") == [f"Paper signing announced at the meeting {paper.reference}"]
    titles = [words(a) for a in page.findall(".//section[@aria-labelledby='commitments']//a[@class='entry-title']")]
    assert titles == ["First", "Second"]
    assert lines(page, "figures") == ["thousands people: trade stated by A minister"]
    link = page.find(".//p[@class='status-line']/a")
    assert words(link) == "2 commitments"
    assert sorted(ListPage(client.get(link.get("href"))).titles) == ["First", "Second"]


def test_session_leads_to_the_ones_before_and_after_it_over_holes(client):
    forum = make_forum("jcc")
    second, seventh, ninth = (make_meeting(title="", forum=forum, session_number=number) for number in (2, 7, 9))
    make_meeting(title="", forum=forum, session_number=6, state="draft")
    group = make_working_group(forum=forum)
    make_meeting(title="", working_group=group, session_number=8)
    page = open_page(client, seventh)
    assert page.find(".//a[@rel='prev']").get("href") == second.get_absolute_url()
    assert page.find(".//a[@rel='next']").get("href") == ninth.get_absolute_url()
    assert open_page(client, second).find(".//a[@rel='prev']") is None


@pytest.mark.parametrize("form", ["mtg-0001", "Mtg-0001"])
def test_reference_of_a_meeting_in_any_case_redirects(client, form):
    assert make_meeting().reference == "MTG-0001"
    response = client.get(f"/meetings/{form}/")
    assert (response.status_code, response["Location"]) == (301, "/meetings/MTG-0001/")


@pytest.mark.parametrize("form", ["com-0001", "CoM-0001"])
def test_reference_of_a_commitment_in_any_case_redirects(client, form):
    assert make_commitment().reference == "COM-0001"
    response = client.get(f"/commitments/{form}/")
    assert (response.status_code, response["Location"]) == (301, "/commitments/COM-0001/")


def test_commitment_shows_who_promised_whom_and_in_what_words(client):
    commitment = make_commitment(
        ("PAK",),
        ("CHN",),
        title="Lay fibre",
        text="Pakistan lays fibre.",
        wording="to lay fibre",
        wording_language="en",
        strength="agreed_in_principle",
        kind="build",
        due="2026-33",
        due_words="early 2026",
        recurrence="FREQ=YEARLY",
        due_reason="as the minutes say",
        caution="One source only.",
        group="three initiatives",
        spoken_by=make_person("A Minister"),
    )
    commitment.parties.create(side="by", organisation=make_organisation("moitt", name="Ministry of IT"))
    commitment.parties.create(side="to", words="students")
    page = open_page(client, commitment)
    sides = [[words(party) for party in side.findall("p")] for side in page.findall(".//div[@class='side']")]
    assert sides == [["Pakistan", "Ministry of IT"], ["China", "students"]]
    known = facts(page)
    assert known.pop("Meeting") == commitment.meeting.title
    assert known == {
        "Strength": "Agreed in principle",
        "Kind": "Build",
        "Scope": "Between the parties",
        "Due": "First quarter of 2026 (“early 2026”) as the minutes say",
        "Repeats": "Every year",
        "Spoken by": "A Minister",
        "Part of the set": "Three initiatives",
        "Permanent reference": commitment.reference,
    }
    for text in ("Pakistan lays fibre.", "One source only.", "to lay fibre"):
        assert text in words(page)


def test_rule_of_recurrence_without_words_is_named_and_stands_behind_its_name(client):
    page = open_page(client, make_commitment(recurrence="FREQ=MONTHLY;BYDAY=1MO"))
    (shown,) = (line.find("dd/span") for line in page.iter("div") if words(line.find("dt")) == "Repeats")
    assert (words(shown), shown.get("title")) == ("Recurs by a rule of its own", "FREQ=MONTHLY;BYDAY=1MO")


def test_export_gives_the_rule_of_recurrence_with_its_words_and_the_words_of_a_date(client):
    make_commitment(title="Report", recurrence="FREQ=MONTHLY;INTERVAL=2", due_words="from time to time")
    make_commitment(title="Meet", recurrence="FREQ=MONTHLY;BYDAY=1MO")
    rows = b"".join(client.get("/commitments.json").streaming_content)
    found = {row["title"]: row for row in json.loads(rows)["records"]}
    names = ("recurrence", "recurrence_in_words", "due", "due_words")
    assert {title: tuple(row[name] for name in names) for title, row in found.items()} == {
        "Report": ("FREQ=MONTHLY;INTERVAL=2", "every 2 months", "", "from time to time"),
        "Meet": ("FREQ=MONTHLY;BYDAY=1MO", None, "", ""),
    }


def test_meeting_of_which_only_the_words_of_a_date_are_known_shows_them_everywhere(client):
    meeting = make_meeting(("CHN", "PAK"), title="Talk", held="", held_words="early 2024")
    assert facts(open_page(client, meeting))["Held"] == "“early 2024”"
    assert words(ListPage(client.get("/meetings/")).root.find(".//td[@data-label='Held']")) == "“early 2024”"
    assert "“early 2024”" in words(parse(client.get("/pairs/CHN-PAK/").content.decode()).find(".//main"))


@pytest.mark.parametrize(
    ("days", "fields", "schedule"),
    [
        (-1, {}, "overdue"),
        (0, {}, "due soon"),
        (30, {}, "due soon"),
        (31, {}, "not yet due"),
        (None, {}, "no deadline"),
        (-1, {"closure": "completed"}, "completed or closed"),
    ],
)
def test_schedule_on_page_list_and_export_is_that_of_today(client, days, fields, schedule):
    due = "" if days is None else (localdate() + timedelta(days=days)).isoformat()
    commitment = make_commitment(title="Promise", due=due, **fields)
    line = words(open_page(client, commitment).find(".//p[@class='status-line']/span"))
    row = ListPage(client.get("/commitments/")).root.find(".//td[@data-label='Status']")
    assert words(row) == line == " · ".join(Commitment.objects.with_status(localdate()).get().status_line)
    if schedule not in ("no deadline", "completed or closed"):
        assert schedule in line
    code = Schedule(next(code for code, label in Schedule.choices if label == schedule))
    assert ListPage(client.get(f"/commitments/?schedule={code}")).titles == ["Promise"]
    body = b"".join(client.get(f"/commitments.csv?schedule={code}").streaming_content).decode()
    assert f",{code}," in body


def test_progress_of_both_sides_and_changes_of_the_date_stand_in_the_history(client):
    commitment = make_commitment(title="Promise", due="2190")
    for code, progress, as_of in (("PAK", "substantial", "2026-01"), ("CHN", "limited", "2025")):
        ProgressUpdate.objects.create(
            commitment=commitment,
            state=PUBLISHED,
            progress=progress,
            side=make_country(code),
            as_of=as_of,
            text=f"Says {code}",
            source=make_source(),
        )
    DueChange.objects.create(
        commitment=commitment, due_before="2024", due_after="2190", agreed_on="2023", reason="More time"
    )
    page = open_page(client, commitment)
    steps = page.findall(".//section[@aria-labelledby='progress']/ol/li")
    assert [words(step.find("div[@class='timeline-date']")) for step in steps] == ["2023", "2025", "January 2026"]
    text = [words(step.find("div[2]")) for step in steps]
    assert "2024 → 2190" in text[0] and "More time" in text[0]
    assert text[1].lower().startswith("china: limited")
    assert "Says PAK" in text[2]
    line = words(page.find(".//p[@class='status-line']/span"))
    assert line.endswith("progress: substantial, says Pakistan · China said, 2025: limited")


@pytest.mark.parametrize(("language", "arrow"), [("en", "→"), ("ur", "←")])
def test_arrow_from_a_due_date_to_the_next_points_the_way_one_reads(client, language, arrow):
    commitment = make_commitment(due="2190")
    DueChange.objects.create(commitment=commitment, due_before="2024", due_after="2190")
    page = client.get(in_language(commitment.get_absolute_url(), language)).content.decode()
    assert f"<p><bdi>2024</bdi> {arrow} <bdi>2190</bdi></p>" in page


def test_promise_when_made_again_shows_the_ones_before_and_after(client):
    first, second = make_commitment(title="First time"), make_commitment(title="Second time")
    CommitmentLineage.objects.create(commitment=second, kind="repeats", earlier=first)
    assert lines(open_page(client, first), "lineage") == [
        "Second time repeats this commitment Agreed 2026 · no report seen"
    ]
    assert lines(open_page(client, second), "lineage") == ["repeats First time Agreed 2026 · no report seen"]


def test_theme_of_a_commitment_leads_to_its_page(client):
    make_theme("cloud", name="Cloud")
    page = open_page(client, make_commitment(themes=["cloud"]))
    (link,) = page.findall(".//aside//ul[@class='plain-list']/li/a")
    assert (words(link), client.get(link.get("href")).status_code) == ("Cloud", 200)


def test_commitment_to_nobody_in_particular_says_that_this_is_not_stated(client):
    section = open_page(client, make_commitment(by=("PAK",), to=())).find(".//section[@aria-labelledby='parties']")
    assert words(section) == "Who promised whom By Pakistan To Not stated"
