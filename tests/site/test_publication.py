"""The whole site, crawled: only what is published reaches the public, on pages that are clean."""

import json
import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from agreements.models import Agreement, Forum, Organisation, Person, Theme, WorkingGroup
from meetings.models import Commitment, Meeting, MeetingAgreement, Progress
from tests.factories import (
    make_agreement,
    make_commitment,
    make_forum,
    make_meeting,
    make_organisation,
    make_source,
    make_theme,
    make_working_group,
)
from tests.registers import world
from tests.registers.reading import ListPage, parse, words
from tests.site import secrets
from tests.site.crawl import crawl, crawl_api, lasting
from tests.site.secrets import HIDDEN, WORD
from tracker.records.publication import publish_due

# The crawl with hidden records has them of every state; one test at a time, two states stand for all.
SOME = [pytest.param(HIDDEN[name], id=name) for name in ("draft", "approved for a moment")]
PUBLISHABLE = (Agreement, Commitment, Forum, Meeting, Organisation, WorkingGroup)
KINDS = ("agreements", "meetings", "commitments", "forums", "working-groups", "organisations", "sources")


@pytest.fixture(scope="module")
def public(django_db_setup, django_db_blocker):
    """``{address: response}`` of every page and export of a world in which somebody has tried to write markup."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.build()
        MeetingAgreement.objects.create(
            meeting=make_meeting(title="<script>alert(1)</script>", summary='" onload="x'),
            agreement=make_agreement(title='<img src=x onerror="alert(1)">', signed="2021"),
        )
        for model in PUBLISHABLE:
            model.objects.update(editors_note="Plugh")
        Person.objects.update(email="plugh@example.org", note="Plugh")
        yield crawl(Client())
        transaction.set_rollback(True)


@pytest.fixture
def scratch(public):
    """What a test adds to the world is taken back."""
    with transaction.atomic():
        yield public
        transaction.set_rollback(True)


def test_crawl_reaches_every_kind_of_page(public):
    roots = {address.split("/")[1] for address in public if address.count("/") == 3}
    assert roots == {"agreements", "meetings", "commitments", "forums", "working-groups", "organisations"} | {
        "themes",
        "countries",
        "people",
        "sources",
        "pairs",
        "api",
    }
    assert {response.status_code for response in public.values()} == {200}


def test_site_with_hidden_records_is_the_site_without_them(scratch):
    for name, hidden in HIDDEN.items():
        secrets.add(hidden, tag=name)
    after = crawl(Client())
    assert after.keys() == scratch.keys()
    # What a change shows of the word tells which of the hidden ones it is.
    changed = {address: page.body for address, page in after.items() if page.body != scratch[address].body}
    assert {address: re.findall(rf"[^<>]*{WORD}[^<>]*", body)[:3] for address, body in changed.items()} == {}


def test_api_with_hidden_records_is_the_api_without_them(scratch):
    before = crawl_api(Client())
    for name, hidden in HIDDEN.items():
        secrets.add(hidden, tag=name)
    after = crawl_api(Client())
    assert {address: page.body for address, page in after.items()} == {
        address: page.body for address, page in before.items()
    }
    assert {page.status_code for page in after.values()} == {200} and len(after) > 60


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_answer_that_is_not_published_changes_nothing(scratch, hidden):
    client, share = Client(), Commitment.objects.get(title="Share data")
    shown = [share.get_absolute_url(), "/commitments/", "/commitments/?progress=substantial", "/pairs/LKA-PAK/", "/"]
    before = [lasting(client.get(address).content) for address in shown]
    update = secrets.add_update(hidden, share)
    assert [lasting(client.get(address).content) for address in shown] == before
    assert client.get(update.source.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_hidden_record_at_its_own_address_is_404(scratch, hidden):
    client, records = Client(), secrets.add(hidden)
    for record in records.values():
        address = record.get_absolute_url()
        assert [client.get(form).status_code for form in (address, address.lower())] == [404, 404], address
    for slug in ("agreement", "meeting", "commitment", "forum", "workinggroup", "organisation"):
        assert client.get(f"/sources/xyzzy-{slug}-one/").status_code == 404
    assert client.get("/countries/XYZ/").status_code == 404


@pytest.mark.parametrize("hidden", SOME)
def test_hidden_record_as_a_filter_is_as_unknown_as_nonsense(scratch, hidden):
    client, records = Client(), secrets.add(hidden)
    meeting, agreement = records["meeting"].reference, records["agreement"].reference
    for query in (
        "forum=xyzzy-forum-one",
        "working_group=xyzzy-group-one",
        "organisation=xyzzy-ministry-one",
        f"meeting={meeting}",
        f"agreement={agreement}",
    ):
        value = query.partition("=")[2]
        assert ListPage(client.get(f"/commitments/?{query}")).alerts == [f"“{value}” is not a known value here."]
    for kind in KINDS:
        page = ListPage(client.get(f"/{kind}/?q={WORD}"))
        assert (page.rows, page.count.split()[0]) == ([], "0")


@pytest.mark.parametrize("hidden", SOME)
def test_pair_that_only_hidden_records_make_is_not_among_the_pairs(scratch, hidden):
    client = Client()
    assert "/pairs/CHN-UZB/" not in client.get("/pairs/").content.decode()
    make_agreement(("CHN", "UZB"), "2026", title=f"{WORD} pair", **hidden)
    make_meeting(("CHN", "UZB"), title=f"{WORD} pair", **hidden)
    for address in ("/pairs/", "/", "/countries/UZB/", "/countries/CHN/"):
        assert "/pairs/CHN-UZB/" not in client.get(address).content.decode()
    make_agreement(("CHN", "UZB"), "2026", title="Now there")
    assert "/pairs/CHN-UZB/" in client.get("/pairs/").content.decode()


def test_moment_when_it_has_come_shows_everything(scratch):
    client = Client()
    records = secrets.add({"state": "in_review", "publish_at": timezone.now()})
    publish_due(timezone.now())
    for record in records.values():
        page = client.get(record.get_absolute_url())
        assert page.status_code == 200 and WORD in page.content.decode()
    counts = {kind: len(ListPage(client.get(f"/{kind}/?q={WORD}")).rows) for kind in KINDS}
    assert counts == {
        "agreements": 2,
        "meetings": 3,
        "commitments": 4,
        "forums": 1,
        "working-groups": 2,
        "organisations": 1,
        "sources": 6,
    }
    assert client.get("/countries/XYZ/").status_code == 200
    for address in ("/", "/pairs/CHN-PAK/", "/forums/jcc/", "/working-groups/it-group/", "/countries/PAK/"):
        assert WORD in client.get(address).content.decode(), address


def test_update_when_published_changes_the_commitment(scratch):
    share = Commitment.objects.get(title="Share data")
    secrets.add_update({"state": "published"}, share)
    page = Client().get(share.get_absolute_url()).content.decode()
    assert f"{WORD} progress" in page and "xyzzy-update" in page
    share.refresh_from_db()
    assert share.progress == Progress.SUBSTANTIAL


def hrefs(client, address):
    return {link.get("href") for link in parse(client.get(address).content.decode()).iter("a")}


@pytest.mark.parametrize("hidden", SOME)
def test_hidden_bodies_of_public_records_are_not_named(scratch, hidden):
    """That somebody promised or signed is part of the record; who it is, is not yet."""
    client = Client()
    ministry = make_organisation("xyzzy-m", name="The Silent Ministry", **hidden)
    forum = make_forum("xyzzy-f", ["CHN", "PAK"], name="The Silent Forum", organisation=ministry, **hidden)
    group = make_working_group("xyzzy-g", forum=forum, name="The Silent Group", **hidden)
    agreement = make_agreement(("PAK",), "2026-04", title="Signed by one unseen", forum=forum)
    agreement.parties.create(organisation=ministry)
    meeting = make_meeting(("CHN", "PAK"), title="", session_number=4, working_group=group, held="2026-05")
    meeting.delegations.create(organisation=ministry)
    meeting.outcomes.create(kind="establishment", text="A group was founded", working_group=group)
    commitment = make_commitment(("PAK",), ("CHN",), title="By one unseen", meeting=meeting, working_group=group)
    commitment.parties.create(side="by", organisation=ministry)
    part = make_organisation("visible-part", name="Part of it", parent=ministry)
    open_group = make_working_group("open-group", forum=forum, parent=group, convener=ministry, name="Open group")
    records = [agreement, meeting, commitment, part, open_group]
    pages = [record.get_absolute_url() for record in records]
    lists = ["/", "/pairs/CHN-PAK/", *(f"/{kind}/" for kind in KINDS)]
    for address in pages + lists:
        body = client.get(address).content.decode()
        assert ("xyzzy" in body, "The Silent" in body) == (False, False), address
    for address in pages[:3]:
        assert "a body not published here" in client.get(address).content.decode()
    assert meeting.headline == "Session 4 of a body not published here"
    assert str(meeting) == f"{meeting.reference} The Silent Group, meeting 4"
    for kind in KINDS:
        for extension in ("csv", "json"):
            body = b"".join(client.get(f"/{kind}.{extension}").streaming_content).decode()
            assert ("xyzzy" in body, "The Silent" in body) == (False, False), f"{kind}.{extension}"


@pytest.mark.parametrize("hidden", SOME)
def test_hidden_meeting_and_agreement_of_a_public_commitment_are_not_named(scratch, hidden):
    client = Client()
    meeting = make_meeting(title=f"{WORD} meeting", **hidden)
    agreement = make_agreement(title=f"{WORD} agreement", **hidden)
    commitment = make_commitment(("PAK",), ("CHN",), title="Of unknown origin", meeting=meeting, agreement=agreement)
    for address in (commitment.get_absolute_url(), "/commitments/", "/pairs/CHN-PAK/", "/"):
        body = client.get(address).content.decode()
        assert "Of unknown origin" in body or address == "/"
        assert (WORD in body, meeting.reference in body, agreement.reference in body) == (False, False, False), address
    for extension in ("csv", "json"):
        body = b"".join(client.get(f"/commitments.{extension}").streaming_content).decode()
        assert (WORD in body, meeting.reference in body, agreement.reference in body) == (False, False, False)


@pytest.mark.parametrize("hidden", SOME)
def test_hidden_record_that_counts_a_public_document_is_not_named(scratch, hidden):
    whole = make_agreement(("LKA", "UZB"), "2026", title=f"{WORD} whole", count=3, **hidden)
    part = make_agreement(("LKA", "UZB"), "2026", title="Part", parent=whole)
    body = Client().get(part.get_absolute_url()).content.decode()
    assert (WORD in body, whole.reference in body) == (False, False)
    page = parse(Client().get("/pairs/LKA-UZB/").content.decode())
    assert words(page.find(".//section[@aria-labelledby='agreements']/p[@class='say']/b")) == "1"


def test_editors_notes_and_contacts_reach_no_page(public):
    assert {record.editors_note for model in PUBLISHABLE for record in model.objects.all()} == {"Plugh"}
    assert [address for address, page in public.items() if "plugh" in page.body.lower()] == []


def test_source_of_an_event_leads_to_a_page(scratch):
    """A row of a record may have a source of its own, which the page lists with its link."""
    client = Client()
    source = make_source(slug="only-of-an-event", title="Of an event")
    agreement = make_agreement(("CHN", "PAK"), title="With an event")
    agreement.events.create(kind="signed", on="2026", source=source)
    assert "/sources/only-of-an-event/" in hrefs(client, agreement.get_absolute_url())
    assert client.get("/sources/only-of-an-event/").status_code == 200
    assert "Of an event" in ListPage(client.get("/sources/?q=event")).titles


def test_countries_that_a_page_names_have_a_page(scratch):
    """Invited to a forum, observing a meeting, home of an organisation: the link must lead somewhere."""
    client = Client()
    forum = Forum.objects.get(slug="jcc")
    for number, code in enumerate(("AAA", "BBB", "CCC")):
        secrets.make_country(code, alpha2=f"{number}{number}")
    country = {code: secrets.Country.objects.get(code=code) for code in ("AAA", "BBB", "CCC")}
    forum.memberships.create(country=country["AAA"], role="invited")
    Meeting.objects.get(title="Tenth").delegations.create(country=country["BBB"], role="observer")
    make_organisation("far-away", name="Far away", country=country["CCC"])
    addresses = ["/forums/jcc/", Meeting.objects.get(title="Tenth").get_absolute_url(), "/organisations/far-away/"]
    dead = {
        link
        for address in addresses
        for link in hrefs(client, address)
        if link.startswith("/countries/") and client.get(link).status_code != 200
    }
    assert dead == set()


def test_themes_are_public_once_a_published_record_has_them_or_one_below(scratch):
    client, digital = Client(), Theme.objects.get(slug="digital")
    unused = make_theme("unused", name="Unused", parent=digital)
    make_agreement(title="Not yet", themes=["unused"], state="draft")
    below = make_theme("below", name="Below", parent=unused)
    shown = ["Caches", "Cloud", "Digital economy", "Skills"]
    assert ListPage(client.get("/themes/")).titles == shown
    assert client.get("/themes/unused/").status_code == client.get("/themes/below/").status_code == 404
    assert "unused" not in client.get("/themes/digital/").content.decode()
    make_agreement(title="Now there", themes=["below"])
    assert ListPage(client.get("/themes/")).titles == sorted([*shown, unused.name, below.name])
    assert client.get("/themes/unused/").status_code == 200


# The same pages, whatever they tell


@pytest.fixture(scope="module")
def every_page(public, django_db_blocker):
    """Those, and pages that say that something is wrong."""
    wrong = {"/nothing-here/", "/agreements/?country=<b>", "/agreements/?page=9", "/agreements/?q='\"<b>"}
    with django_db_blocker.unblock():
        return public | crawl(Client(), wrong, follow=False)


@pytest.fixture(scope="module")
def bodies(every_page):
    """``{address: tree}`` of the pages among them."""
    pages = {address: page for address, page in every_page.items() if page["Content-Type"].startswith("text/html")}
    return {address: parse(page.body) for address, page in pages.items()}


def test_anonymous_page_sets_no_cookie_and_varies_with_nothing_but_the_start_page(every_page):
    found = {address: (response.get("Vary"), str(response.cookies)) for address, response in every_page.items()}
    assert found.pop("/") == ("Accept-Language, Referer", "")
    assert set(found.values()) == {(None, "")}


# A block of data, which browsers do not run (HTML, “prepare the script element”).
DATA = "application/ld+json"


def test_page_holds_no_inline_script_style_or_handler(bodies):
    assert len(bodies) > 60
    for address, root in bodies.items():
        for element in root.iter():
            attributes = set(element.keys())
            handlers = {name for name in attributes if name.startswith(("on", "hx-on"))}
            assert (handlers, "style" in attributes, element.tag == "style") == (set(), False, False), address
            if element.tag == "script" and element.get("type") == DATA:
                assert (attributes, json.loads(element.text)["@context"]) == ({"type"}, "https://schema.org"), address
                continue
            if element.tag == "script":
                assert (element.get("src", "").startswith("/static/"), words(element)) == (True, ""), address
            for name in ("href", "src", "action"):
                assert not element.get(name, "").startswith(("javascript:", "data:", "//")), address
            rel = element.get("rel")
            if element.tag in ("link", "img", "script", "iframe") and rel not in ("license", "canonical", "alternate"):
                assert element.get("src", element.get("href", "/")).startswith("/static/"), address


def test_page_is_well_formed_and_names_each_id_once(bodies):
    for address, root in bodies.items():
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert sorted(ids) == sorted(set(ids)), address


def test_page_has_a_title_of_its_own_one_heading_and_one_main(bodies):
    titles = {}
    for address, root in bodies.items():
        assert (len(root.findall(".//h1")), len(root.findall(".//main"))) == (1, 1), address
        titles.setdefault(words(root.find(".//title")), []).append(address)
    plain = {title: found for title, found in titles.items() if len([a for a in found if "?" not in a]) > 1}
    assert plain == {}
