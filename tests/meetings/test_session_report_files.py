"""The report of a session as a workbook and as a document: the same as the page, with its types, in three languages."""

import io
from datetime import datetime, timedelta
from zipfile import ZipFile

import pytest
from django.utils.timezone import localdate
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from openpyxl import load_workbook

from meetings.models import CommitmentLineage, Delegate, MeetingAgreement, Outcome, ProgressUpdate
from meetings.session_report import pages
from tests.factories import (
    PUBLISHED,
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_person,
    make_source,
    make_working_group,
)
from tests.registers.reading import parse, words
from tests.services.office import has_word_processor, printed
from tracker.records.models import DataVersion
from tracker.registers import deployed

pytestmark = pytest.mark.django_db
HOSTILE = '=HYPERLINK("https://example.org";"Click") 谅解 \x0b<b>'
KINDS = ("docx", "xlsx")


@pytest.fixture
def session():
    """One with something in every part."""
    forum = make_forum("jec", name="Joint commission", members=["LKA", "PAK"])
    before = make_meeting(("LKA", "PAK"), title="", forum=forum, session_number=12, held="2021-02-05")
    held = {"title": "", "forum": forum, "session_number": 13, "held": "2026-01-28", "place": "Colombo"}
    session = make_meeting(("LKA", "PAK"), **held)
    side = session.delegations.get(country__code="PAK")
    Delegate.objects.create(delegation=side, person=make_person("Haroon Khan"), role="co_chair", office="Adviser")
    promised = {"by": ["LKA", "PAK"], "to": [], "meeting": session}
    late = make_commitment(title=HOSTILE, due="2026-06-30", last_looked_on=localdate(), **promised)
    said = {"commitment": late, "state": PUBLISHED, "as_of": "2026-05", "source": make_source()}
    ProgressUpdate.objects.create(side=make_country("PAK"), progress="limited", **said)
    make_commitment(title="Hidden promise", state="draft", **promised)
    make_commitment(title="Share data", strength="proposed", **promised)
    group = make_working_group("digital", name="Digital group")
    Outcome.objects.create(meeting=session, kind="decision", text="They decided.", working_group=group)
    MeetingAgreement.objects.create(meeting=session, agreement=make_agreement(title="Agreed Minutes"), role="signed")
    earlier = make_commitment(title="Old promise", by=["PAK"], to=[], meeting=before)
    CommitmentLineage.objects.create(commitment=late, kind="repeats", earlier=earlier)
    session.citations.create(source=make_source(url="https://example.org/x"), field="date", value="2026-01-29")
    return session


def taken(client, session, kind, prefix=""):
    response = client.get(f"{prefix}/meetings/{session.reference}/report.{kind}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{session.reference}-report.{kind}"'
    return io.BytesIO(response.getvalue())


def rows(sheet):
    names, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in others]


def numbers(client, session):
    """Those of all items, as the page has them."""
    page = parse(client.get(f"/meetings/{session.reference}/report/").content.decode())
    return [row.get("id") for row in page.findall(".//tbody/tr")]


def test_page_links_to_both(client, session):
    page = parse(client.get(f"/ur/meetings/{session.reference}/report/").content.decode())
    links = [each.get("href") for each in page.findall(".//nav[@class='paper-tools no-print']/a")]
    here = f"/ur/meetings/{session.reference}/"
    assert links == [here, f"{here}report.docx", f"{here}report.xlsx"]


# The workbook


def test_workbook_has_a_sheet_for_each_part_and_says_where_it_is_from(client, session):
    book = load_workbook(taken(client, session, "xlsx"))
    assert book.sheetnames == [
        "report",
        "firm commitments",
        "proposals and statements",
        "outcomes",
        "agreements",
        "carried over",
        "where sources differ",
        "sources",
        "provenance",
    ]
    found = [row["number"] for name in book.sheetnames[1:-2] for row in rows(book[name])]
    assert found == numbers(client, session) == ["A1", "B1", "C1", "D1", "E1", "F1"]
    assert dict(book["provenance"].iter_rows(values_only=True)) == {
        "register": "report",
        "language": "en",
        "address": f"http://testserver/meetings/{session.reference}/report.xlsx",
        "meeting": session.reference,
        "data_version": DataVersion.current(),
        "exported_on": localdate().isoformat(),
        "licence": "CC BY 4.0",
        "left_out": 0,
    }


