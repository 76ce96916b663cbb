"""Every record, list and pair is cited, alike in each language; what programs are told of a page is true and whole."""

import json
import re

import bibtexparser
import pytest
import rispy
from django.test import Client
from django.utils import timezone, translation
from django.utils.timezone import localdate

from agreements.models import Country
from tests.factories import make_agreement, make_forum, make_meeting, make_organisation, make_source
from tests.parts import ENGLISH_FIRST
from tests.registers import world as of_the_tests
from tests.registers.reading import parse, words
from tests.site.crawl import crawl
from tests.site.test_pages import open_page
from tracker.records.models import DataVersion
from tracker.registers.citing import CITATION_FORMATS
from tracker.site.addresses import in_language, language_of
from tracker.site.package.releases import make_release
from tracker.site.registers import REGISTERS
from tracker.site.templatetags.addresses import LOCALES

SITE = "http://testserver"
LANGUAGES = ["en", "ur", "zh-hans"]
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# Of schema.org, what this site has a use for.
TYPES = {
    *("AdministrativeArea", "BreadcrumbList", "Country", "CreativeWork", "DataDownload", "Dataset", "DefinedTerm"),
    *("Event", "GovernmentOrganization", "Legislation", "ListItem", "NewsArticle", "Organization", "Person", "Place"),
    *("WebPage", "WebSite"),
}
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """``{address: response}`` of the whole site in English."""
    with django_db_blocker.unblock(), of_the_tests.for_a_while():
        yield crawl(Client())


def public(register):
    return register.records(localdate()).first()


def place(record):
    return record.get_absolute_url().removesuffix("/")


def metadata(root):
    """``{name: [content]}`` of the head."""
    found = {}
    for each in root.iter("meta"):
        found.setdefault(each.get("name") or each.get("property"), []).append(each.get("content"))
    return found


def described(response):
    """The things that the page describes; None where it says nothing of any."""
    found = BLOCK.findall(response.content.decode())
    assert len(found) <= 1
    if not found:
        return None
    content = json.loads(found[0])
    assert content["@context"] == "https://schema.org"
    return content["@graph"]


