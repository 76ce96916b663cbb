"""Meetings of a group that belongs to no forum: founded by an agreement or at a meeting, with members of its own."""

import pytest
from django.core.exceptions import ValidationError

from agreements.models import WorkingGroup, WorkingGroupMember
from meetings.models import Commitment, Meeting
from tests.agreements.test_pages import facts, open_page
from tests.factories import (
    PUBLISHED,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_working_group,
)
from tests.registers.reading import exported, parse, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db):
    """A group of China and Pakistan without a forum."""
    made = WorkingGroup.objects.create(slug="jwg", name="Joint group on cables", state=PUBLISHED)
    for code in ("CHN", "PAK"):
        made.members.create(country=make_country(code))
    return made


def codes(meeting):
    return sorted(meeting.countries.values_list("code", flat=True))


def test_its_meeting_has_no_forum_and_is_named_after_the_group(group):
    meeting = make_meeting((), title="", working_group=group, session_number=2)
    assert (meeting.forum, meeting.headline) == (None, "Joint group on cables, meeting 2")
    meeting.full_clean()


def test_members_of_the_group_are_involved_where_no_delegation_is_known(group):
    meeting = make_meeting((), working_group=group, held="2020-06")
    assert codes(meeting) == ["CHN", "PAK"]
    ministry = make_organisation(country=make_country("UZB"))
    group.members.create(organisation=ministry)
    late = group.members.create(country=make_country("LKA"), joined="2024")
    assert codes(meeting) == ["CHN", "PAK", "UZB"]
    late.delete()
    ministry.country = make_country("SAU")
    ministry.save()
    assert codes(meeting) == ["CHN", "PAK", "SAU"]


def test_own_members_of_a_group_stand_before_those_of_its_forum():
    group = make_working_group(forum=make_forum(members=["CHN", "PAK"]))
    meeting = make_meeting((), working_group=group)
    assert codes(meeting) == ["CHN", "PAK"]
    WorkingGroupMember.objects.create(group=group, country=make_country("UZB"))
    assert codes(meeting) == ["UZB"]


@pytest.mark.parametrize("has_forum", [True, False])
def test_group_of_another_forum_is_refused(group, has_forum):
    if has_forum:
        group = make_working_group(forum=make_forum())
    meeting = Meeting(title="Talks", working_group=group, forum=make_forum())
    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()
    assert refused.value.message_dict == {"working_group": ["That group belongs to another forum, or to none."]}


def test_forum_left_empty_is_that_of_the_group():
    group = make_working_group(forum=make_forum())
    meeting = Meeting(title="Talks", working_group=group)
    meeting.full_clean()
    assert meeting.forum_id == group.forum_id


def test_due_by_the_next_session_is_due_on_the_next_meeting_of_the_group(group):
    first = make_meeting(working_group=group, held="2020")
    commitment = make_commitment(meeting=first, due_rule="next_session")
    make_meeting(working_group=make_working_group(), held="2021")
    assert Commitment.objects.get(pk=commitment.pk).due == ""
    later = make_meeting(working_group=group, held="2022-03-04")
    assert Commitment.objects.get(pk=commitment.pk).due == "2022-03-04"
    later.held = "2022-05-06"
    later.save()
    assert Commitment.objects.get(pk=commitment.pk).due == "2022-05-06"


def test_its_pages_lead_to_the_group(client, group):
    meeting = make_meeting((), title="", working_group=group, session_number=2)
    later = make_meeting((), title="", working_group=group, session_number=3)
    page = open_page(client, meeting)
    assert facts(page)["Body"] == "Joint group on cables"
    crumbs = page.find(".//nav[@class='breadcrumbs']")
    assert words(crumbs) == "Meetings Joint group on cables"
    assert words(page.find(".//a[@rel='next']")) == "Meeting 3"
    listed = exported(client, "meetings", "working_group=jwg&sort=session")
    assert [(row["reference"], row["forum"]) for row in listed] == [(meeting.reference, None), (later.reference, None)]


def test_pair_shows_the_group_and_its_meetings(client, group):
    meeting = make_meeting((), title="", working_group=group, session_number=2)
    page = parse(client.get("/pairs/CHN-PAK/").content.decode())
    assert "Joint group on cables" in words(page.find(".//details[@id='groups']"))
    assert meeting.headline in words(page.find(".//details[@id='others']"))
    other = parse(client.get("/pairs/CHN-UZB/").content.decode()) if make_country("UZB") else None
    assert "Joint group on cables" not in words(other)