def test_workbook_has_days_as_days_and_text_as_text(client, session):
    book = load_workbook(taken(client, session, "xlsx"))
    (row,) = rows(book["firm commitments"])
    assert (row["due"], row["due_latest"]) == ("2026-06-30", datetime(2026, 6, 30))
    assert row["last_looked_on"] == datetime.combine(localdate(), datetime.min.time())
    assert row["title"].startswith("=HYPERLINK") and "�" not in row["title"]
    assert (row["strength"], row["schedule"], row["progress"]) == ("agreed", "overdue", "limited")
    assert row["each_side_reports"] == "Pakistan: limited, May 2026; Sri Lanka: no report seen"
    assert (row["relations"], row["made_at"]) == ("repeats E1", session.reference)
    assert {cell.data_type for cells in book["firm commitments"].iter_rows() for cell in cells} <= {"s", "d", "n"}
    head = dict(book["report"].iter_rows(min_row=2, values_only=True))
    assert head["Report of the session"] == "Joint commission, session 13"
    assert head["Co-chair, Pakistan"] == "Haroon Khan, Adviser"


# The document


def lines(document):
    """All that its paragraphs and cells say, in order."""
    return [text for each in document.element.body.iter(qn("w:p")) if (text := paragraph(each))]


def paragraph(element):
    return "".join(each.text or "" for each in element.iter(qn("w:t")))


def test_document_has_headings_numbered_items_and_tables(client, session):
    document = Document(taken(client, session, "docx"))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings[0] == "A. Firm commitments" and headings[-1] == "Sources" and len(headings) == 7
    (title,) = (each.text for each in document.paragraphs if each.style.name == "Title")
    assert title == "Joint commission, session 13"
    marks = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert marks == numbers(client, session)
    first = [cell.text for cell in document.tables[0].rows[1].cells]
    assert first[0] == "A1" and first[1].splitlines()[0].startswith("=HYPERLINK") and "repeats E1" in first[1]
    assert first[2].splitlines() == ["Sri Lanka, Pakistan", "30 June 2026"]
    assert first[3].splitlines() == ["Pakistan: limited, May 2026 [4]", "Sri Lanka: no report seen"]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in document.tables[0].rows)
    assert "Hidden promise" not in "\n".join(lines(document))


def test_document_says_what_the_page_says(client, session):
    said = "\n".join(lines(Document(taken(client, session, "docx"))))
    page = parse(client.get(f"/meetings/{session.reference}/report/").content.decode())
    summary = page.find(".//p[@class='paper-sum']").text.strip()
    assert summary in said and words(page.find(".//p[@class='paper-foot']")) in said


