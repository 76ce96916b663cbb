"""A citation in each style and format says what is known, whatever the texts in it look like, and can be read back."""

import json
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from tracker.registers.citing import Work, WorkKind
from tracker.registers.citing.bibtex import as_bibtex
from tracker.registers.citing.csl import as_csl
from tracker.registers.citing.dates import month_first, parts_of, with_slashes, year_first
from tracker.registers.citing.ris import as_ris
from tracker.registers.citing.styles import apa, chicago
from tracker.registers.citing.work import in_one_line

SITE = "Digital Cooperation Tracker"
RECORD = Work(
    kind=WorkKind.DATA,
    key="commitment-COM-0061-v3",
    title="Train 200,000 young people free of charge",
    address="https://tracker.example/commitments/COM-0061/",
    accessed=date(2026, 11, 27),
    number="COM-0061",
    container=SITE,
    publisher="House of Records",
    version="3",
    issued="2026-11-26",
)
DOCUMENT = Work(
    kind=WorkKind.NEWS,
    key="document-daily",
    title="Ministers agree",
    address="https://daily.example/a?b=c_d&e=%20f",
    accessed=date(2026, 11, 27),
    publisher="The Daily",
    issued="2025-07",
    archived="https://archive.example/1",
    language="ur",
)
# What would end a value, an entry, a line or a formula in one of the formats; and letters of three scripts.
HOSTILE = st.text(
    st.one_of(st.sampled_from("{}\\%&#$_~^\"'`-?!@,=<>/ \t\r\n\u2028\x00\x85"), st.sampled_from("aZ9é谅اک«–")),
    max_size=60,
)
# Variables of the Citation Style Language 1.0.2.
CSL_NAMES = {"id", "type", "title", "author", "container-title", "publisher", "number", "version", "issued", "accessed"}
CSL_NAMES |= {"archive_location", "language", "URL"}
# Commands that the library does not know, or takes for another letter; and letters that stand for them meanwhile.
COMMANDS = {
    "{": (r"\textbraceleft{}", "⦃"),
    "}": (r"\textbraceright{}", "⦄"),
    "^": (r"\textasciicircum{}", "⌃"),
    "~": (r"\textasciitilde{}", "⁓"),
}
CSL_TYPES = {"dataset", "webpage", "article-newspaper", "document"}


def bibtex(text):
    """The one entry as ``(key, {field: value})``, and nothing beside it."""
    found = bibtexparser.parse_string(text)
    assert (len(found.entries), len(found.failed_blocks), len(found.blocks)) == (1, 0, 1), text
    (entry,) = found.entries
    return entry.key, {field.key: field.value for field in entry.fields}


def decoded(text):
    """The same with LaTeX undone; but for ``COMMANDS`` the library knows all of it."""
    for command, letter in COMMANDS.values():
        text = text.replace(command, letter)
    found = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    meant = {letter: each for each, (_command, letter) in COMMANDS.items()}
    return {field.key: field.value.translate(str.maketrans(meant)) for field in found.entries[0].fields}


def ris(text):
    (entry,) = rispy.loads(text)
    return entry


# Styles


def test_record_in_apa_names_version_day_and_the_day_of_retrieval():
    assert apa(RECORD) == (
        "Train 200,000 young people free of charge (COM-0061; Version 3) [Data set]. (2026, November 26). "
        "Digital Cooperation Tracker. House of Records. "
        "Retrieved November 27, 2026, from https://tracker.example/commitments/COM-0061/"
    )


def test_record_in_chicago_names_version_day_and_the_day_of_access():
    assert chicago(RECORD) == (
        "“Train 200,000 young people free of charge.” Digital Cooperation Tracker, COM-0061. "
        "Data version 3, November 26, 2026. House of Records. Accessed November 27, 2026. "
        "https://tracker.example/commitments/COM-0061/."
    )


def test_publisher_that_is_the_site_is_named_once_and_a_list_has_no_number():
    work = replace(RECORD, publisher=SITE, number="", title="Commitments: Pakistan")
    assert apa(work).count(SITE) == chicago(work).count(SITE) == 1
    assert apa(work).startswith("Commitments: Pakistan (Version 3) [Data set].")
    assert chicago(work).startswith("“Commitments: Pakistan.” Digital Cooperation Tracker. Data version 3,")


@pytest.mark.parametrize("title", ["Who pays?", "It is done.", "And then…"])
def test_title_that_ends_a_sentence_is_given_no_second_full_stop(title):
    assert chicago(replace(RECORD, title=title)).startswith(f"“{title}” ")


def test_document_is_cited_by_what_its_fields_say():
    assert apa(DOCUMENT) == (
        "The Daily. (2025, July). Ministers agree. https://daily.example/a?b=c_d&e=%20f "
        "Archived at https://archive.example/1"
    )
    assert chicago(DOCUMENT) == (
        "“Ministers agree.” The Daily, July 2025. https://daily.example/a?b=c_d&e=%20f. "
        "Archived at https://archive.example/1."
    )


def test_document_of_which_little_is_known_is_given_nothing_else():
    bare = replace(DOCUMENT, publisher="", issued="", archived="", container="daily.example")
    assert apa(bare) == "Ministers agree. (n.d.). daily.example. https://daily.example/a?b=c_d&e=%20f"
    assert chicago(bare) == "“Ministers agree.” daily.example, n.d. https://daily.example/a?b=c_d&e=%20f."
    assert "author" not in as_csl(bare) + as_bibtex(bare) and "AU  -" not in as_ris(bare)


def test_author_comes_first_where_one_is_named():
    named = replace(DOCUMENT, author="A. Khan")
    assert apa(named).startswith("A. Khan. (2025, July). Ministers agree. The Daily. https:")
    assert chicago(named).startswith("A. Khan. “Ministers agree.” The Daily, July 2025.")


