"""CSV and JSON of a filtered list: the records of the page, safe to open, streamed, and told where they are from."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext

from agreements.models import Agreement, AgreementCitation
from agreements.registers import AGREEMENTS
from tests.factories import make_agreement, make_commitment, make_organisation, make_source
from tests.registers.reading import ListPage, exported, words
from tests.registers.taking_away import links, metadata_of, records_of, table, text
from tracker.records.models import DataVersion, fill_search_entries
from tracker.registers import export, formats, xlsx
from tracker.site.registers import REGISTERS

NAMES = [register.name for register in REGISTERS]
KEYS = {"agreements": "reference", "meetings": "reference", "commitments": "reference", "countries": "code"}
QUERIES = {
    "agreements": "country=CHN&country=PAK&sort=title",
    "meetings": "forum=jcc&sort=-held",
    "commitments": "country=PAK&country=CHN&schedule=overdue&schedule=closed",
    "forums": "country=PAK&sort=-name",
    "working-groups": "forum=jec",
    "organisations": "country=CHN",
    "people": "country=CHN",
    "countries": "forum=club&sort=-code",
    "themes": "kind=finer",
    "sources": "evidence=news",
}


@pytest.mark.parametrize("register", NAMES)
def test_exports_hold_the_records_of_the_page_in_its_order(world, client, register):
    query, key = QUERIES[register], KEYS.get(register, "slug")
    page = ListPage(client.get(f"/{register}/?{query}"))
    assert 0 < len(page.rows) < len(ListPage(client.get(f"/{register}/")).rows) or register == "forums"
    rows = table(client.get(f"/{register}.csv?{query}"))
    assert [row[key] for row in rows] == page.rows
    records = records_of(client.get(f"/{register}.json?{query}"))
    assert [record[key] for record in records] == page.rows
    assert [list(record) for record in records] == [list(row) for row in rows]


def test_page_leads_to_each_format_with_its_filters(world, client):
    links = {
        address: [(words(a), a.get("href")) for a in ListPage(client.get(address)).all(".//p[@class='formats']/a")]
        for address in ("/agreements/", "/agreements/?country=CHN&sort=title&page=1")
    }
    assert links == {
        "/agreements/": [
            ("CSV", "/agreements.csv"),
            ("JSON", "/agreements.json"),
            ("XLSX", "/agreements.xlsx"),
            ("iCalendar", "/agreements.ics"),
            ("Atom", "/agreements.atom"),
        ],
        "/agreements/?country=CHN&sort=title&page=1": [
            ("CSV", "/agreements.csv?country=CHN&sort=title"),
            ("JSON", "/agreements.json?country=CHN&sort=title"),
            ("XLSX", "/agreements.xlsx?country=CHN&sort=title"),
            ("iCalendar", "/agreements.ics?country=CHN&sort=title"),
            ("Atom", "/agreements.atom?country=CHN&sort=title"),
        ],
    }
    files = [client.get(address) for _label, address in links["/agreements/"]]
    assert all(file.getvalue() for file in files)
    assert [file["Content-Type"] for file in files] == [
        "text/csv; charset=utf-8",
        "application/json",
        xlsx.CONTENT_TYPE,
        "text/calendar; charset=utf-8",
        "application/atom+xml; charset=utf-8",
    ]


@pytest.mark.parametrize("register", NAMES)
def test_exports_without_records_hold_the_head_and_nothing_else(world, client, register):
    query = "q=nothing-of-the-kind"
    response = client.get(f"/{register}.csv?{query}")
    assert (metadata_of(client, response)["schema:query"], table(response)) == (query, [])
    whole = json.loads(text(client.get(f"/{register}.json?{query}")))
    assert (whole["query"], whole["records"]) == (query, [])


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/ur", "ur")])
def test_exports_say_where_they_are_from(world, client, prefix, language):
    query = "country=CHN&type=&q=%E8%B0%85"
    said = "country=CHN&q=%E8%B0%85"
    response = client.get(f"{prefix}/agreements.csv?{query}")
    version = DataVersion.current()
    assert (response["Data-Version"], response["Content-Language"]) == (str(version), language)
    assert response["Link"] == (
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license", '
        f'<http://testserver{prefix}/agreements.csv-metadata.json?{query}>; rel="describedby"; '
        'type="application/csvm+json"'
    )
    metadata = metadata_of(client, response)
    with translation.override(language):
        assert metadata["dc:title"] == gettext("Agreements")
    assert {name: metadata[name] for name in metadata if name not in ("tableSchema", "dialect", "dc:title")} == {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "@type": "Table",
        "url": f"http://testserver{prefix}/agreements.csv?{query}",
        "dc:language": language,
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "dc:date": {"@value": localdate().isoformat(), "@type": "xsd:date"},
        "schema:version": str(version),
        "schema:query": said,
        "null": "",
    }
    response = client.get(f"{prefix}/agreements.json?{query}")
    assert (response["Data-Version"], list(links(response))) == (str(version), ["license"])
    whole = json.loads(text(response))
    assert list(whole)[-1] == "records" and whole.pop("records")
    assert whole == {
        "register": "agreements",
        "language": language,
        "address": f"http://testserver{prefix}/agreements.json?{query}",
        "query": said,
        "data_version": version,
        "exported_on": localdate().isoformat(),
        "licence": "CC BY 4.0",
    }


def test_export_of_an_agreement_holds_words_codes_address_and_sources(world, client):
    (row,) = table(client.get("/agreements.csv?q=alpha"))
    alpha = Agreement.objects.get(title="Alpha")
    sources = row.pop("sources").split("; ")
    assert sources[0].startswith("Report ") and sources[1:] == ["Gazette", "Daily", "Lanka"]
    assert {name: value for name, value in row.items() if value} == {
        "reference": alpha.reference,
        "title": "Alpha",
        "name": "Alpha",
        "texts": "zh: 谅解备忘录",
        "type": "mou",
        "type_in_words": "memorandum of understanding",
        "status": "signed",
        "status_in_words": "signed; not known to be in force",
        "binding": "non_binding",
        "binding_in_words": "non-binding",
        "level": "government",
        "level_in_words": "government",
        "parties": "China; Pakistan; Telecom Works",
        "party_countries": "CHN; PAK",
        "party_organisations": "telecom",
        "country_codes": "CHN; PAK",
        "signed": "2021-09-23",
        "signed_in_words": "23 September 2021",
        "signed_earliest": "2021-09-23",
        "signed_latest": "2021-09-23",
        "signed_or_adopted": "2021-09-23",
        "signed_or_adopted_in_words": "23 September 2021",
        "signed_or_adopted_earliest": "2021-09-23",
        "signed_or_adopted_latest": "2021-09-23",
        "events": "signed 2021-09-23",
        "documents": "5",
        "forum": "jcc",
        "forum_in_words": "Joint Cooperation Committee",
        "themes": "cloud",
        "themes_in_words": "Cloud",
        "address": f"http://testserver/agreements/{alpha.reference}/",
    }


@pytest.mark.parametrize(
    ("title", "notation", "bounds"),
    [
        ("Epsilon", "../2026-01-29", (None, "2026-01-29")),
        ("Zeta", "2021-10", ("2021-10-01", "2021-10-31")),
        ("Gamma", "", (None, None)),
    ],
)
def test_export_of_an_inexact_date_gives_the_notation_and_what_it_allows(world, client, title, notation, bounds):
    (record,) = json.loads(text(client.get(f"/agreements.json?q={title}")))["records"]
    assert (record["signed"], (record["signed_earliest"], record["signed_latest"])) == (notation, bounds)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (["=1", "b"], "'=1; b"),
        (["a", "=1"], "a; '=1"),
        (["a", " @b", 3], "a; ' @b; 3"),
        ("\n=1", "'\n=1"),
        ("\nplain", "'\nplain"),
        (" =1", "' =1"),
        ("\u00a0\u3000=1", "'\u00a0\u3000=1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠A1", "'＠A1"),
        ("a＝1", "a＝1"),
        (" plain", " plain"),
        ("plain = text", "plain = text"),
        (-3, -3),
        (0, 0),
        (None, ""),
        ("", ""),
        ([], ""),
    ],
)
def test_cell_when_it_would_start_a_formula_is_quoted(value, cell):
    assert formats.cell(value) == cell


@pytest.mark.parametrize("title", ["=1+1", "+41 22", "-1", "@A1", "\t=1", 'say "x", y; z\nnew line', "谅解 مفاہمت"])
@pytest.mark.django_db
def test_title_when_exported_is_safe_and_whole(client, title):
    make_agreement(title=title)
    guarded = title[0] in "=+-@\t"
    (row,) = table(client.get("/agreements.csv"))
    assert row["title"] == ("'" + title if guarded else title)
    (record,) = json.loads(text(client.get("/agreements.json")))["records"]
    assert record["title"] == title


@pytest.mark.django_db
def test_query_when_it_holds_a_line_break_or_a_quotation_mark_stays_in_its_header(client):
    make_agreement(title="Alpha")
    response = client.get('/agreements.csv?q=%0D%0A%3D1%2B1">,<x>&type=mou')
    assert table(response) == []
    address = "http://testserver/agreements.csv-metadata.json?q=%0D%0A%3D1%2B1%22%3E,%3Cx%3E&type=mou"
    assert [*links(response).values()] == ["https://creativecommons.org/licenses/by/4.0/", address]
    assert metadata_of(client, response)["schema:query"] == "q=%0D%0A%3D1%2B1%22%3E%2C%3Cx%3E&type=mou"


@pytest.mark.parametrize(("extension", "kind"), [("csv", "text/csv; charset=utf-8"), ("json", "application/json")])
@pytest.mark.parametrize("register", NAMES)
def test_export_is_streamed_as_a_file_of_the_name_of_its_register(world, client, register, extension, kind):
    response = client.get(f"/{register}.{extension}")
    assert response.streaming and text(response)
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        kind,
        f'attachment; filename="{register}.{extension}"',
    )


@pytest.mark.django_db
def test_data_version_of_an_export_grows_with_every_change(client):
    versions = []
    for change in (
        make_agreement,
        lambda: AgreementCitation.objects.first().delete(),
        lambda: make_source(),
        lambda: Agreement.objects.get().save(),
    ):
        change()
        response = client.get("/agreements.csv")
        versions.append(int(response["Data-Version"]))
        assert metadata_of(client, response)["schema:version"] == response["Data-Version"]
    assert versions == sorted(set(versions))


def make_many(number):
    first = make_agreement(("CHN", "PAK"), "2021", themes=["cloud", "skills"])
    copies = [
        Agreement(reference=f"AGR-{place:05}", title=f"Copy {place}", type="mou", state="published")
        for place in range(number - 1)
    ]
    source = make_source(url="https://example.org/a")
    copies = Agreement.objects.bulk_create(copies)
    AgreementCitation.objects.bulk_create(AgreementCitation(record=copy, source=source) for copy in copies)
    for relation in ("countries", "themes"):
        through = getattr(Agreement, relation).through
        values = list(getattr(first, relation).values_list("pk", flat=True))
        column = {"countries": "country_id", "themes": "theme_id"}[relation]
        through.objects.bulk_create(
            through(**{"agreement_id": copy.pk, column: value}) for copy in copies for value in values
        )
    fill_search_entries()


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        rows = set(re.findall(r"Copy \d+", text(client.get(address))))
    return len(rows), len(asked)


@pytest.fixture
def at_once(monkeypatch):
    """``at_once(number)``: so many records are read at once, the first ones too."""

    def at_once(number):
        monkeypatch.setattr(export, "FIRST", number)
        monkeypatch.setattr(export, "CHUNK", number)

    return at_once


# Of the records themselves, and for what belongs to them: parties, themes, citations with their sources, events, texts,
# statements with their voices, and on either side what may overlap.
A_CHUNK = 1 + 8


# Where a file has tables, for each of them too.
@pytest.mark.parametrize(("extension", "chunk"), [("csv", A_CHUNK), ("json", A_CHUNK + len(AGREEMENTS.all_tables))])
@pytest.mark.django_db
def test_export_of_a_long_list_asks_as_often_as_one_of_a_short_list(client, at_once, extension, chunk):
    make_many(300)
    at_once(300)
    rows, whole = queries(client, f"/agreements.{extension}?q=copy")
    assert rows == 299
    one_row, short = queries(client, f"/agreements.{extension}?q=AGR-00007")
    assert (one_row, short) == (1, whole)
    at_once(100)
    rows, chunked = queries(client, f"/agreements.{extension}?q=copy")
    assert (rows, chunked - whole) == (299, 2 * chunk)


@pytest.mark.django_db
def test_export_goes_out_before_the_last_record_is_read(client, at_once):
    make_many(300)
    at_once(50)
    with CaptureQueriesContext(connection) as asked:
        parts = iter(client.get("/agreements.csv").streaming_content)
        while b"Copy" not in next(parts):
            pass
    before = len(asked)
    with CaptureQueriesContext(connection) as asked:
        list(parts)
    assert (before > 0, len(asked)) == (True, 5 * A_CHUNK)


KEYS_ALONE = re.compile(r'SELECT "agreements_agreement"."id"( AS "\w+")? FROM')


@pytest.mark.parametrize("query", ["", "sort=-title", "country=CHN&sort=reference", "country=CHN&type=mou"])
def test_export_read_from_the_index_is_that_of_the_database(world, client, settings, indexed, query):
    settings.INDEX_REGISTERS = False
    from_the_database = table(client.get(f"/agreements.csv?{query}"))
    settings.INDEX_REGISTERS = True
    indexed(client, "/agreements/")
    with CaptureQueriesContext(connection) as asked:
        assert table(client.get(f"/agreements.csv?{query}")) == from_the_database
    assert [each["sql"] for each in asked if KEYS_ALONE.match(each["sql"])] == []


@pytest.mark.django_db
def test_export_of_an_agreement_without_a_title_has_a_name_and_no_title_that_nobody_gave(client):
    make_agreement(title="Cable treaty", description="On a cable. Of steel.")
    make_agreement(title="", description="Memorandum on IT. Five pages.")
    rows = exported(client, "agreements", "sort=reference")
    assert [(row["title"], row["name"]) for row in rows] == [("Cable treaty", "Cable treaty"), ("", "Memorandum on IT")]


@pytest.mark.django_db
def test_export_of_sources_of_a_record_names_each_once(client):
    agreement = make_agreement(cited=False)
    source = make_source(url="https://example.org/a", title="A")
    for locator in ("p. 1", "p. 2"):
        AgreementCitation.objects.create(record=agreement, source=source, locator=locator)
    AgreementCitation.objects.create(record=agreement, source=make_source(title="On paper"), locator="")
    (record,) = json.loads(text(client.get("/agreements.json")))["records"]
    assert record["sources"] == ["https://example.org/a", "On paper"]


@pytest.mark.django_db
def test_export_of_a_commitment_names_both_sides_and_its_origin(client):
    ministry = make_organisation("moitt", name="Ministry of IT")
    commitment = make_commitment(("PAK",), ("CHN", "LKA"), due="2026-33")
    commitment.parties.create(side="by", organisation=ministry)
    commitment.parties.create(side="to", words="students; teachers")
    (record,) = json.loads(text(client.get("/commitments.json")))["records"]
    assert record["by"] == ["Pakistan", "Ministry of IT"]
    assert record["to"] == ["China", "Sri Lanka", "students; teachers"]
    assert (record["by_countries"], record["by_organisations"]) == (["PAK"], ["moitt"])
    assert (record["to_countries"], record["to_organisations"]) == (["CHN", "LKA"], [])
    assert (record["meeting"], record["agreement"]) == (commitment.meeting.reference, None)
    assert (record["due"], record["due_earliest"], record["due_latest"]) == ("2026-33", "2026-01-01", "2026-03-31")


@pytest.mark.parametrize("method", ["csv", "json"])
@pytest.mark.django_db
def test_head_request_for_an_export_is_answered(client, method):
    make_agreement()
    response = client.head(f"/agreements.{method}")
    assert (response.status_code, b"".join(response)) == (200, b"")