def test_document_is_of_a4_with_numbered_pages_and_says_what_it_is(client, session):
    document = Document(taken(client, session, "docx"))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == f"Digital Cooperation Tracker · {session.reference}"
    foot = section.footer.paragraphs[0]
    assert f"testserver/meetings/{session.reference}/report/" in foot.text
    assert [each.get(qn("w:instr")) for each in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    about = document.core_properties
    assert about.title == "Report of the session: Joint commission, session 13"
    assert (about.language, about.author) == ("en-GB", "Digital Cooperation Tracker")
    assert about.created.date() == about.modified.date() == localdate()


def test_document_leads_to_the_records_and_to_the_sources(client, session):
    document = Document(taken(client, session, "docx"))
    addresses = {each.target_ref for each in document.part.rels.values() if each.is_external}
    assert "https://example.org/x" in addresses
    assert len([each for each in addresses if each.startswith("http://testserver/commitments/COM-")]) == 3


@pytest.mark.parametrize(("prefix", "tag", "script"), [("/ur", "ur-PK", "bidi"), ("/zh-hans", "zh-CN", "eastAsia")])
def test_document_is_in_the_language_of_its_address_and_names_that_of_each_piece(client, session, prefix, tag, script):
    document = Document(taken(client, session, "docx", prefix))
    found = {(each.get(qn("w:val")), each.get(qn(f"w:{script}"))) for each in document.element.body.iter(qn("w:lang"))}
    assert found == {("en-GB", None), (None, tag)} and document.core_properties.language == tag
    (run,) = (each for each in document.element.body.iter(qn("w:r")) if "They decided" in paragraph_of(each))
    assert run.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB" and run.rPr.find(qn("w:rtl")) is None


def paragraph_of(run):
    return "".join(each.text or "" for each in run.iter(qn("w:t")))


def test_document_in_urdu_reads_from_the_right(client, session):
    document = Document(taken(client, session, "docx", "/ur"))
    body = document.element.body
    assert all(each.pPr.find(qn("w:bidi")) is not None for each in body.iter(qn("w:p")) if paragraph(each))
    assert all(each._tbl.tblPr.find(qn("w:bidiVisual")) is not None for each in document.tables)
    assert body.sectPr.find(qn("w:bidi")) is not None and len(list(body.iter(qn("w:rtl")))) > 20
    english = Document(taken(client, session, "docx"))
    assert list(english.element.body.iter(qn("w:bidi"), qn("w:bidiVisual"), qn("w:rtl"))) == []


# In the order of the standard (ECMA-376, part 1): what a program may refuse otherwise.
ORDER = {
    "pPr": ["pStyle", "keepNext", "bidi", "spacing", "ind", "jc", "rPr"],
    "rPr": ["b", "bCs", "color", "sz", "szCs", "rtl", "lang"],
    "tblPr": ["tblStyle", "bidiVisual", "tblW", "jc", "tblBorders", "tblLayout", "tblLook"],
    "sectPr": ["headerReference", "footerReference", "pgSz", "pgMar", "cols", "bidi", "docGrid"],
}


@pytest.mark.parametrize("prefix", ["", "/ur"])
def test_elements_of_a_document_stand_in_the_order_of_the_standard(client, session, prefix):
    body = Document(taken(client, session, "docx", prefix)).element.body
    for name, order in ORDER.items():
        for element in body.iter(qn(f"w:{name}")):
            found = [etree.QName(each).localname for each in element]
            assert found == sorted(found, key=order.index), name


# Both


@pytest.mark.parametrize("prefix", ["", "/ur", "/zh-hans"])
@pytest.mark.parametrize("kind", KINDS)
def test_file_is_the_same_bytes_for_the_same_data(client, session, kind, prefix):
    first, again = (taken(client, session, kind, prefix).getvalue() for _time in range(2))
    assert first == again
    with ZipFile(io.BytesIO(first)) as parts:
        assert parts.testzip() is None and all(b"\0" not in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("kind", KINDS)
def test_file_that_is_still_the_same_is_not_sent_again(client, session, kind, monkeypatch):
    address = f"/ur/meetings/{session.reference}/report.{kind}"
    whole = client.get(address)
    assert (whole["Data-Version"], whole["Cache-Control"]) == (str(DataVersion.current()), "no-cache")
    canonical = f'<http://testserver/ur/meetings/{session.reference}/report/>; rel="canonical"'
    assert whole["Link"] == f'{canonical}, <https://creativecommons.org/licenses/by/4.0/>; rel="license"'

    def status():
        return client.get(address, headers={"If-None-Match": whole["ETag"]}).status_code

    assert status() == 304
    with monkeypatch.context() as patch:
        patch.setattr(pages, "localdate", lambda: localdate() + timedelta(days=1))
        assert status() == 200
    with monkeypatch.context() as patch:
        patch.setattr(deployed, "deployed_code", lambda: "of another release")
        assert status() == 200
    session.place = "Kandy"
    session.save()
    assert status() == 200


@pytest.mark.parametrize("kind", KINDS)
def test_file_says_how_many_it_holds_and_how_many_it_leaves_out(client, session, kind, monkeypatch):
    monkeypatch.setattr(pages.FileFormat, "most", property(lambda _format: 1), raising=False)
    make_commitment(title="Second", by=["PAK"], to=[], meeting=session)
    file = taken(client, session, kind)
    if kind == "xlsx":
        book = load_workbook(file)
        assert [row["number"] for row in rows(book["firm commitments"])] == ["A1"]
        assert dict(book["provenance"].iter_rows(values_only=True))["left_out"] == 1
        return
    more = f"1 more: http://testserver/commitments/?meeting={session.reference}&standing=firm"
    assert more in lines(Document(file))


@pytest.mark.thorough
@pytest.mark.skipif(not has_word_processor(), reason="no LibreOffice Writer: install libreoffice-writer-nogui")
@pytest.mark.parametrize("prefix", ["", "/ur", "/zh-hans"])
def test_document_opens_in_a_word_processor(client, session, tmp_path, prefix):
    path = tmp_path / "report.docx"
    path.write_bytes(taken(client, session, "docx", prefix).getvalue())
    text = printed(path, tmp_path)
    assert "They decided." in text and "=HYPERLINK" in text and "https://example.org/x" in text