def nodes(value):
    """Every thing within a description, at whatever depth."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


# Files


@pytest.mark.parametrize("format", CITATION_FORMATS, ids=lambda format: format.extension)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_record_of_each_register_is_cited_in_each_format_alike_in_each_language(pages, register, format):
    record = public(register)
    (name,), address = record.natural_key(), record.get_absolute_url()
    file = f"{place(record)}.{format.extension}"
    found = [Client().get(in_language(file, code)) for code in LANGUAGES]
    assert {response["Content-Type"] for response in found} == {format.content_type}
    assert len({response.content for response in found}) == 1
    text = found[0].content.decode()
    version = DataVersion.current()
    assert f"{record._meta.model_name}-{name}-v{version}" in text
    assert f"{SITE}{address}" in text
    assert f'href="{file}"' in pages[address].content.decode()


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_list_is_cited_as_it_is_filtered(pages, register):
    name, number = register.name, DataVersion.current()
    query = "?q=a&sort=" + next(iter(register.sorts))
    text = Client().get(f"/{name}.bib{query}").content.decode()
    (entry,) = bibtexparser.parse_string(text).entries
    whole, other = (Client().get(f"/{name}.bib{asked}").content.decode() for asked in ("", "?q=b"))
    assert f"@misc{{{name}-v{number}," in whole and entry["url"] == f"{SITE}/{name}/{query}"
    assert len({entry.key, bibtexparser.parse_string(other).entries[0].key, f"{name}-v{number}"}) == 3
    assert entry.key.startswith(f"{name}-") and entry.key.endswith(f"-v{number}")
    page = Client().get(f"/ur/{name}/{'?' + '&'.join(reversed(query[1:].split('&')))}&page=1&utm_source=x")
    assert page.context["cited"].address == entry["url"]
    links = [link.get("href") for link in parse(page.content.decode()).findall(".//p[@class='cite-files no-print']/a")]
    assert links == [f"/ur/{name}.{each.extension}{query}" for each in CITATION_FORMATS]
    assert Client().get(f"/{name}.bib?nonsense=1").status_code == 400


def test_pair_is_cited_under_its_code(pages):
    (entry,) = rispy.loads(Client().get("/ur/pairs/CHN-PAK.ris").content.decode())
    names = {country.code: country.name for country in Country.objects.all()}
    assert (entry["title"], entry["accession_number"]) == (f"{names['CHN']} and {names['PAK']}", "CHN-PAK")
    assert entry["urls"] == [f"{SITE}/pairs/CHN-PAK/"]
    for address in ("/pairs/PAK-CHN.bib", "/pairs/CHN-XXX.bib", "/pairs/CHN-CHN.bib"):
        assert Client().get(address).status_code == 404


def test_document_that_a_source_is_is_cited_apart_from_our_page_about_it(pages):
    ours, document = (
        json.loads(Client().get(f"/sources/daily{kind}.csl.json").content)[0] for kind in ("", "/document")
    )
    assert (ours["type"], ours["URL"], ours["publisher"]) == (
        "dataset",
        f"{SITE}/sources/daily/",
        "Digital Cooperation Tracker",
    )
    assert (document["type"], document["title"], document["publisher"]) == ("article-newspaper", "Daily", "The Daily")
    assert (document["issued"], document["language"]) == ({"date-parts": [[2025, 7]]}, "ur")
    assert "version" not in document and "author" not in document
    headings = [
        words(each) for each in open_page(Client(), "/sources/daily/").findall(".//section[@class='cite-this']/h2")
    ]
    assert headings == ["Cite the document", "Cite this page about it"]


@pytest.mark.django_db
def test_citation_names_the_day_of_the_data_and_the_day_of_the_site(client, settings):
    agreement = make_agreement()
    DataVersion.objects.update(changed_at="2026-03-04T22:30Z")
    settings.TIME_ZONE = "Asia/Karachi"
    (item,) = json.loads(client.get(f"{place(agreement)}.csl.json").content)
    today = localdate()
    assert item["issued"] == {"date-parts": [[2026, 3, 5]]}
    assert item["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}


@pytest.mark.django_db
def test_publisher_of_the_site_is_named_where_one_is_set(client, settings):
    settings.PUBLISHER = "House of Records"
    agreement = make_agreement()
    (entry,) = bibtexparser.parse_string(client.get(f"{place(agreement)}.bib").content.decode()).entries
    assert (entry["publisher"], entry["howpublished"]) == ("House of Records", "Digital Cooperation Tracker")
    assert "House of Records" in words(open_page(client, agreement.get_absolute_url()).find(".//p[@class='cite-text']"))


@pytest.mark.django_db
def test_former_name_leads_to_the_citation_of_the_present_one(client):
    office = make_organisation("old-name")
    office.slug = "new-name"
    office.save()
    for format in CITATION_FORMATS:
        response = client.get(f"/ur/organisations/old-name.{format.extension}")
        assert (response.status_code, response["Location"]) == (301, f"/ur/organisations/new-name.{format.extension}")


@pytest.mark.django_db
def test_citation_that_has_not_changed_is_not_sent_again(client, settings):
    settings.CACHE_PAGES_BYTES = 10_000_000
    agreement = make_agreement()
    client = Client()
    first = client.get(f"{place(agreement)}.bib")
    again = client.get(f"{place(agreement)}.bib", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.django_db
def test_title_that_is_hostile_ends_neither_the_file_nor_the_page(client):
    title = "</script><b>{%\\&\r\nER  - \"'"
    agreement = make_agreement(title=title)
    response = client.get(agreement.get_absolute_url())
    page, thing = described(response)[0], described(response)[0]["mainEntity"]
    assert page["name"] == thing["name"] == title
    root = parse(response.content.decode())
    assert metadata(root)["og:title"] == metadata(root)["dcterms.title"] == [" ".join(title.split())]
    (entry,) = rispy.loads(client.get(f"{place(agreement)}.ris").content.decode())
    assert entry["title"] == " ".join(title.split())


# What the head says


def test_zotero_reads_the_work_that_the_files_hold(pages):
    record = public(next(register for register in REGISTERS if register.name == "commitments"))
    (item,) = json.loads(Client().get(f"{place(record)}.csl.json").content)
    for language in LANGUAGES:
        found = metadata(open_page(Client(), in_language(record.get_absolute_url(), language)))
        assert found["z:itemType"] == ["dataset"]
        assert found["dcterms.title"] == [item["title"]]
        assert found["dcterms.publisher"] == [item["publisher"]]
        assert found["prism.edition"] == [item["version"]]
        assert found["dcterms.identifier"] == [record.reference]
        assert "citation_title" not in found


@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_every_page_says_what_it_is_to_sites_that_link_to_it(pages, language):
    for address, english in pages.items():
        if not english["Content-Type"].startswith("text/html"):
            continue
        response = english if language == "en" else Client().get(in_language(address, language))
        root = parse(response.content.decode())
        found = metadata(root)
        (canonical,) = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
        assert found["og:url"] == [canonical] and language_of(canonical.removeprefix(SITE)) == language
        assert found["og:locale"] == [LOCALES[language]]
        assert set(found["og:locale:alternate"]) == set(LOCALES.values()) - {LOCALES[language]}
        assert found["og:type"] == ["website"]
        (title,), (description,) = found["og:title"], found["og:description"]
        assert words(root.find(".//title")).startswith(title) and title
        assert [description] == found["description"] and description and "<" not in description


@pytest.mark.django_db
def test_description_of_a_record_says_what_it_is_and_where_it_stands(client):
    agreement = make_agreement(type="mou", signed="2021")
    found = metadata(open_page(client, agreement.get_absolute_url()))
    said = f"{agreement.reference} · memorandum of understanding · Signed; not known to be in force"
    assert found["description"] == [said]
    (told,) = metadata(open_page(client, "/countries/PAK/"))["description"]
    assert told.startswith("Country. What governments promise each other")


@pytest.mark.django_db
def test_second_page_and_filters_of_a_list_are_canonical_without_what_the_page_does_not_read(client):
    make_agreement(themes=[f"theme-{number}" for number in range(31)])
    root = open_page(client, "/ur/themes/?page=2&utm_source=x&kind=")
    (canonical,) = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    others = {link.get("hreflang"): link.get("href") for link in root.iter("link") if link.get("hreflang")}
    assert canonical == metadata(root)["og:url"][0] == f"{SITE}/ur/themes/?page=2"
    assert others == {code: SITE + in_language("/themes/?page=2", code) for code in LANGUAGES} | {
        "x-default": f"{SITE}/themes/?page=2"
    }


# What search engines are told


def test_descriptions_are_of_known_types_with_dates_as_exact_as_they_are_known(pages):
    found = {
        address: described(page) for address, page in pages.items() if page["Content-Type"].startswith("text/html")
    }
    described_by_all = {"/data/", "/pairs/CHN-PAK/", *(f"/{register.name}/" for register in REGISTERS)}
    with translation.override("en"):
        described_by_all |= {
            each.get_absolute_url() for register in REGISTERS for each in register.records(localdate())
        }
    assert {address for address in described_by_all if not found[address]} == set() and len(described_by_all) > 50
    for address, things in found.items():
        for each in nodes(things or []):
            assert each["@type"] in TYPES, address
            for name, value in each.items():
                assert value not in ("", None, [], {}), (address, name)
                if name.endswith("Date") or name in ("datePublished", "dateCreated", "dateModified"):
                    assert DAY.fullmatch(value), (address, name, value)
            if each["@type"] == "BreadcrumbList":
                assert [item["position"] for item in each["itemListElement"]] == [1, 2]


@pytest.mark.django_db
def test_addresses_in_descriptions_lead_somewhere(client):
    make_meeting(title="Alpha", forum=make_forum("jcc"), held="2026-03-03")
    for address, page in crawl(client, {"/meetings/"}, follow=True).items():
        things = described(page) if page["Content-Type"].startswith("text/html") else None
        for each in nodes(things or []):
            for name in ("url", "item", "contentUrl"):
                if each.get(name, "").startswith(SITE):
                    assert client.get(each[name].removeprefix(SITE)).status_code == 200, (address, each[name])


@pytest.mark.django_db
def test_page_of_the_data_describes_the_newest_release(client, files):
    make_agreement()
    assert [each["@type"] for each in described(client.get("/data/"))] == ["WebPage"]
    release = make_release(timezone.now())
    page, data = described(client.get("/ur/data/"))
    assert (data["@type"], data["name"], data["version"]) == ("Dataset", "Digital Cooperation Tracker", release.version)
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [each["contentUrl"] for each in data["distribution"]] == [f"{SITE}/data/releases/{release.number}.zip"]
    assert page["inLanguage"] == "ur"


@pytest.mark.django_db
def test_list_describes_its_files_as_it_is_filtered(client):
    make_agreement()
    _page, data = described(client.get("/ur/agreements/?country=PAK&utm_source=x"))
    files = [f"{SITE}/ur/agreements.{kind}?country=PAK" for kind in ("csv", "json", "xlsx")]
    assert [each["contentUrl"] for each in data["distribution"]] == files
    assert (data["@id"], data["version"]) == (f"{SITE}/agreements/?country=PAK#this", str(DataVersion.current()))


def thing(client, record):
    return described(client.get(record.get_absolute_url()))[0]["mainEntity"]


@pytest.mark.django_db
def test_meeting_is_an_event_on_the_days_that_are_known(client):
    known = {
        "2026-03-03": ("2026-03-03", "2026-03-03"),
        "2011-07-04/2011-07-05": ("2011-07-04", "2011-07-05"),
        "2026-03": ("2026-03", "2026-03"),
        "../2026-01-29": (None, None),
        "2026?-07-02": (None, None),
    }
    for held, (first, last) in known.items():
        event = thing(client, make_meeting(held=held, status="held"))
        assert (event["@type"], event.get("startDate"), event.get("endDate")) == ("Event", first, last), held
    off = thing(client, make_meeting(held="2026-03-03", status="cancelled"))
    assert (off["eventStatus"], "startDate" in off) == ("https://schema.org/EventCancelled", False)


@pytest.mark.django_db
def test_agreement_is_legislation_where_it_is_known_to_bind(client):
    binding = thing(client, make_agreement(signed="2021-09-23", binding="binding"))
    assert (binding["@type"], binding["legislationDate"]) == ("Legislation", "2021-09-23")
    other = thing(client, make_agreement(signed="2021-09", binding="unstated"))
    assert (other["@type"], other["dateCreated"]) == ("CreativeWork", "2021-09")
    assert {each["name"] for each in other["about"]} == {country.name for country in Country.objects.all()}


@pytest.mark.django_db
def test_body_that_is_hidden_is_part_of_no_description(client):
    hidden = make_forum("hidden", name="Silent Forum", state="draft")
    event = client.get(make_meeting(title="Alpha", forum=hidden).get_absolute_url()).content.decode()
    assert "Silent" not in event


@pytest.mark.django_db
def test_source_shows_a_bounded_number_of_records_and_leads_to_all_of_a_kind(client):
    source, agreements = make_source(slug="gazette"), [make_agreement(cited=False) for _number in range(31)]
    for agreement in agreements:
        agreement.citations.create(source=source, locator="p. 1")
    root = open_page(client, "/sources/gazette/")
    assert len(root.findall(".//a[@class='entry-title']")) == 30
    (more,) = root.findall(".//a[@class='more-link']")
    assert more.get("href") == "/agreements/?source=gazette"
    assert "31 agreement" in words(open_page(client, more.get("href")).find(".//p[@id='results-count']"))


@pytest.mark.django_db
def test_place_in_a_source_is_named_once_however_many_rows_rest_on_it(client):
    source, agreement = make_source(slug="gazette"), make_agreement(cited=False)
    for _row in range(2):
        agreement.events.create(kind="signed", on="2026", source=source, locator="p. 7")
    agreement.citations.create(source=source, locator="p. 7")
    assert words(open_page(client, "/sources/gazette/").find(".//main")).count("p. 7") == 1
