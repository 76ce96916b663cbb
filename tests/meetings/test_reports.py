"""A planned meeting whose day has passed: nowhere does its status say more than that no report of it was seen."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from meetings.models import Meeting, Report
from tests.agreements.test_pages import facts, open_page
from tests.factories import make_agreement, make_forum, make_meeting, make_working_group
from tests.registers.reading import ListPage, exported, parse, words

pytestmark = pytest.mark.django_db

TODAY = localdate()


def day(offset):
    return (TODAY + timedelta(days=offset)).isoformat()


def planned(held, **fields):
    return make_meeting(held=held, **{"status": "confirmed", **fields})


def report(meeting, today=TODAY):
    return Meeting.objects.with_report(today).get(pk=meeting.pk).report


@pytest.mark.parametrize(
    ("status", "offset", "expected"),
    [
        ("tentative", -1, "no_report"),
        ("confirmed", -1, "no_report"),
        ("confirmed", 0, ""),
        ("confirmed", 1, ""),
        ("held", -1, ""),
        ("postponed", -1, ""),
        ("cancelled", -1, ""),
    ],
)
def test_meeting_whose_planned_day_is_over_has_no_report(status, offset, expected):
    meeting = planned(day(offset), status=status)
    assert report(meeting) == expected
    assert list(Meeting.objects.unreported(TODAY)) == ([meeting] if expected else [])


def test_day_is_over_only_when_the_last_day_that_a_coarse_date_allows_is():
    meeting = planned("2026-05")
    assert [report(meeting, TODAY.replace(2026, *end)) for end in ((5, 31), (6, 1))] == ["", "no_report"]


@pytest.mark.parametrize("in_group", [False, True])
def test_later_session_of_the_same_series_that_was_held_is_told(in_group):
    forum = make_forum()
    body = {"working_group": make_working_group(forum=forum)} if in_group else {"forum": forum}
    other = {"forum": forum} if in_group else {"working_group": make_working_group(forum=forum)}
    eleventh = planned("2020", session_number=11, **body)
    undated = planned("", session_number=10, **body)
    make_meeting(session_number=9, **body)
    make_meeting(session_number=14, **other)
    make_meeting(session_number=12, state="draft", **body)
    planned("2021", session_number=13, **body)
    assert (report(eleventh), report(undated)) == ("no_report", "")
    make_meeting(session_number=15, held="2024", **body)
    assert (report(eleventh), report(undated)) == ("later_held", "later_held")


def test_meeting_still_to_come_has_no_report_to_miss_though_a_later_number_met():
    forum = make_forum()
    meeting = planned(day(9), forum=forum, session_number=1)
    make_meeting(forum=forum, session_number=2)
    assert report(meeting) == ""


def test_status_in_words_says_for_which_day_it_was_announced():
    forum = make_forum()
    dated, undated = (planned(held, forum=forum, session_number=n) for n, held in ((1, "2020-05-04"), (2, "")))
    alone = planned("2020-05-04")
    make_meeting(forum=forum, session_number=3)
    read = Meeting.objects.with_report(TODAY).in_bulk()
    later = "no report that it was held, though a later session was"
    assert read[alone.pk].status_in_words == "announced for 4 May 2020; no report that it was held"
    assert read[dated.pk].status_in_words == f"announced for 4 May 2020; {later}"
    assert read[undated.pk].status_in_words == later


@pytest.mark.parametrize("language", ["ur", "zh-hans"])
def test_status_in_words_has_a_translation(language):
    with translation.override("en"):
        english = {str(each.label) for each in Report} | {each.in_words("X") for each in Report}
    with translation.override(language):
        assert not english & ({str(each.label) for each in Report} | {each.in_words("X") for each in Report})


def statuses(root):
    return [words(each) for each in root.iter("span") if "status-meeting-status" in (each.get("class") or "")]


def test_every_page_that_names_the_meeting_says_that_no_report_was_seen(client):
    forum, agreement = make_forum("jcc", ["CHN", "PAK"]), make_agreement()
    group = make_working_group(forum=forum)
    meeting = planned("2020-05-04", title="Talks", forum=forum, session_number=7)
    planned("2020-05-04", title="Group", working_group=group)
    meeting.agreement_links.create(agreement=agreement, role="adopted")
    said = "Announced for 4 May 2020; no report that it was held"
    page = open_page(client, meeting)
    assert statuses(page) == [said]
    known = facts(page)
    assert "Held" not in known
    assert known["Planned for"] == "4 May 2020"
    for address, number in (
        ("/meetings/", 2),
        ("/pairs/CHN-PAK/", 2),
        (forum.get_absolute_url(), 2),
        (group.get_absolute_url(), 1),
    ):
        assert statuses(parse(client.get(address).content.decode())) == [said] * number, address
    connected = open_page(client, agreement).find(".//section[@aria-labelledby='links']")
    assert "Talks adopted at the meeting announced for 4 May 2020; no report that it was held" in words(connected)


def test_day_of_a_meeting_that_was_not_held_is_called_planned_in_the_list(client):
    planned("2190-05-04")
    make_meeting(held="2020-05-04")
    cells = ListPage(client.get("/meetings/?sort=held")).root.findall(".//td[@data-label='Held']")
    assert [words(cell) for cell in cells] == ["4 May 2020", "planned for 4 May 2190"]


def test_export_keeps_the_code_of_the_status_beside_its_careful_words(client):
    planned("2020-05-04")
    (row,) = exported(client, "meetings")
    assert (row["status"], row["report"]) == ("confirmed", "no_report")
    assert row["status_in_words"] == "announced for 4 May 2020; no report that it was held"


def test_list_is_narrowed_to_meetings_without_a_report(client):
    planned("2020", title="Past"), planned("2190", title="To come"), make_meeting(title="Held")
    listed = exported(client, "meetings", "report=no_report&report=later_held")
    assert [row["title"] for row in listed] == ["Past"]
