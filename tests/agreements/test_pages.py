"""The pages of agreements, forums, groups, organisations and themes: what they show, and where old names lead."""

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementTitle,
    ForumName,
    Membership,
    Organisation,
    WorkingGroupStage,
)
from meetings.models import AgreementFigure, MeetingAgreement
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_used_theme,
    make_working_group,
)
from tests.registers.reading import ListPage, parse, words

pytestmark = pytest.mark.django_db


def open_page(client, record):
    response = client.get(record.get_absolute_url())
    assert response.status_code == 200
    return parse(response.content.decode())


def facts(page):
    """``{term: what is known}``"""
    return {words(line.find("dt")): words(line.find("dd")) for line in page.findall(".//dl[@class='facts']/div")}


def entries(page, name):
    """The words of each line of a section."""
    return [words(entry) for entry in page.findall(f".//section[@aria-labelledby='{name}']//li")]


def claims(page):
    """``[(field, [(value, how it compares, its note)])]``"""
    return [
        (
            words(claim.find("h3")),
            [
                tuple(words(value.find(f".//span[@class='{name}']")) for name in ("claim-value", "tag", "claim-why"))
                for value in claim.findall("ul/li")
            ],
        )
        for claim in page.findall(".//div[@class='claim']")
    ]


def test_agreement_shows_its_facts_parties_and_events(client):
    jcc = make_forum("jcc", name="Joint committee")
    agreement = make_agreement(
        ("PAK",), title="Paper", type="treaty", binding="binding", level="agency", forum=jcc, count=5
    )
    ministry = make_organisation("miit", name="Ministry of Industry", country=make_country("CHN"))
    agreement.parties.create(
        organisation=ministry, signatory=make_person("Xiao Yaqing"), office="Minister", on_behalf_of="the Government"
    )
    AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2021-09", place="Beijing", note="By video")
    AgreementEvent.objects.create(agreement=agreement, kind="in_force", on="2190", is_planned=True)
    AgreementTitle.objects.create(agreement=agreement, language="zh", title="谅解备忘录", is_authentic=True)
    AgreementFigure.objects.create(
        agreement=agreement, what="villages", amount=1000, comparator="about", unit="villages"
    )
    page = open_page(client, agreement)
    assert facts(page) == {
        "Type": "Treaty",
        "Signed": "September 2021",
        "Next target": "Entry into force, 2190",
        "Forum": "Joint committee",
        "Binding intent": "Binding",
        "Level": "Agency",
        "Documents": "5",
        "Permanent reference": agreement.reference,
    }
    assert [words(entry.find("a")) for entry in page.findall(".//section[@aria-labelledby='parties']/ul/li")] == [
        "Pakistan",
        "Ministry of Industry",
    ]
    text = words(page)
    for detail in (
        "signed by Xiao Yaqing",
        "Minister",
        "on behalf of the Government",
        "about 1,000 villages",
        "By video",
    ):
        assert detail in text, detail
    dates = [words(date) for date in page.findall(".//div[@class='timeline-date']")]
    assert dates == ["September 2021", "2190"]
    title = page.find(".//span[@lang='zh']")
    assert (words(title), title.get("dir")) == ("谅解备忘录", "ltr")
    assert entries(page, "titles") == ["谅解备忘录 zh authentic text"]


def test_agreement_without_a_title_is_headed_by_what_is_known(client):
    agreement = make_agreement(title="", description="Five papers on IT. More is not known.")
    page = open_page(client, agreement)
    assert words(page.find(".//h1")) == "Five papers on IT"
    assert "No title is recorded" in words(page)
    assert ListPage(client.get("/agreements/")).titles == ["Five papers on IT"]


def test_agreement_names_what_it_is_connected_with(client):
    one = make_agreement(title="One")
    whole = make_agreement(title="Whole", count=3)
    child = make_agreement(title="Child", parent=whole)
    whole.relations.create(kind="replaces", other=one)
    make_agreement(title="Later").relations.create(kind="amends", other=whole)
    meeting = make_meeting(title="Signing")
    MeetingAgreement.objects.create(meeting=meeting, agreement=whole)
    make_working_group(name="Founded", founding_agreement=whole)
    make_commitment(title="Promised in it", agreement=whole)
    page = open_page(client, whole)
    assert sorted(entries(page, "links")) == sorted(
        ["Signing signed at the meeting", "replaces One", "Later amends this agreement", "Child", "Founded"]
    )
    assert [
        words(link) for link in page.findall(".//section[@aria-labelledby='commitments']//a[@class='entry-title']")
    ] == ["Promised in it"]
    assert facts(open_page(client, child))["Counted within"] == "Whole"


