"""What changed last in public: the newest first, told as the record stands now, and nothing of what is hidden."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_agreement, make_commitment, make_forum, make_meeting
from tests.registers.reading import parse, words
from tracker.records.models import Revision

pytestmark = pytest.mark.django_db


def read(client, query="", language=""):
    return parse(client.get(f"{language}/changes/{query}").content.decode())


def told(page):
    return [
        (words(entry.find("a")), words(entry.find("span/span")))
        for entry in page.findall(".//ul[@class='entry-list']/li")
    ]


def days(page):
    return [words(section.find("h2")) for section in page.findall(".//section[@class='block']")]


def test_newest_change_comes_first_and_says_whether_it_was_published_by_it(client):
    first = make_agreement(title="First")
    make_meeting(title="Second")
    first.title = "First, again"
    first.save()
    make_agreement(title="Hidden", state="draft")
    assert told(read(client)) == [("First, again", "changed"), ("Second", "newly published")]


def test_changes_stand_under_their_days(client):
    make_agreement(title="Older")
    Revision.objects.update(made_at=timezone.now() - timedelta(days=40))
    make_agreement(title="Newer")
    page = read(client)
    assert [title for title, _kind in told(page)] == ["Newer", "Older"]
    assert len(days(page)) == 2


def test_changes_are_those_of_what_the_filters_leave(client):
    make_forum("jcc", ["CHN", "PAK"])
    jcc = make_meeting(title="Of both", forum=make_forum("jec", ["LKA", "PAK"]))
    make_commitment(["PAK"], ["CHN"], title="Promise", meeting=jcc)
    make_agreement(["LKA", "PAK"], title="Of others")
    assert {title for title, _kind in told(read(client, "?country=CHN&country=PAK"))} == {"Of both", "Promise"}
    assert {title for title, _kind in told(read(client, "?forum=jec"))} == {"Of both", "Promise"}
    page = read(client, "?country=CHN&sort=title&colour=red")
    feeds = [link.get("href") for link in page.findall(".//p[@class='formats']/a")]
    assert feeds == [f"/{name}.atom?country=CHN" for name in ("agreements", "meetings", "commitments")]


def test_value_that_cannot_be_read_is_named_and_nothing_told(client):
    make_agreement()
    page = read(client, "?country=XXX")
    assert "“XXX” is not a known value here." in words(page)
    assert told(page) == []


def test_page_of_nothing_says_so(client):
    assert "No change is recorded." in words(read(client))


def test_queries_do_not_grow_with_the_changes(client, django_assert_max_num_queries):
    for number in range(20):
        make_commitment(meeting=make_meeting(title=f"Meeting {number}"))
        make_agreement()
    with django_assert_max_num_queries(40):
        assert len(told(read(client))) == 50
