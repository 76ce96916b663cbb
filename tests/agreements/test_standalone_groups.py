"""Working groups without a forum, without a name, with members and a convener of their own."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from agreements.models import Membership, WorkingGroup, WorkingGroupCitation, WorkingGroupStage
from meetings.models import Outcome
from tests.agreements.test_pages import entries, facts, open_page
from tests.factories import (
    make_agreement,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_source,
    make_working_group,
)
from tests.registers.reading import ListPage, exported, parse, words
from tracker.records.publication import obstacles

pytestmark = pytest.mark.django_db

NO_ORIGIN = "Say where it comes from: its forum, its founding agreement, or the outcome of a meeting that names it."


def make_alone(slug="alone", **fields):
    """A published group without a forum."""
    defaults = {"name": "Task force", "state": "published"}
    group = WorkingGroup.objects.create(slug=slug, **(defaults | fields))
    WorkingGroupCitation.objects.create(record=group, source=make_source())
    group.refresh_from_db()
    return group


def codes(group):
    return sorted(group.countries.values_list("code", flat=True))


def test_group_is_published_only_where_something_founded_it():
    assert obstacles(make_alone("nothing")) == [NO_ORIGIN]
    assert obstacles(make_alone("agreement", founding_agreement=make_agreement())) == []
    assert obstacles(make_alone("group", parent=make_alone("parent"))) == []
    assert obstacles(make_working_group()) == []
    at_a_meeting = make_alone("meeting")
    Outcome.objects.create(meeting=make_meeting(), kind="establishment", text="Set up.", working_group=at_a_meeting)
    assert obstacles(at_a_meeting) == []


def test_page_tells_what_published_meetings_brought_about_for_a_group(client):
    group, meeting = make_alone(), make_meeting(title="Summit", held="2019-08-04")
    Outcome.objects.create(meeting=meeting, kind="establishment", text="It is set up.", working_group=group)
    hidden = make_meeting(title="Secret", state="draft")
    Outcome.objects.create(meeting=hidden, kind="decision", text="It is to end.", working_group=group)
    assert entries(open_page(client, group), "decided-on") == ["establishment It is set up. Summit 4 August 2019"]


def test_group_under_another_belongs_to_the_same_forum_or_like_it_to_none():
    jec, parent = make_forum("jec"), make_alone("parent")
    below = make_working_group("below", forum=jec)
    WorkingGroup(slug="a", name="A", parent=parent).full_clean()
    WorkingGroup(slug="b", name="B", forum=jec, parent=below).full_clean()
    for fields, expected in (
        ({"parent": below}, {"forum": ["The group above it belongs to a forum: name that forum here too."]}),
        ({"parent": parent, "forum": jec}, {"parent": ["That group belongs to another forum."]}),
    ):
        with pytest.raises(ValidationError) as error:
            WorkingGroup(slug="c", name="C", **fields).full_clean()
        assert error.value.message_dict == expected


def test_group_without_a_name_is_called_after_what_it_belongs_to():
    jec, draft = make_forum("jec", name="Commission"), make_forum("draft", name="Secret", state="draft")
    paper, hidden = make_agreement(title="Paper"), make_agreement(title="Hidden", state="draft")
    parent = make_working_group("parent", name="IT group", forum=jec)
    nameless = {"name": "", "description": "Experts."}
    found = [
        make_working_group(forum=jec, **nameless),
        make_working_group(forum=jec, parent=parent, **nameless),
        make_alone("founded", founding_agreement=paper, **nameless),
        make_working_group(forum=draft, **nameless),
        make_alone("hidden", founding_agreement=hidden, **nameless),
    ]
    with translation.override("en"):
        assert [group.headline for group in found] == [
            "unnamed group of Commission",
            "unnamed group under IT group",
            "unnamed group founded by Paper",
            "unnamed group",
            "unnamed group",
        ]
    with translation.override("ur"):
        assert found[0].headline == "Commission کا بے نام گروپ"
    with translation.override("zh-hans"):
        assert found[0].headline == "Commission下未命名的工作组"


def test_group_without_a_name_is_named_in_words_wherever_it_stands(client):
    jec = make_forum("jec", ["CHN", "PAK"], name="Commission")
    group = make_working_group("it", forum=jec, name="", description="Experts on data.")
    in_words = "unnamed group of Commission"
    assert words(open_page(client, group).find(".//h1")) == in_words
    assert ListPage(client.get("/working-groups/")).titles == [in_words]
    for address in ("/forums/jec/", "/pairs/CHN-PAK/", "/countries/PAK/"):
        page = parse(client.get(address).content.decode())
        (link,) = [words(each) for each in page.iter("a") if each.get("href") == "/working-groups/it/"]
        assert link == in_words, address
    assert exported(client, "working-groups")[0]["name_in_words"] == in_words


def test_group_without_a_name_is_a_choice_of_lists_by_its_description(client):
    group = make_working_group("it", name="", description="Experts on data. " * 9)
    make_meeting(working_group=group)
    label, number = ListPage(client.get("/meetings/")).facets["working_group"]["it"]
    assert (label, number) == (group.description[:80].strip(), 1)


def test_countries_of_a_group_are_its_own_members_else_those_of_what_it_belongs_to():
    jec = make_forum("jec", ["CHN", "PAK"])
    group, alone = make_working_group(forum=jec), make_alone(founding_agreement=make_agreement(["LKA", "PAK"]))
    assert (codes(group), codes(alone)) == (["CHN", "PAK"], ["LKA", "PAK"])
    ministry = make_organisation(country=make_country("UZB"))
    member = group.members.create(country=make_country("SAU"))
    group.members.create(organisation=ministry)
    assert codes(group) == ["SAU", "UZB"]
    ministry.country = make_country("LKA")
    ministry.save()
    assert codes(group) == ["LKA", "SAU"]
    member.delete()
    group.members.all().delete()
    group.save()
    assert codes(group) == ["CHN", "PAK"]
    Membership.objects.create(forum=jec, country=make_country("UZB"))
    assert codes(group) == ["CHN", "PAK", "UZB"]


def test_countries_of_a_hidden_forum_or_agreement_do_not_come_out_by_its_group():
    forum = make_forum("jec", ["CHN", "PAK"], state="draft")
    agreement = make_agreement(["LKA", "PAK"], state="draft")
    group, alone = make_working_group(forum=forum), make_alone(founding_agreement=agreement)
    assert (codes(group), codes(alone)) == ([], [])
    for record in (forum, agreement):
        record.state = "published"
        record.save()
    assert (codes(group), codes(alone)) == (["CHN", "PAK"], ["LKA", "PAK"])


def test_list_and_pair_find_groups_by_their_countries(client):
    make_working_group("of-forum", name="Of the forum", forum=make_forum("jec", ["CHN", "PAK"]))
    alone = make_alone(founding_agreement=make_agreement(["LKA"]))
    for code in ("CHN", "PAK"):
        alone.members.create(country=make_country(code))
    other = make_alone("other", name="Other", founding_agreement=make_agreement(["LKA", "PAK"]))
    found = ListPage(client.get("/working-groups/?country=CHN&country=PAK"))
    assert sorted(found.titles) == ["Of the forum", "Task force"]
    assert ListPage(client.get("/working-groups/?country=LKA")).titles == [other.name]
    page = parse(client.get("/pairs/CHN-PAK/").content.decode())
    groups = page.findall(".//details[@id='groups']//a[@class='entry-title']")
    assert sorted(map(words, groups)) == ["Of the forum", "Task force"]
    assert {row["slug"]: row["countries"] for row in exported(client, "working-groups")} == {
        "of-forum": ["CHN", "PAK"],
        "alone": ["CHN", "PAK"],
        "other": ["PAK", "LKA"],
    }


def test_page_of_a_group_that_stands_alone_shows_members_convener_and_what_founded_it(client):
    paper = make_agreement(title="Paper")
    group = make_alone(founding_agreement=paper, convening_country=make_country("CHN"))
    group.members.create(country=make_country("PAK"), is_founding=True, joined="2020", left="2024-05", note="by letter")
    hidden = make_organisation("hidden", name="Hidden", state="draft")
    group.members.create(organisation=hidden)
    WorkingGroupStage.objects.create(group=group, stage="established", on="2020")
    WorkingGroupStage.objects.create(group=group, stage="not_known", on="2025")
    page = open_page(client, group)
    assert facts(page) == {"Founded by": "Paper", "Stage": "Ended, or not known", "Convener": "China"}
    assert entries(page, "members")[0] == "Pakistan founding member joined 2020 left May 2024 by letter"
    assert [words(one) for one in page.findall(".//p[@class='timeline-title']")] == [
        "established",
        "ended, or not known",
    ]
    assert entries(open_page(client, paper), "links") == ["Task force"]
    (row,) = exported(client, "working-groups")
    names = ("forum", "founding_agreement", "convening_country", "members", "members_joined", "members_left")
    assert [row[name] for name in names] == [
        *[None, paper.reference, "CHN"],
        *[["PAK"], ["PAK 2020"], ["PAK 2024-05"]],
    ]


def test_page_of_a_group_without_members_says_whose_countries_it_shows(client):
    group = make_working_group(forum=make_forum("jec", ["CHN", "PAK"], name="Commission"))
    assert facts(open_page(client, group))["Countries"] == "China, Pakistan those of its forum"
    alone = make_alone(founding_agreement=make_agreement(["LKA"]))
    assert facts(open_page(client, alone))["Countries"] == "Sri Lanka those of its founding agreement"


def test_country_in_a_group_alone_is_in_the_list_of_countries(client):
    make_alone(founding_agreement=make_agreement(["LKA"])).members.create(country=make_country("UZB"))
    assert sorted(ListPage(client.get("/countries/")).titles) == ["Sri Lanka", "Uzbekistan"]