# Dates


@pytest.mark.parametrize(
    ("notation", "parts", "year", "month", "slashes"),
    [
        ("2026-01-09", ((2026, 1, 9),), "2026, January 9", "January 9, 2026", "2026/01/09/"),
        ("2026-01", ((2026, 1),), "2026, January", "January 2026", "2026/01//"),
        ("2026", ((2026,),), "2026", "2026", "2026///"),
        ("2011-07-04/2011-07-05", ((2011, 7, 4), (2011, 7, 5)), "4–5 July 2011", "4–5 July 2011", "2011/07/04/"),
        ("../2026-01-29", (), "on or before 29 January 2026", "on or before 29 January 2026", ""),
        ("2026-33", (), "first quarter of 2026", "first quarter of 2026", ""),
        ("2025?-07-02", (), "2 July 2025 (year inferred)", "2 July 2025 (year inferred)", ""),
        ("2026-01~", (), "about January 2026", "about January 2026", ""),
        ("XXXX-07-02", (), "2 July, year unknown", "2 July, year unknown", ""),
        ("[2022-05-03,2022-05-05]", (), "3 or 5 May 2022", "3 or 5 May 2022", ""),
    ],
)
def test_date_is_as_exact_as_it_is_known(notation, parts, year, month, slashes):
    found = parts_of(notation), year_first(notation), month_first(notation), with_slashes(notation)
    assert found == (parts, year, month, slashes)
    work = replace(DOCUMENT, issued=notation)
    (item,) = json.loads(as_csl(work))
    assert item["issued"] == ({"date-parts": [list(each) for each in parts]} if parts else {"literal": year})
    assert decoded(as_bibtex(work))["year"] == (f"{parts[0][0]}" if parts else year)
    assert ris(as_ris(work))["year"] == (f"{parts[0][0]}" if parts else year)


# Formats


def test_bibtex_is_one_entry_that_says_it_all():
    key, fields = bibtex(as_bibtex(RECORD))
    assert key == "commitment-COM-0061-v3"
    assert fields == {
        "title": "{Train 200,000 young people free of charge}",
        "howpublished": SITE,
        "publisher": "House of Records",
        "year": "2026",
        "month": "nov",
        "date": "2026-11-26",
        "number": "COM-0061",
        "version": "3",
        "note": "Data version 3, COM-0061",
        "langid": "english",
        "url": RECORD.address,
        "urldate": "2026-11-27",
    }


def test_ris_ends_its_lines_as_the_format_asks_and_says_it_all():
    text = as_ris(RECORD)
    assert text.startswith("TY  - DATA\r\n") and text.endswith("\r\nER  - \r\n")
    assert text.count("\n") == text.count("\r\n")
    entry = ris(text)
    expected = {"title": RECORD.title, "publisher": "House of Records", "secondary_title": SITE, "edition": "3"}
    expected |= {"urls": [RECORD.address], "date": "2026/11/26/", "access_date": "2026/11/27/", "language": "en"}
    assert {name: entry[name] for name in expected} == expected
    assert (entry["type_of_reference"], entry["accession_number"]) == ("DATA", "COM-0061")


def test_csl_is_an_item_that_processors_know():
    assert json.loads(as_csl(RECORD)) == [
        {
            "id": "commitment-COM-0061-v3",
            "type": "dataset",
            "title": RECORD.title,
            "container-title": SITE,
            "publisher": "House of Records",
            "number": "COM-0061",
            "version": "3",
            "issued": {"date-parts": [[2026, 11, 26]]},
            "accessed": {"date-parts": [[2026, 11, 27]]},
            "language": "en",
            "URL": RECORD.address,
        }
    ]


@given(HOSTILE, HOSTILE, HOSTILE)
def test_texts_can_be_read_back_from_every_format_whatever_they_hold(title, publisher, author):
    work = replace(DOCUMENT, title=f"T{title}", publisher=publisher, author=author)
    (item,) = json.loads(as_csl(work))
    assert item.keys() <= CSL_NAMES and item["type"] in CSL_TYPES
    assert (item["title"], item.get("publisher", "")) == (work.title, work.publisher)
    text = as_ris(work)
    assert ris(text)["title"] == work.title and text.count("\r\n") == len(text.splitlines())
    assert [line[:2] for line in text.splitlines()][-1] == "ER"
    key, fields = bibtex(as_bibtex(work))
    assert (key, fields["url"]) == (work.key, work.address)
    plain = decoded(as_bibtex(work))
    assert plain["title"] == work.title and plain.get("publisher", "") == work.publisher


@pytest.mark.parametrize("text", ["''", "``quoted''", "--", "a---b", "?`", "!`", "<<", ">>", ",,"])
def test_signs_that_tex_draws_together_stay_apart_in_bibtex(text):
    assert decoded(as_bibtex(replace(DOCUMENT, title=f"T{text}")))["title"] == f"T{text}"


@given(HOSTILE)
def test_braces_of_bibtex_are_balanced_and_an_address_holds_none(text):
    work = replace(DOCUMENT, title=text, address=f"https://daily.example/{in_one_line(text)}")
    written, depth = as_bibtex(work), 0
    for letter in written:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    address = next(line for line in written.splitlines() if line.startswith("  url = "))
    assert (address.count("{"), address.count("}"), "\\" in address) == (1, 1, False)


@given(HOSTILE)
def test_line_of_a_style_is_one_line(text):
    work = replace(RECORD, title=text)
    assert len(apa(work).splitlines()) == len(chicago(work).splitlines()) == 1
