"""Atom feeds of lists: what changed last in them, as a feed reader reads it, and nothing that nobody can see."""

from datetime import datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given

from agreements.models import Agreement, AgreementParty, AgreementRelation
from meetings.models import Commitment, Meeting, MeetingAgreement, ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
)
from tests.registers.following import HOSTILE, MANY_TEXTS, QUERIES, read_feed
from tests.registers.reading import ListPage
from tracker.records.models import DataVersion, Revision, latest, one_change, version
from tracker.registers.listing import Listing
from tracker.registers.plain import one_line
from tracker.site.registers import REGISTERS

LANGUAGES = ("en", "ur", "zh-hans")
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, address="/agreements.atom"):
    return [entry.title for entry in read_feed(client, address).entries]


def moment(entry, name="updated"):
    return datetime.fromisoformat(entry[name])


# What a reader of feeds finds


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_feed_of_every_register_filter_and_language_is_read_without_a_complaint(world, client, register):
    for query in ("", QUERIES[register.name], "q=nothing-of-the-kind"):
        page = ListPage(client.get(f"/{register.name}/?{query}"))
        listing = Listing(register, QueryDict(query), timezone.localdate())
        total = len(listing.found) if not listing.errors else None
        ids = []
        for language in LANGUAGES:
            prefix = "" if language == "en" else f"/{language}"
            found = read_feed(client, f"{prefix}/{register.name}.atom?{query}")
            assert found.feed.language == language
            ids.append([entry.id for entry in found.entries])
            if language == "en":
                assert {entry.title for entry in found.entries} >= set(page.titles)
        assert len(set(ids[0])) == len(ids[0]) == total and ids[1:] == ids[:1] * 2
        assert bool(total) == (query != "q=nothing-of-the-kind")