def test_event_that_is_planned_is_named_as_what_is_to_happen(client):
    agreement = make_agreement()
    agreement.events.create(kind="signed", on="2031", is_planned=True)
    page = open_page(client, agreement)
    assert "planned signature" in words(page.find(".//section[@aria-labelledby='events']"))
    with translation.override("en"):
        assert not {str(kind.label) for kind in AgreementEvent.Kind} & {str(each.label) for each in Agreement.Status}


def test_sources_that_differ_are_both_shown_and_the_chosen_one_is_marked(client):
    agreement = make_agreement(cited=False, signed="2026-01-28")
    ours, theirs = make_source(title="Ours"), make_source(title="Theirs")
    cite = agreement.citations.create
    cite(source=theirs, locator="p. 2", field="date", value="2026-01-29")
    cite(source=ours, locator="p. 1", field="date", value="2026-01-28", note="Closer to the event.")
    cite(source=ours, field="type", value="memorandum of understanding")
    cite(source=theirs, field="type", value="memorandum of understanding")
    page = open_page(client, agreement)
    assert claims(page) == [
        ("Date", [("28 January 2026", "shown here", "Closer to the event."), ("29 January 2026", "also stated", "")]),
    ]
    assert [words(entry.find("a")) for entry in page.findall(".//ol[@class='sources']/li")] == ["Theirs", "Ours"]
    marks = [words(mark) for mark in page.findall(".//div[@class='claim']//sup")]
    assert marks == ["2", "1"]


def test_sources_that_differ_where_nothing_is_shown_stand_side_by_side(client):
    agreement = make_agreement(cited=False)
    for value in ("2026", "2026-01"):
        agreement.citations.create(source=make_source(), field="date", value=value)
    (claim,) = claims(open_page(client, agreement))
    assert claim == ("Date", [("2026", "stated", ""), ("January 2026", "stated", "")])


def test_lone_claim_that_differs_is_shown_beside_what_is_shown(client):
    agreement = make_agreement(cited=False, signed="2026-01-28")
    agreement.citations.create(source=make_source(), field="date", value="2025", note="A misprint, perhaps.")
    assert claims(open_page(client, agreement)) == [
        ("Date", [("28 January 2026", "shown here", ""), ("2025", "also stated", "A misprint, perhaps.")]),
    ]


def test_source_cited_at_several_places_stands_once(client):
    agreement = make_agreement(cited=False)
    source = make_source(title="Communiqué", publisher="Ministry", published_on="2026-01", url="https://example.org/a")
    for locator in ("p. 1", "p. 2"):
        agreement.citations.create(source=source, locator=locator)
    AgreementEvent.objects.create(agreement=agreement, kind="signed", on="2021", source=source, locator="p. 3")
    page = open_page(client, agreement)
    (entry,) = page.findall(".//ol[@class='sources']/li")
    assert words(entry).startswith("Communiqué. Ministry, January 2026, p. 1, p. 2, p. 3. ")
    assert [words(mark) for mark in page.findall(".//section[@aria-labelledby='events']//sup")] == ["1"]


WORDINGS = [
    ("2021-09-23", "23 September 2021"),
    ("2025-07", "July 2025"),
    ("2026", "2026"),
    ("2026-33", "first quarter of 2026"),
    ("2025?-07-02", "2 July 2025 (year inferred)"),
    ("../2026-01-29", "on or before 29 January 2026"),
    ("2019/..", "on or after 2019"),
    ("2011-07-04/2011-07-05", "4–5 July 2011"),
    ("XXXX-07-02", "2 July, year unknown"),
    ("2026~", "about 2026"),
]


