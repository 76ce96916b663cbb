"""Pairs of countries: which there are and how much stands between the two; and the page of one pair."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from agreements.models import AgreementParty
from meetings.models import CommitmentParty, Delegation, ScheduleChange
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_working_group,
)
from tests.registers.reading import parse, words
from tracker.site.pair import PairPage
from tracker.site.pairs import all_pairs

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def table():
    return {pair.code: (pair.agreements, pair.meetings, pair.commitments) for pair in all_pairs(localdate())}


def page():
    return PairPage(make_country("CHN"), make_country("PAK"), NOW.date())


def commitment_of(meeting, by=("PAK",), to=("CHN",), **fields):
    return make_commitment(by, to, meeting=meeting, **fields)


def test_pairs_of_an_empty_database_are_none():
    make_country("CHN")
    assert all_pairs(localdate()) == []


def test_pairs_count_the_records_that_involve_both():
    make_agreement(["CHN", "PAK"])
    make_agreement(["PAK", "CHN"])
    meeting = make_meeting(["PAK", "CHN"])
    commitment_of(meeting)
    commitment_of(make_meeting(()), ("PAK",), ("LKA",))
    make_agreement(["UZB"])
    assert table() == {"CHN-PAK": (2, 1, 1), "LKA-PAK": (0, 0, 1)}


def test_pairs_have_their_countries_in_order_of_the_codes():
    make_country("PAK")
    make_country("CHN")
    make_agreement(["PAK", "CHN"])
    (pair,) = all_pairs(localdate())
    assert (pair.one.code, pair.other.code, pair.code, pair.total) == ("CHN", "PAK", "CHN-PAK", 1)


def test_pairs_with_most_records_come_first_and_then_in_order_of_the_codes():
    for parties in (["LKA", "PAK"], ["CHN", "UZB"], ["CHN", "PAK"], ["PAK", "CHN"]):
        make_agreement(parties)
    assert [pair.code for pair in all_pairs(localdate())] == ["CHN-PAK", "CHN-UZB", "LKA-PAK"]


def test_record_of_three_countries_counts_once_under_each_pair():
    make_agreement(["CHN", "PAK", "UZB"])
    make_meeting(["CHN", "PAK", "UZB"])
    assert table() == dict.fromkeys(("CHN-PAK", "CHN-UZB", "PAK-UZB"), (1, 1, 0))


def test_assembly_of_more_than_three_makes_no_pairs():
    make_meeting(["CHN", "PAK", "UZB", "LKA"])
    assert table() == {}


def test_country_twice_in_a_record_counts_once():
    agreement, commitment = (
        make_agreement(["CHN", "PAK"]),
        make_commitment(["PAK"], ["CHN", "PAK"], meeting=make_meeting(())),
    )
    ministry = make_organisation(country=make_country("PAK"))
    AgreementParty.objects.create(agreement=agreement, organisation=ministry)
    CommitmentParty.objects.create(commitment=commitment, side="by", organisation=ministry)
    assert table() == {"CHN-PAK": (1, 0, 1)}


@pytest.mark.parametrize(
    "fields",
    [{"state": "draft"}, {"state": "withdrawn"}, {"state": "in_review", "publish_at": NOW}],
)
def test_records_that_are_not_public_make_no_pairs(fields):
    make_agreement(["CHN", "PAK"], **fields)
    make_meeting(["CHN", "PAK"], **fields)
    commitment_of(make_meeting(()), **fields)
    assert table() == {}


def test_pairs_take_as_many_queries_for_many_as_for_few(django_assert_num_queries):
    make_agreement(["CHN", "PAK"])
    with django_assert_num_queries(4):
        all_pairs(localdate())
    for parties in (["CHN", "UZB"], ["LKA", "PAK"], ["LKA", "UZB"]):
        make_agreement(parties)
        make_meeting(parties)
    with django_assert_num_queries(4):
        all_pairs(localdate())


# The page of a pair


def test_documents_of_a_pair_are_counted_without_named_children():
    parent = make_agreement(count=5, signed="2020")
    make_agreement(parent=parent, signed="2020")
    make_agreement(signed="2020")
    make_agreement(["CHN", "LKA"], signed="2020")
    assert (len(page().agreements), page().documents.in_words) == (3, "6")


def test_page_of_a_pair_leaves_out_what_is_not_public():
    shown = {"state": "published"}
    for fields in (shown, {"state": "draft"}, {"state": "in_review", "publish_at": NOW + timedelta(days=1)}):
        forum = make_forum(members=["CHN", "PAK"], **fields)
        make_working_group(forum=forum, **fields)
        make_agreement(**fields)
        commitment_of(make_meeting(forum=forum, **fields), **fields)
    found = page()
    sizes = [len(rows) for rows in (found.agreements, found.meetings, found.lists.open, found.forums, found.groups)]
    assert sizes == [1, 1, 1, 1, 1]


def test_forum_of_a_pair_shows_its_sessions_with_holes_and_what_comes_next():
    forum = make_forum("jcc", ["CHN", "PAK"])
    for number, held, fields in (
        (1, "2013-08-27", {}),
        (3, "2014", {}),
        (4, "2015-11-12", {"held_basis": "inferred"}),
        (5, "2016?-12-29", {}),
        (6, "", {}),
        (7, "2019-04-09/2019-04-10", {}),
        (8, "[2020-05-03,2020-05-05]", {}),
        (9, "2027", {"status": "tentative"}),
    ):
        make_meeting(forum=forum, session_number=number, title="", held=held, **fields)
    (card,) = page().forums
    assert (card.last.session_number, card.next.session_number) == (8, 9)
    strip = [(number, session and session.session_number, state) for number, session, state in card.strip]
    assert strip == [
        (1, 1, "exact"),
        (2, None, "missing"),
        (3, 3, "inexact"),
        (4, 4, "inexact"),
        (5, 5, "inexact"),
        (6, 6, "unknown"),
        (7, 7, "exact"),
        (8, 8, "inexact"),
        (9, 9, "expected"),
    ]


def test_strip_of_sessions_marks_and_names_a_date_that_is_not_known(client):
    forum = make_forum("jcc", ["CHN", "PAK"])
    make_meeting(forum=forum, session_number=1, title="", held="")
    make_meeting(forum=forum, session_number=2, title="", held="2019-04-09/2019-04-10")
    root = parse(client.get("/pairs/CHN-PAK/").content.decode())
    cells = root.findall(".//ol[@class='session-strip']/li")
    assert [(cell.get("class"), cell.find("a").get("aria-label")) for cell in cells] == [
        ("is-unknown", "Session 1, date not known"),
        ("is-exact", "Session 2, 9–10 April 2019"),
    ]
    assert [words(line) for line in root.findall(".//ul[@class='strip-key']/li")] == [
        "day known",
        "day inferred or bounded",
        "date not known",
        "no source seen",
        "expected",
        "put off, cancelled, or no report that it was held",
    ]


def test_forum_of_a_pair_names_the_date_first_promised_for_its_last_session():
    forum = make_forum("jcc", ["CHN", "PAK"])
    meeting = make_meeting(forum=forum, session_number=10, held="2021-09-23")
    for kind, planned, reported in (("agreed", "2020", "2019-11-05"), ("announced", "2021-07-16", "2021-07")):
        ScheduleChange.objects.create(meeting=meeting, kind=kind, planned_for=planned, reported_on=reported)
    (card,) = page().forums
    assert card.promised.planned_for == "2020"


def test_forum_of_a_pair_without_sessions_has_no_clock():
    make_forum("new", ["CHN", "PAK"])
    (card,) = page().forums
    assert (card.last, card.promised, card.next, card.strip) == (None, None, None, [])


def test_meetings_outside_the_forums_of_the_pair_are_listed_apart():
    forum = make_forum("jcc", ["CHN", "PAK"])
    session = make_meeting(forum=forum, session_number=1)
    group = make_meeting(working_group=make_working_group(forum=forum))
    alone = make_meeting()
    found = page()
    assert [session] == found.forums[0].sessions
    assert set(found.loose_meetings) == {group, alone}


def test_open_commitments_of_a_pair_stand_under_their_occasion_the_longest_silence_first():
    older, newer, paper = make_meeting(held="2020"), make_meeting(held="2024"), make_agreement()
    in_paper = make_commitment(["PAK"], ["CHN"], agreement=paper)
    first, second = commitment_of(newer), commitment_of(newer)
    old = commitment_of(older)
    proposal, done = commitment_of(newer, strength="proposed"), commitment_of(newer, closure="completed")
    found = page()
    assert (found.lists.soft, found.lists.closed) == ([proposal], [done])
    groups = [(group.occasion, group.commitments, group.age) for group in found.open.groups]
    assert groups == [
        (older, [old], "5 years 2 months"),
        (newer, [first, second], "1 year 2 months"),
        (paper, [in_paper], ""),
    ]


def test_age_of_a_word_that_may_still_be_to_come_is_not_told():
    commitment_of(make_meeting(held="2026"))
    (group,) = page().open.groups
    assert (group.commitments[0].heard_latest > NOW.date(), group.age, group.months) == (True, "", 0)


def test_crosstab_of_a_pair_counts_each_commitment_once():
    meeting = make_meeting()
    commitment_of(meeting, due="2020")
    commitment_of(meeting, due="2026-03-10")
    commitment_of(meeting)
    commitment_of(meeting, closure="dropped")
    commitment_of(meeting, due="2020", strength="proposed")
    found = page().promises
    numbers = {(row, column): n for row, cells, _soft in found.crosstab for column, n in cells if n}
    assert numbers == {("no_information", column): 1 for column in ("overdue", "due_soon", "no_deadline", "closed")}
    assert {row: soft for row, _cells, soft in found.crosstab if soft} == {"no_information": 1}
    assert found.strengths == [("agreed", 4), ("proposed", 1)]
    assert (found.headline.overdue, found.headline.soft_past) == (1, 1)


def test_those_in_charge_are_listed_on_their_side():
    planning = make_organisation("planning", country=make_country("PAK"))
    ndrc = make_organisation("ndrc", country=make_country("CHN"))
    hidden = make_organisation("hidden", country=make_country("CHN"), state="draft")
    elsewhere = make_organisation("elsewhere", country=make_country("LKA"))
    forum = make_forum("jcc", ["CHN", "PAK"], abbreviation="JCC")
    forum.lead_organisations.set([planning, ndrc, hidden])
    for _ in range(2):
        commitment = commitment_of(make_meeting())
        for organisation in (planning, hidden, elsewhere):
            CommitmentParty.objects.create(commitment=commitment, side="by", organisation=organisation)
    sides = [(country.code, {each.slug: duties for each, duties in rows}) for country, rows in page().in_charge]
    assert sides == [
        ("CHN", {"ndrc": "leads JCC"}),
        ("PAK", {"planning": "leads JCC; undertook 2 of the commitments"}),
    ]


def test_timeline_of_a_pair_has_a_lane_for_each_forum_and_shows_what_took_place():
    forum = make_forum("jcc", ["CHN", "PAK"], name="JCC")
    make_meeting(forum=forum, session_number=1, held="2013-08-27")
    make_meeting(forum=forum, session_number=2, held="2027", status="tentative")
    make_meeting(forum=forum, session_number=3, held="")
    make_agreement(signed="2015-04-20")
    make_agreement()
    drawn = page().timeline
    lanes = {lane.title: [point.date for point in lane.points] for lane in drawn.lanes}
    assert lanes == {"JCC": ["27 August 2013"], "Agreements signed or adopted": ["20 April 2015"]}
    assert [point.date for point in drawn.unplaced] == ["", ""]


def test_timeline_names_what_it_cannot_place_in_its_table_only(client):
    make_meeting(title="Placed", held="2015-04-20")
    make_meeting(title="Undated", held="")
    make_meeting(title="Yearless", held="XXXX-07-02")
    root = parse(client.get("/pairs/CHN-PAK/").content.decode())
    rows = [words(row) for row in root.findall(".//details[@class='chart-data']/table/tbody/tr")]
    assert rows[0] == "20 April 2015 Placed"
    assert sorted(rows[1:]) == ["2 July, year unknown Yearless", "date not known Undated"]
    assert "2 records without a known year are named in the table only." in words(
        root.find(".//p[@class='chart-note']")
    )


@pytest.mark.parametrize(("basis", "shape"), [("stated", "dot"), ("inferred", "dot-open")])
def test_timeline_fills_the_dot_of_a_signature_only_where_its_day_is_stated(client, basis, shape):
    make_agreement(signed="2015-04-20").events.update(basis=basis)
    root = parse(client.get("/pairs/CHN-PAK/").content.decode())
    for screens in ("wide", "narrow"):
        (drawing,) = root.findall(f".//div[@class='art-{screens}']/svg")
        assert [dot.get("class") for dot in drawing.iter("circle")] == [shape]


def test_pair_without_anything_in_common_has_an_empty_page():
    found = page()
    assert (found.agreements, found.meetings, found.lists.open, found.forums, found.timeline) == ([], [], [], [], None)
    assert found.documents.in_words == "0"


def test_delegation_of_an_organisation_brings_its_country_into_the_pair():
    meeting = make_meeting(["CHN"])
    Delegation.objects.create(meeting=meeting, organisation=make_organisation(country=make_country("PAK")))
    assert page().meetings == [meeting]