def test_feed_says_where_it_is_from(world, client):
    found = read_feed(client, "/ur/agreements.atom?sort=title&country=CHN&country=PAK").feed
    page = "http://testserver/ur/agreements"
    query = "sort=title&country=CHN&country=PAK"
    links = {link["rel"]: link["href"] for link in found.links}
    assert links == {
        "alternate": f"{page}/?{query}",
        "self": f"{page}.atom?{query}",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert (found.id, found.rights) == (f"{page}.atom?{query}", "CC BY 4.0")
    assert found.title == "معاہدے: China، پاکستان – ڈیجیٹل تعاون ٹریکر"
    assert found.author_detail == {"name": "ڈیجیٹل تعاون ٹریکر", "href": "http://testserver/ur/"}


def test_entry_holds_title_line_codes_and_address(world, client):
    (entry,) = read_feed(client, "/agreements.atom?q=alpha").entries
    alpha = Agreement.objects.get(title="Alpha")
    assert entry.id == f"tag:testserver,2026:agreements/{alpha.reference}"
    assert [(link["rel"], link["href"]) for link in entry.links] == [
        ("alternate", f"http://testserver{alpha.get_absolute_url()}")
    ]
    assert entry.summary == "Memorandum of understanding · signed; not known to be in force"
    assert [(tag["term"], tag["scheme"], tag["label"]) for tag in entry.tags] == [
        ("CHN", "http://testserver/countries/", "China"),
        ("PAK", "http://testserver/countries/", "Pakistan"),
        ("cloud", "http://testserver/themes/", "Cloud"),
    ]
    response = client.get("/agreements.atom?q=alpha")
    assert response["Data-Version"] == str(DataVersion.current())


def test_line_of_a_commitment_is_its_status_line(world, client):
    (entry,) = read_feed(client, "/commitments.atom?q=lay").entries
    lay = Commitment.objects.with_status(timezone.localdate()).get(title="Lay fibre")
    assert entry.summary == " · ".join(lay.status_line)


@pytest.mark.parametrize("language", ["ur", "zh-hans"])
def test_title_says_in_which_language_it_is_where_the_page_is_in_another(world, client, language):
    tree = ElementTree.fromstring(client.get(f"/{language}/sources.atom").content)
    found = {title.text: title.get("{http://www.w3.org/XML/1998/namespace}lang") for title in tree.iter(f"{ATOM}title")}
    assert (found["Gazette"], found["Daily"]) == ("en", None if language == "ur" else "ur")


def test_feed_of_an_empty_list_bears_the_moment_of_the_data(world, client):
    found = read_feed(client, "/agreements.atom?q=nothing-of-the-kind")
    assert (found.entries, moment(found.feed)) == ([], DataVersion.moved_at())


@pytest.mark.django_db
def test_feed_of_an_empty_database_is_a_feed(client):
    assert [read_feed(client, f"/{register.name}.atom").entries for register in REGISTERS] == [[]] * len(REGISTERS)


def test_page_of_a_list_leads_to_its_feed_with_the_same_filters(world, client):
    page = ListPage(client.get("/ur/agreements/?country=PAK&page=1&foo=1"))
    (link,) = [link for link in page.root.iter("link") if link.get("type") == "application/atom+xml"]
    assert (link.get("rel"), link.get("href")) == ("alternate", "/ur/agreements.atom?country=PAK")
    assert link.get("title") == "معاہدے: پاکستان"
    wrong = ListPage(client.get("/agreements/?country=XX"))
    assert "application/atom+xml" not in {link.get("type") for link in wrong.root.iter("link")}


def test_feed_when_a_parameter_is_unknown_names_it(world, client):
    response = client.get("/agreements.atom?foo=1&page=2")
    assert (response.status_code, response.content.decode()) == (
        400,
        "foo: “foo” is not a parameter of this list.\npage: An export has no pages: leave out “page”.\n",
    )


def test_feed_is_kept_like_a_page_and_answers_that_it_is_the_same(world, client, settings):
    settings.CACHE_PAGES_BYTES = 10_000_000
    version._held.forget()
    first = client.get("/agreements.atom?country=PAK")
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/agreements.atom?country=PAK", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, len(queries)) == (304, b"", 0)
    head = client.head("/agreements.atom?country=PAK")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert head["Data-Version"] == first["Data-Version"]
    version._held.forget()


# What is a change, and when it was


@pytest.mark.django_db
def test_record_that_was_changed_comes_first_under_its_name(client):
    one, two = make_agreement(title="One"), make_agreement(title="Two")
    before = read_feed(client, "/agreements.atom").entries
    assert [entry.title for entry in before] == ["Two", "One"]
    one.title = "Once more"
    one.save()
    after = read_feed(client, "/agreements.atom")
    assert [entry.title for entry in after.entries] == ["Once more", "Two"]
    assert (after.entries[0].id, after.entries[1]) == (before[1].id, before[0])
    assert moment(after.entries[0]) > moment(before[0]) == moment(after.entries[1])
    assert moment(after.feed) == moment(after.entries[0]) == Revision.objects.of(one).newest_first().first().made_at
    assert moment(after.entries[0], "published") == moment(before[1], "published") < moment(after.entries[0])
    assert two.pk


@pytest.mark.django_db
def test_what_nobody_can_see_is_no_change(client):
    make_agreement(title="Other")
    one = make_agreement(title="One")
    make_agreement(title="Last")
    before = client.get("/agreements.atom").content
    one.editors_note = "Who said so?"
    one.save()
    one.look_again(timezone.localdate())
    hidden = make_agreement(title="Hidden", state="draft")
    AgreementRelation.objects.create(agreement=one, kind="supports", other=hidden)
    MeetingAgreement.objects.create(meeting=make_meeting(state="draft"), agreement=one)
    assert Revision.objects.of(one).count() == 4
    assert client.get("/agreements.atom").content == before
    AgreementRelation.objects.create(agreement=one, kind="supports", other=make_agreement(title="Seen"))
    assert titles(client) == ["One", "Seen", "Last", "Other"]


@pytest.mark.django_db
def test_change_before_one_that_nobody_can_see_counts(client):
    one = make_agreement(title="One")
    make_agreement(title="Other")
    one.description = "Now with a description."
    one.save()
    seen = Revision.objects.of(one).newest_first().first().made_at
    for number in range(3):
        hidden = make_agreement(title=f"Hidden {number}", state="in_review")
        AgreementRelation.objects.create(agreement=one, kind="supports", other=hidden)
    first = read_feed(client, "/agreements.atom").entries[0]
    assert (first.title, moment(first)) == ("One", seen)


@pytest.mark.django_db
def test_publication_is_a_change_and_what_went_before_is_not(client):
    draft = make_agreement(title="Draft", state="draft")
    make_agreement(title="Public")
    draft.description = "Changed while nobody saw it."
    draft.save()
    assert titles(client) == ["Public"]
    draft.state = "in_review"
    draft.save()
    make_agreement(title="Later")
    draft.state = "published"
    draft.save()
    first = read_feed(client, "/agreements.atom").entries[0]
    made_at = Revision.objects.of(draft).newest_first().first().made_at
    assert (first.title, moment(first), moment(first, "published")) == ("Draft", made_at, made_at)
    draft.state = "withdrawn"
    draft.save()
    assert titles(client) == ["Later", "Public"]
    draft.state = "published"
    draft.save()
    first = read_feed(client, "/agreements.atom").entries[0]
    assert (first.title, moment(first, "published")) == ("Draft", made_at) and moment(first) > made_at


@pytest.mark.django_db
def test_what_only_followed_is_a_change(client):
    ministry = make_organisation(country=make_country("PAK"))
    first = make_agreement(("LKA",), title="First")
    AgreementParty.objects.create(agreement=first, organisation=ministry)
    make_agreement(title="Second")
    assert titles(client) == ["Second", "First"]
    ministry.country = make_country("CHN")
    ministry.save()
    assert not Revision.objects.of(first).newest_first().first().is_editorial
    entry = read_feed(client, "/agreements.atom").entries[0]
    assert (entry.title, [tag["term"] for tag in entry.tags]) == ("First", ["CHN", "LKA"])


@pytest.mark.django_db
def test_report_on_a_commitment_is_a_change_once_it_is_published(client):
    first = make_commitment(title="First")
    make_commitment(title="Second")
    update = ProgressUpdate.objects.create(commitment=first, progress="substantial", as_of="2026-02", state="draft")
    assert titles(client, "/commitments.atom") == ["Second", "First"]
    update.state = "published"
    update.save()
    assert titles(client, "/commitments.atom") == ["First", "Second"]


@pytest.mark.django_db
def test_further_report_that_changes_no_word_of_the_record_is_a_change(client):
    first, second = make_commitment(title="First"), make_commitment(title="Second")
    published = {"commitment": first, "progress": "substantial", "state": "published"}
    ProgressUpdate.objects.create(**published, as_of="2026-02")
    second.text = "Changed."
    second.save()
    number = Revision.objects.of(first).count()
    assert titles(client, "/commitments.atom") == ["Second", "First"]
    ProgressUpdate.objects.create(**published | {"state": "draft"}, as_of="2026-04")
    assert titles(client, "/commitments.atom") == ["Second", "First"]
    ProgressUpdate.objects.create(**published, as_of="2026-03")
    assert titles(client, "/commitments.atom") == ["First", "Second"]
    assert Revision.objects.of(first).count() == number


@pytest.mark.django_db
def test_id_of_a_body_stays_when_its_slug_changes(client):
    forum = make_forum("jcc", ["CHN"])
    (before,) = read_feed(client, "/forums.atom").entries
    forum.slug = "joint-committee"
    forum.save()
    (after,) = read_feed(client, "/zh-hans/forums.atom").entries
    assert (after.id, after.link) == (before.id, "http://testserver/zh-hans/forums/joint-committee/")
    assert before.id == f"tag:testserver,2026:forums/{forum.pk}"


@pytest.mark.django_db
def test_record_without_history_was_last_changed_before_the_history_began(client):
    old, other = make_agreement(title="Old"), make_agreement(title="Older")
    new = make_agreement(title="New")
    Revision.objects.filter(record__in=[old.pk, other.pk], kind="agreements.agreement").delete()
    entries = read_feed(client, "/agreements.atom").entries
    assert [entry.title for entry in entries] == ["New", "Older", "Old"]
    beginning = Revision.objects.order_by("pk").first().made_at
    assert [moment(entry) for entry in entries[1:]] == [beginning] * 2
    assert ["published" in entry for entry in entries] == [True, False, False]
    Revision.objects.all().delete()
    assert {moment(entry) for entry in read_feed(client, "/agreements.atom").entries} == {DataVersion.moved_at()}
    assert new.pk


@pytest.mark.django_db
def test_moment_at_which_the_history_moved_is_no_publication(client):
    agreement = make_agreement()
    Revision.objects.of(agreement).update(reason=latest.MOVED)
    (entry,) = read_feed(client, "/agreements.atom").entries
    assert "published" not in entry


# However many there are


@pytest.fixture
def many(db):
    with one_change():
        agreements = [make_agreement(("CHN", "PAK"), title=f"Agreement {number}") for number in range(70)]
    for place in (40, 3, 66, 12):
        agreements[place].description = "Changed."
        agreements[place].save()
    return agreements


def test_feed_holds_the_fifty_that_changed_last(many, client):
    found = titles(client)
    assert found[:4] == [f"Agreement {number}" for number in (12, 66, 3, 40)] and len(found) == 50
    assert found[4:] == [f"Agreement {number}" for number in range(69, 0, -1) if number not in (12, 66, 3, 40)][:46]


@pytest.mark.parametrize("first", [3, 10, 1000])
def test_long_list_is_found_through_the_history_alike(many, client, monkeypatch, first):
    few = [client.get(address).content for address in ("/agreements.atom", "/agreements.atom?q=changed")]
    hidden = make_agreement(title="Hidden", state="draft")
    for agreement in many[:5]:
        AgreementRelation.objects.create(agreement=agreement, kind="supports", other=hidden)
    monkeypatch.setattr(latest, "FEW", 0)
    monkeypatch.setattr(latest, "FIRST", first)
    assert [client.get(f"/agreements.atom{query}").content for query in ("", "?q=changed")] == few


def test_long_list_of_commitments_is_found_through_the_history_with_its_reports(db, client, monkeypatch):
    first, _second = make_commitment(title="First"), make_commitment(title="Second")
    for month in ("2026-02", "2026-03"):
        fields = {"commitment": first, "progress": "substantial", "as_of": month, "state": "published"}
        ProgressUpdate.objects.create(**fields)
    few = client.get("/commitments.atom").content
    monkeypatch.setattr(latest, "FEW", 0)
    assert client.get("/commitments.atom").content == few and titles(client, "/commitments.atom")[0] == "First"


# Whatever stands in a text


@pytest.mark.django_db
@MANY_TEXTS
@given(title=HOSTILE, place=HOSTILE)
def test_whatever_stands_in_a_title_the_feed_is_read_whole(client, title, place):
    meeting = Meeting.objects.first() or make_meeting(("CHN",))
    Meeting.objects.update(title=title, place=place)
    response = client.get("/meetings.atom")
    assert feedparser.parse(response.content).bozo == 0
    entry = ElementTree.fromstring(response.content).find(f"{ATOM}entry")
    said = one_line(f"28 January 2026 · {place} · held")
    assert (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary")) == (one_line(title) or "meeting", said)
    assert meeting.pk


def test_letters_of_every_script_pass_and_only_what_no_program_takes_is_left_out():
    assert (
        one_line("معاہدہ، ۲۰۲۶ \u200c和\n谅解备忘录 🤝 a\x0bb\x07\ufffe") == "معاہدہ، ۲۰۲۶ \u200c和 谅解备忘录 🤝 a b"
    )
