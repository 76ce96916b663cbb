"""Who came to a meeting, who was only a member or invited, and who stayed away: on the page, and for the countries."""

import pytest

from agreements.models import WorkingGroupMember
from meetings.models import Delegate, Delegation
from tests.agreements.test_pages import facts, open_page
from tests.factories import make_country, make_forum, make_meeting, make_organisation, make_person, make_working_group
from tests.registers.reading import exported, words

pytestmark = pytest.mark.django_db


def codes(meeting):
    return sorted(meeting.countries.values_list("code", flat=True))


def section(client, meeting):
    found = open_page(client, meeting).find(".//section[@aria-labelledby='delegations']")
    return words(found)


@pytest.mark.parametrize(("attendance", "is_involved"), [("came", True), ("not_stated", True), ("absent", False)])
def test_member_counts_as_involved_unless_it_did_not_come(attendance, is_involved):
    meeting = make_meeting(["CHN", "PAK"])
    Delegation.objects.create(meeting=meeting, country=make_country("LKA"), attendance=attendance)
    assert ("LKA" in codes(meeting)) is is_involved


def test_member_that_did_not_come_is_not_involved_as_one_of_the_forum():
    forum = make_forum(members=["CHN", "LKA", "PAK"])
    meeting = make_meeting((), forum=forum)
    meeting.delegations.create(country=make_country("LKA"), attendance="absent")
    meeting.save()
    assert codes(meeting) == ["CHN", "PAK"]


def test_page_shows_those_not_named_as_present_apart(client):
    meeting = make_meeting(["CHN", "PAK"], forum=make_forum(members=["CHN", "PAK"]))
    meeting.delegations.create(country=make_country("LKA"), attendance="absent")
    meeting.delegations.create(
        country=make_country("UZB"), role="guest", attendance="not_stated", invited_by=make_country("PAK")
    )
    came, _heading, others = section(client, meeting).partition("Not named as present")
    assert [name in came for name in ("China", "Pakistan", "Sri Lanka", "Uzbekistan")] == [True, True, False, False]
    assert others.strip() == "Sri Lanka did not come Uzbekistan guest attendance not stated invited by Pakistan"


def test_page_names_the_members_of_the_forum_as_such_where_no_delegation_is_known(client):
    meeting = make_meeting((), forum=make_forum(members=["CHN", "PAK"]))
    assert section(client, meeting) == (
        "Delegations Members of the forum at that time; attendance not stated: China Pakistan"
    )
    assert "attendance not stated" not in section(client, make_meeting(["CHN", "PAK"]))


def test_page_names_the_members_of_the_group_as_such(client):
    group = make_working_group(forum=make_forum(members=["CHN", "PAK"]))
    WorkingGroupMember.objects.create(group=group, country=make_country("LKA"))
    meeting = make_meeting((), working_group=group)
    assert section(client, meeting) == "Delegations Members of the group at that time; attendance not stated: Sri Lanka"


def test_delegate_without_a_name_is_an_office(client):
    meeting = make_meeting(["CHN"])
    side = meeting.delegations.get()
    Delegate.objects.create(delegation=side, office="Vice Minister of Commerce", role="head")
    assert section(client, meeting) == "Delegations China Vice Minister of Commerce head"
    assert [str(each) for each in side.delegates.all()] == ["Vice Minister of Commerce (head)"]


def test_two_heads_of_one_delegation_stand_under_it_each_with_the_office_of_the_time(client):
    meeting = make_meeting(["CHN", "PAK"])
    china = meeting.delegations.get(country__code="CHN")
    for name, office in (("Lin Nianxiu", "Vice Chairman"), ("Nong Rong", "Ambassador")):
        china.delegates.create(person=make_person(name), role="head", office=office)
    assert section(client, meeting).startswith(
        "Delegations China Lin Nianxiu head Vice Chairman Nong Rong head Ambassador Pakistan"
    )


def test_export_tells_those_that_came_from_the_others(client):
    meeting = make_meeting(["CHN"])
    ministry = make_organisation(country=make_country("PAK"))
    meeting.delegations.create(organisation=ministry)
    meeting.delegations.create(country=make_country("UZB"), attendance="not_stated")
    meeting.delegations.create(country=make_country("LKA"), attendance="absent")
    (row,) = exported(client, "meetings")
    names = ("countries", "named_as_present", "attendance_not_stated", "absent")
    assert [row[name] for name in names] == [["CHN", "PAK", "UZB"], ["CHN", "PAK"], ["UZB"], ["LKA"]]


def test_number_expected_keeps_what_the_source_says_before_it(client):
    meeting = make_meeting(
        participants=200,
        participants_comparator="at_least",
        participants_expected=300,
        participants_expected_comparator="about",
    )
    assert facts(open_page(client, meeting))["Participants"] == "At least 200; about 300 expected"