@pytest.mark.parametrize(("notation", "in_words"), WORDINGS)
def test_date_is_nowhere_shown_more_exactly_than_it_is_known(client, notation, in_words):
    agreement = make_agreement(("CHN", "PAK"), notation, title="Paper")
    row = ListPage(client.get("/agreements/")).root.find(".//td[@data-label='Signed or adopted']")
    assert words(row) == in_words
    assert facts(open_page(client, agreement))["Signed"] == in_words[0].upper() + in_words[1:]
    shown = {words(open_page(client, agreement).find(".//div[@class='timeline-date']"))}
    pair = parse(client.get("/pairs/CHN-PAK/").content.decode())
    shown |= {words(cell) for cell in pair.findall(".//details[@class='chart-data']//tbody/tr/td[1]")}
    assert shown == {in_words}
    entry = pair.find(".//section[@aria-labelledby='agreements']//span[@class='entry-meta']/span[2]")
    assert words(entry) == f"signed {in_words}"
    assert [time.get("datetime") for time in pair.iter("time")] == []


@pytest.mark.parametrize("form", ["agr-0001", "Agr-0001", "AGR-0001"])
def test_reference_in_any_case_leads_to_the_record(client, form):
    assert make_agreement().reference == "AGR-0001"
    response = client.get(f"/agreements/{form}/")
    if form == "AGR-0001":
        assert response.status_code == 200
    else:
        assert (response.status_code, response["Location"]) == (301, "/agreements/AGR-0001/")


@pytest.mark.parametrize("form", ["AGR-0002", "AGR-1", "AGR-00001", "MTG-0001", "0001", "AGR-0001 ", "x" * 3000, "ß"])
def test_reference_of_nothing_is_404(client, form):
    make_agreement(), make_meeting(), make_agreement(title="Draft", state="draft")
    assert client.get(f"/agreements/{form}/").status_code == 404


@pytest.mark.parametrize(
    ("make", "room"),
    [
        (make_forum, "forums"),
        (make_working_group, "working-groups"),
        (make_organisation, "organisations"),
        (make_used_theme, "themes"),
    ],
)
def test_old_slug_redirects_to_the_new_one_for_good(client, make, room):
    record = make("first-name")
    for slug in ("second-name", "third-name"):
        record.slug = slug
        record.save()
    for old in ("first-name", "second-name"):
        response = client.get(f"/{room}/{old}/")
        assert (response.status_code, response["Location"]) == (301, f"/{room}/third-name/")
    assert client.get(f"/{room}/third-name/").status_code == 200
    assert client.get(f"/{room}/never-a-name/").status_code == 404


def test_old_slug_of_a_source_redirects_and_of_a_draft_does_not(client):
    source = make_source(slug="old")
    make_agreement(cited=False).citations.create(source=source)
    source.slug = "new"
    source.save()
    assert client.get("/sources/old/")["Location"] == "/sources/new/"
    draft = make_organisation("old-draft", state="draft")
    draft.slug = "new-draft"
    draft.save()
    assert client.get("/organisations/old-draft/").status_code == 404


def test_old_slug_when_another_record_takes_it_leads_to_that_one(client):
    first = make_organisation("ministry", name="First")
    first.slug = "ministry-of-it"
    first.save()
    make_organisation("ministry", name="Second")
    assert words(parse(client.get("/organisations/ministry/").content.decode()).find(".//h1")) == "Second"


