"""What the report of a session carries over from those before, and which session that is."""

from datetime import date

import pytest

from meetings.models import CommitmentLineage
from meetings.session_report import pages
from tests.factories import make_forum, make_meeting, make_working_group
from tests.meetings.session_reports import headings, make_session, part, promise, report_of
from tests.registers.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(pages, "localdate", lambda: date(2026, 11, 27))


@pytest.fixture
def forum():
    return make_forum("jec", name="Joint commission", members=["LKA", "PAK"])


@pytest.fixture
def session(forum):
    return make_session(forum, 13)


def test_what_the_session_before_promised_and_is_open_or_was_done_since_is_carried_over(client, forum, session):
    before = make_session(forum, 11)
    promise(make_session(forum, 10), "Two sessions ago")
    promise(before, "Open")
    promise(before, "Only proposed", strength="proposed")
    promise(before, "Done there", due="2025", closure="completed", closed_on="2026-01-28")
    promise(before, "Done since", closure="completed", closed_on="2026-06")
    promise(before, "Done before", closure="completed", closed_on="2025-12")
    promise(before, "Done on an unknown day", closure="completed")
    promise(before, "Dropped", closure="dropped")
    promise(before, "Hidden", state="draft")
    carried = part(report_of(client, session), "carried")
    assert [(number, what.partition(" COM-")[0]) for number, what, *_rest in carried] == [
        ("E1", "Open"),
        ("E2", "Done there"),
        ("E3", "Done since"),
    ]
    assert "agreed, Joint commission, session 11" in carried[0][1]
    assert carried[1][3] == "Completed 28 days late by our reckoning"


@pytest.mark.parametrize("hidden", [{"state": "draft"}, {"status": "cancelled"}, {"status": "tentative"}])
def test_session_before_is_one_that_was_held_and_is_public(client, forum, session, hidden):
    promise(make_session(forum, 12, **hidden), "Hidden there")
    promise(make_session(forum, 11), "Open")
    page = report_of(client, session)
    assert [row[1].partition(" COM-")[0] for row in part(page, "carried")] == ["Open"]
    assert "Session before Session 11" in words(page) and "Hidden there" not in words(page)


def test_meetings_of_other_bodies_are_no_sessions_before(client, forum, session):
    group = make_working_group("it", forum=forum)
    promise(make_meeting(working_group=group, session_number=12, title="", held="2025"), "Of a group")
    promise(make_session(make_forum(), 12), "Of another forum")
    page = report_of(client, session)
    assert headings(page) == ["Sources"] and "Session before" not in words(page)


def test_meeting_without_a_number_follows_the_last_one_by_day(client, forum):
    promise(make_meeting(forum=forum, title="Spring", held="2025-04-01"), "Old")
    promise(make_meeting(forum=forum, title="Preparation", held="2025-12-01", kind="preparatory"), "Prepared")
    promise(make_meeting(forum=forum, title="Autumn", held="2025-10-01"), "Newer")
    meeting = make_meeting(forum=forum, title="Winter", held="2026-01-01")
    assert [row[1].partition(" COM-")[0] for row in part(report_of(client, meeting), "carried")] == ["Newer"]


def test_what_the_session_takes_up_again_names_the_other_number(client, forum, session):
    old = promise(make_session(forum, 5), "Old promise", closure="superseded")
    hidden = promise(make_session(forum, 6), "Hidden promise", state="draft")
    first, second = promise(session, "First"), promise(session, "Second", strength="discussed")
    draft = promise(session, "Draft", state="draft")
    for later, kind in ((first, "repeats"), (second, "refines"), (draft, "supersedes")):
        CommitmentLineage.objects.create(commitment=later, kind=kind, earlier=old)
    CommitmentLineage.objects.create(commitment=first, kind="repeats", earlier=hidden)
    CommitmentLineage.objects.create(commitment=second, kind="refines", earlier=first)
    page = report_of(client, session)
    ((number, what, _who, state),) = part(page, "carried")
    assert number == "E1" and what.startswith("Old promise COM-")
    assert what.endswith("A1 repeats this commitment B1 refines this commitment") and state == "Superseded"
    assert part(page, "firm")[0][1].endswith("repeats E1") and part(page, "soft")[0][1].endswith("refines E1")
    assert "Hidden promise" not in words(page) and "Draft" not in words(page)


def test_commitments_carried_over_are_bounded_too(client, forum, session, monkeypatch):
    monkeypatch.setattr(pages, "MOST_ON_PAGE", 2)
    before = make_session(forum, 12)
    for title in "abcde":
        promise(before, title)
    page = report_of(client, session)
    more = page.find(".//section[@aria-labelledby='carried']//a[@class='more-link']")
    assert (len(part(page, "carried")), words(more)) == (2, "3 more")
    assert more.get("href") == f"/commitments/?meeting={before.reference}&standing=firm"
