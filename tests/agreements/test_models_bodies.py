"""Countries, forums, working groups and themes: what follows from their parts."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from agreements.models import (
    Country,
    Forum,
    ForumName,
    Membership,
    Presidency,
    Theme,
    WorkingGroupStage,
    pair_code,
)
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_theme,
    make_working_group,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def codes(countries):
    return sorted(country.code for country in countries)


# Countries


@pytest.mark.parametrize("make", [make_agreement, make_meeting, make_commitment, make_forum])
@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ({}, True),
        ({"state": "draft"}, False),
        ({"state": "withdrawn"}, False),
        ({"state": "in_review"}, False),
    ],
)
def test_in_published_records_finds_the_countries_of_what_is_public(make, fields, is_found):
    options = {make_commitment: {"by": ("UZB",), "meeting": make_meeting((), state="draft")}}
    positional = {make_commitment: ()}.get(make, [["UZB"]] if make is not make_forum else ["uzbek-forum", ["UZB"]])
    make_country("UZB")
    make(*positional, **options.get(make, {}), **fields)
    assert ("UZB" in codes(Country.objects.in_published_records())) is is_found


def test_in_published_records_names_each_country_once():
    for _ in range(3):
        make_agreement(["CHN", "PAK"])
        make_meeting(["CHN", "PAK"])
    make_country("UZB")
    assert codes(Country.objects.in_published_records()) == ["CHN", "PAK"]


@pytest.mark.parametrize("code", ["pak", "PK", "P4K", "PAKI", ""])
def test_code_that_is_not_three_capitals_is_refused(code):
    with pytest.raises(ValidationError) as refusal:
        Country(code=code, alpha2="PK", name="Pakistan").full_clean()
    assert list(refusal.value.message_dict) == ["code"]


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Pakistan"), ("ur", "پاکستان"), ("zh-hans", "Pakistan"), ("ur-pk", "پاکستان")]
)
def test_country_has_its_name_in_the_language_of_the_reader_or_else_in_english(language, name):
    with translation.override(language):
        assert str(make_country("PAK", name_ur="پاکستان")) == name


@pytest.mark.parametrize("order", [("CHN", "PAK"), ("PAK", "CHN")])
def test_pair_code_is_in_alphabetical_order(order):
    assert pair_code(*order) == "CHN-PAK"


# Forums


@pytest.mark.parametrize(
    ("role", "belongs"), [("member", True), ("founding", True), ("observer", False), ("invited", False)]
)
def test_countries_of_a_forum_are_those_that_belong(role, belongs):
    forum = make_forum()
    membership = Membership.objects.create(forum=forum, country=make_country("PAK"), role=role)
    assert (codes(forum.countries.all()), membership.belongs) == (["PAK"] if belongs else [], belongs)


def test_countries_of_a_forum_when_memberships_change_follow():
    forum = make_forum(members=["CHN", "PAK"])
    membership = forum.memberships.get(country__code="PAK")
    membership.role = "observer"
    membership.save()
    assert codes(forum.countries.all()) == ["CHN"]
    forum.memberships.get(country__code="CHN").delete()
    assert codes(forum.countries.all()) == []


def test_member_that_left_still_counts_among_the_countries_now_or_once():
    forum = make_forum()
    Membership.objects.create(forum=forum, country=make_country("PAK"), joined="2000", left="2010")
    assert codes(forum.countries.all()) == ["PAK"]


def test_organisation_that_is_a_member_involves_no_country():
    forum = make_forum()
    Membership.objects.create(forum=forum, organisation=make_organisation(country=make_country("PAK")))
    assert codes(forum.countries.all()) == []


def test_between_finds_the_forums_of_all_the_countries():
    both, _one = make_forum("both", ["CHN", "PAK"]), make_forum("one", ["CHN", "LKA"])
    assert list(Forum.objects.involving(make_country("PAK"), make_country("CHN"))) == [both]
    assert list(Forum.objects.involving(make_country("PAK"), make_country("LKA"))) == []


def test_country_may_join_leave_and_join_again():
    forum = make_forum()
    for joined, left in (("2000", "2010"), ("2015", "")):
        Membership.objects.create(forum=forum, country=make_country("PAK"), joined=joined, left=left)
    assert [member.joined for member in forum.memberships.all()] == ["2000", "2015"]


def test_memberships_are_in_order_of_joining_and_then_of_number():
    forum = make_forum()
    for code, joined, ordinal in (("LKA", "", None), ("PAK", "2021", 3), ("CHN", "2021", 2), ("SAU", "2020-11-26", 1)):
        Membership.objects.create(forum=forum, country=make_country(code), joined=joined, ordinal=ordinal)
    assert [member.country.code for member in forum.memberships.all()] == ["SAU", "CHN", "PAK", "LKA"]


def test_meeting_of_a_forum_when_a_member_is_added_or_leaves_follows():
    forum = make_forum(members=["CHN"])
    meeting = make_meeting((), forum=forum, held="2020-06-01")
    commitment = make_commitment((), (), meeting=meeting)
    commitment.parties.create(side="by", words="companies")
    membership = Membership.objects.create(forum=forum, country=make_country("PAK"))
    assert [codes(each.countries.all()) for each in (meeting, commitment)] == [["CHN", "PAK"]] * 2
    membership.left = "2019"
    membership.save()
    assert codes(meeting.countries.all()) == ["CHN"]


def test_presidencies_are_in_order_of_their_terms():
    forum = make_forum()
    for term in ("2026", "2024", "2025"):
        Presidency.objects.create(forum=forum, country=make_country("PAK"), term=term)
    assert [str(presidency) for presidency in forum.presidencies.all()] == [f"Pakistan {y}" for y in (2024, 2025, 2026)]


def test_names_of_a_forum_over_time_are_kept_in_order():
    forum = make_forum()
    ForumName.objects.create(body=forum, name="Later", used_from="2010")
    ForumName.objects.create(body=forum, name="Earlier", used_from="1990", used_until="2010")
    assert [str(name) for name in forum.names.all()] == ["Earlier", "Later"]


# Working groups


STAGES = {
    "none": ([], ""),
    "one": ([("proposed", "2019")], "proposed"),
    "last by date": ([("active", "2021"), ("announced", "2020")], "active"),
    "renamed stays": ([("active", "2020"), ("renamed", "2021")], "active"),
    "only renamed": ([("renamed", "2021")], ""),
    "undated comes first": ([("dormant", ""), ("first_met", "2020-05-01")], "first_met"),
    "undated alone": ([("agreed_in_principle", "")], "agreed_in_principle"),
    "dissolved": ([("proposed", "2018"), ("first_met", "2019"), ("dissolved", "2024-06")], "dissolved"),
    "never came to be": ([("proposed", "2016"), ("agreed_in_principle", "2026-01-28")], "agreed_in_principle"),
    "several undated, the last entered": ([("proposed", ""), ("announced", "")], "announced"),
}


@pytest.mark.parametrize("life", STAGES)
def test_stage_of_a_group_is_the_last_that_it_reached(life):
    stages, expected = STAGES[life]
    group = make_working_group()
    for stage, on in stages:
        WorkingGroupStage.objects.create(group=group, stage=stage, on=on)
    group.refresh_from_db()
    assert group.stage == expected


def test_stage_when_the_last_one_is_deleted_is_the_one_before():
    group = make_working_group()
    WorkingGroupStage.objects.create(group=group, stage="active", on="2020")
    WorkingGroupStage.objects.create(group=group, stage="dissolved", on="2024").delete()
    group.refresh_from_db()
    assert group.stage == "active"


def test_group_under_a_group_of_another_forum_is_refused():
    group = make_working_group(parent=make_working_group())
    with pytest.raises(ValidationError) as refusal:
        group.full_clean()
    assert refusal.value.message_dict == {"parent": ["That group belongs to another forum."]}


def test_group_under_a_group_of_its_forum_is_accepted():
    forum = make_forum()
    group = make_working_group(forum=forum, parent=make_working_group(forum=forum))
    group.full_clean()


def test_meetings_of_a_group_when_it_moves_to_another_forum_follow():
    group = make_working_group()
    meeting = make_meeting(working_group=group)
    commitment = make_commitment(meeting=meeting)
    group.forum = make_forum("new-home")
    group.save()
    meeting.refresh_from_db()
    commitment.refresh_from_db()
    assert (meeting.forum.slug, commitment.forum.slug) == ("new-home", "new-home")


# Themes


def above(theme):
    return sorted(theme.covered_by.values_list("slug", flat=True))


def test_theme_is_covered_by_itself_and_all_above_it():
    top = make_theme("top")
    middle = make_theme("middle", parent=top)
    leaf = make_theme("leaf", parent=middle)
    assert [above(theme) for theme in (top, middle, leaf)] == [["top"], ["middle", "top"], ["leaf", "middle", "top"]]
    assert sorted(top.covers.values_list("slug", flat=True)) == ["leaf", "middle", "top"]


def test_theme_when_it_moves_takes_what_is_under_it_along():
    top, other = make_theme("top"), make_theme("other")
    middle = make_theme("middle", parent=top)
    leaf = make_theme("leaf", parent=middle)
    middle.parent = other
    middle.save()
    assert above(leaf) == ["leaf", "middle", "other"]
    assert sorted(top.covers.values_list("slug", flat=True)) == ["top"]
    middle.parent = None
    middle.save()
    assert (above(middle), above(leaf)) == (["middle"], ["leaf", "middle"])


def test_theme_put_under_one_of_its_own_children_is_refused():
    top = make_theme("top")
    leaf = make_theme("leaf", parent=make_theme("middle", parent=top))
    top.parent = leaf
    with pytest.raises(ValidationError) as refusal:
        top.full_clean()
    assert refusal.value.message_dict == {"parent": ["That theme is below this one."]}


def test_looking_for_a_theme_finds_what_is_filed_under_finer_ones():
    top = make_theme("top")
    make_theme("leaf", parent=top)
    make_theme("elsewhere")
    agreement = make_agreement(themes=["leaf"])
    make_agreement(themes=["elsewhere"])
    found = type(agreement).objects.filter(themes__covered_by=Theme.objects.get(slug="top"))
    assert list(found) == [agreement]