def test_forum_shows_members_with_roles_presidencies_names_and_sessions(client):
    forum = make_forum("jcc", ["CHN"], name="Joint committee", abbreviation="JCC", kind="jcc", description="It meets.")
    Membership.objects.create(
        forum=forum, country=make_country("SAU"), role="invited", joined="2020", note="by letter", source=make_source()
    )
    forum.presidencies.create(country=make_country("CHN"), term="2011")
    ForumName.objects.create(body=forum, name="Old committee", used_until="2015")
    forum.lead_organisations.add(make_organisation(name="Planning ministry", country=make_country("PAK")))
    make_meeting(title="First", forum=forum, session_number=1, held="2013")
    group = make_working_group(forum=forum, name="IT group")
    make_meeting(title="Of the group", working_group=group)
    make_agreement(title="Paper", forum=forum)
    page = open_page(client, forum)
    assert facts(page) == {"Kind": "Joint cooperation committee", "Abbreviation": "JCC"}
    members = [
        [words(part) for part in (entry.find("a"), *entry.findall("span/span"))]
        for entry in page.findall(".//section[@aria-labelledby='members']/ul/li")
    ]
    assert sorted(members) == [["China", "member"], ["Saudi Arabia", "invited", "joined 2020", "by letter"]]
    titles = {
        name: [words(a) for a in page.findall(f".//section[@aria-labelledby='{name}']//a[@class='entry-title']")]
        for name in ("sessions", "groups", "group-meetings", "agreements")
    }
    assert titles == {
        "sessions": ["First"],
        "groups": ["IT group"],
        "group-meetings": ["Of the group"],
        "agreements": ["Paper"],
    }
    assert entries(page, "presidencies") == ["2011: China"]
    assert entries(page, "leads") == ["Planning ministry Pakistan"]
    assert entries(page, "names") == ["Old committee until 2015"]


def test_presidencies_come_in_order_and_the_present_one_is_marked(client):
    forum = make_forum("dco")
    now = localdate().year
    terms = {"SAU": f"{now + 1}", "PAK": f"{now}", "JOR": "2024", "BHR": "../2024-01-31", "KWT": "2021/"}
    for code, term in terms.items():
        forum.presidencies.create(country=make_country(code, name=code), term=term)
    shown = entries(open_page(client, forum), "presidencies")
    assert [entry.rpartition(": ")[2] for entry in shown] == ["KWT", "BHR", "JOR", "PAK now", "SAU"]


def test_working_group_shows_its_stages_in_order_of_time(client):
    forum = make_forum("jec", name="Commission")
    parent = make_working_group("parent", forum=forum, name="Parent")
    group = make_working_group("it", forum=forum, parent=parent, name="IT group")
    WorkingGroupStage.objects.create(group=group, stage="active", on="2021")
    WorkingGroupStage.objects.create(group=group, stage="renamed", on="2023")
    WorkingGroupStage.objects.create(group=group, stage="proposed", on="2019-05")
    page = open_page(client, group)
    assert facts(page) == {
        "Forum": "Commission",
        "Stage": "Active",
        "Parent group": "Parent",
        "Convener": "Not stated",
    }
    stages = page.findall(".//ol[@class='timeline']/li")
    assert [[words(div) for div in stage.findall("div")] for stage in stages] == [
        ["May 2019", "proposed"],
        ["2021", "active"],
        ["2023", "renamed"],
    ]


def test_organisation_shows_what_came_before_and_after_it(client):
    old, new = make_organisation("old", name="Old ministry"), make_organisation("new", name="New ministry")
    old.successors.add(new)
    assert entries(open_page(client, new), "succession") == ["succeeds Old ministry"]
    assert entries(open_page(client, Organisation.objects.get(slug="old")), "succession") == [
        "succeeded by New ministry"
    ]


def test_theme_shows_the_agreements_of_finer_themes_too(client):
    digital = make_theme("digital", name="Digital")
    make_theme("cloud", name="Cloud", parent=digital)
    make_agreement(title="On clouds", themes=["cloud"], signed="2020")
    make_agreement(title="On both", themes=["cloud", "digital"], signed="2021")
    make_agreement(title="On trade", themes=["trade"])
    page = open_page(client, digital)
    assert [words(a) for a in page.findall(".//a[@class='entry-title']")] == ["On both", "On clouds"]
    assert facts(open_page(client, digital.children.get())) == {"Kind": "Sub-theme", "Parent theme": "Digital"}


@pytest.mark.parametrize("kind", ["agreement", "forum", "working group", "organisation", "theme"])
def test_page_says_how_to_cite_it(client, kind):
    make = {
        "agreement": make_agreement,
        "forum": make_forum,
        "working group": make_working_group,
        "organisation": make_organisation,
        "theme": make_used_theme,
    }[kind]
    record = make()
    cite = words(open_page(client, record).find(".//section[@class='cite-this']"))
    assert f"http://testserver{record.get_absolute_url()}" in cite
    assert getattr(record, "reference", getattr(record, "slug", "")) in cite
