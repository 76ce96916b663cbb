"""A paper for a word processor: paragraphs, tables and links of Office Open XML (ECMA-376), in the language and the
direction of the reader. What editors wrote keeps its own language, as on a page."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import get_language_bidi
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from tracker.records.languages import Composed, Written, direction

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# As word processors call the languages of the site: a language with its country.
TAGS = {"en": "en-GB", "ur": "ur-PK", "zh-hans": "zh-CN", "zh": "zh-CN"}
SCRIPTS = {"ur": "bidi", "zh-hans": "eastAsia", "zh": "eastAsia"}
THUMBNAIL = "metadata/thumbnail"
# Of each part of the package: what it says counts, and not when it was packed.
ANY_TIME = (1980, 1, 1, 0, 0, 0)
# What may stand after the size of letters, in the order of the standard.
AFTER_SIZE = ("w:highlight", "w:u", "w:vertAlign", "w:rtl", "w:cs", "w:lang")
# Around the number of the page, which reads from the left in every language.
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
GREY = RGBColor(0x44, 0x44, 0x44)
RULE = {"val": "single", "sz": "4", "space": "0", "color": "999999"}


class Paper:
    """One document. Text is a string, or ``Written`` or ``Composed``."""

    def __init__(self, language: str, title: str, author: str, day: datetime) -> None:
        self.language, self.is_from_right, self.names = language, get_language_bidi(), 0
        self.document = Document()
        self._leave_out_picture()
        self._set_sheet()
        self._set_styles()
        about = self.document.core_properties
        about.title, about.author, about.last_modified_by, about.comments = title, author, author, ""
        about.language, about.created, about.modified = TAGS.get(language, language), day, day

    def _leave_out_picture(self):
        """The model that the library begins with has one of an empty sheet."""
        package = self.document.part.package
        for key in [key for key, each in package.rels.items() if each.reltype.endswith(THUMBNAIL)]:
            del package.rels[key]

    def _set_sheet(self):
        (section,) = self.document.sections
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = Mm(18)
        section.bottom_margin = Mm(20)
        self.width = section.page_width - section.left_margin - section.right_margin
        if self.is_from_right:
            _put(section._sectPr, "w:bidi", "w:rtlGutter", "w:docGrid")

    def _set_styles(self):
        styles = self.document.styles
        for name, size, before, after in (
            ("Normal", 10, 0, 3),
            ("Title", 18, 0, 3),
            ("Heading 1", 13, 14, 3),
            ("Header", 8, 0, 0),
            ("Footer", 8, 0, 0),
        ):
            style = styles[name]
            style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            for script, font in (("ascii", "Calibri"), ("hAnsi", "Calibri"), ("cs", "Arial"), ("eastAsia", "SimSun")):
                fonts.set(qn(f"w:{script}"), font)
            properties = style.element.get_or_add_rPr()
            for former in properties.findall(qn("w:szCs")):
                properties.remove(former)
            _put(properties, "w:szCs", *AFTER_SIZE, val=str(2 * size))
        title = styles["Title"].element.get_or_add_pPr()
        for border in title.findall(qn("w:pBdr")):
            title.remove(border)
        styles["Title"].font.bold = styles["Title"].font.cs_bold = True
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        lang = defaults.find(qn("w:lang"))
        lang.set(qn(f"w:{SCRIPTS.get(self.language, 'val')}"), TAGS.get(self.language, self.language))

    # Text

    def heading(self, text: str, level: int) -> None:
        """Level 0 is the title of the paper."""
        self._fill(self.document.add_heading(level=level), text)

    def paragraph(self, text: str, *, is_kept: bool = False, **looks: Any) -> None:
        """``is_kept``: on one page with what follows."""
        paragraph = self._fill(self.document.add_paragraph(), text, **looks)
        paragraph.paragraph_format.keep_with_next = is_kept or None

    def _fill(self, paragraph, text, *, address="", name="", **looks):
        """Put text into a paragraph, piece by piece, as it stands in one language; ``address`` is where it leads, and
        ``name`` by which it can be found."""
        self._turn(paragraph)
        if name:
            self.names += 1
            _add(paragraph._p, "w:bookmarkStart", id=str(self.names), name=name)
            _add(paragraph._p, "w:bookmarkEnd", id=str(self.names))
        parent = self._link(paragraph, address) if address else paragraph._p
        for language, pieces in groupby(_pieces(text, self.language), key=itemgetter(1)):
            run = paragraph.add_run("".join(piece for piece, _language in pieces))
            self._look(run, language, **looks)
            if parent is not paragraph._p:
                parent.append(run._r)
        return paragraph

    def _turn(self, paragraph):
        if self.is_from_right and paragraph._p.find(qn("w:pPr") + "/" + qn("w:bidi")) is None:
            _put(paragraph._p.get_or_add_pPr(), "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr")

    def _look(self, run, language, *, bold=False, small=False, grey=False):
        run.font.bold = bold or None
        run.font.cs_bold = bold or None
        if small:
            run.font.size = Pt(8.5)
        if grey:
            run.font.color.rgb = GREY
        if direction(language) == "rtl":
            run.font.rtl = True
        script = SCRIPTS.get(language, "val")
        _add(run._r.get_or_add_rPr(), "w:lang", **{script: TAGS.get(language, language)})

    def _link(self, paragraph, address):
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(link)
        return link

    # Tables

    def table(self, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Any]]) -> None:
        """A table with rules between its rows; ``widths`` are shares of the sheet. A cell is a list of lines, each a
        text, or a text with its looks: ``(text, {"bold": True})``."""
        table = self.document.add_table(rows=0, cols=len(heads))
        table.autofit = False
        self._rule(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = int(self.width * width)
        head = self._row(table, widths, [[(text, {"small": True, "grey": True})] for text in heads])
        _add(head._tr.get_or_add_trPr(), "w:tblHeader")
        for cell in head.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for row in rows:
            self._row(table, widths, row)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _rule(self, table):
        properties = table._tbl.tblPr
        if self.is_from_right:
            _put(properties, "w:bidiVisual", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
        borders = _put(properties, "w:tblBorders", "w:tblLayout", "w:tblLook")
        for edge in ("top", "bottom", "insideH"):
            _add(borders, f"w:{edge}", **RULE)

    def _row(self, table, widths, cells):
        row = table.add_row()
        _add(row._tr.get_or_add_trPr(), "w:cantSplit")
        for cell, width, lines in zip(row.cells, widths, cells, strict=True):
            cell.width = int(self.width * width)
            paragraph = cell.paragraphs[0]
            for place, line in enumerate(lines):
                text, looks = line if isinstance(line, tuple) else (line, {})
                paragraph = cell.add_paragraph() if place else paragraph
                paragraph.paragraph_format.space_after = Pt(1)
                self._fill(paragraph, text, **looks)
        return row

    # The edges of each sheet

    def edges(self, above: str, below: str) -> None:
        """What stands above and below each page; below, with its number."""
        (section,) = self.document.sections
        self._fill(section.header.paragraphs[0], above, grey=True)
        foot = self._fill(section.footer.paragraphs[0], f"{below} · {LEFT_TO_RIGHT}", grey=True)
        for place, field in enumerate(("PAGE", "NUMPAGES")):
            if place:
                foot.add_run(" / ")
            shown = OxmlElement("w:r")
            _add(shown, "w:t").text = "1"
            _add(foot._p, "w:fldSimple", instr=field).append(shown)
        foot.add_run(END)

    def packed(self) -> bytes:
        """The file: the same bytes for the same content."""
        raw, file = BytesIO(), BytesIO()
        self.document.save(raw)
        with ZipFile(raw) as parts, ZipFile(file, "w", ZIP_DEFLATED) as whole:
            for name in parts.namelist():
                part = ZipInfo(name, ANY_TIME)
                part.compress_type = ZIP_DEFLATED
                whole.writestr(part, parts.read(name))
        return file.getvalue()


def _add(parent, tag, **attributes):
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def _put(parent, tag, *successors, **attributes):
    """Add an element where the standard wants it: before any of these."""
    element = _add(parent, tag, **attributes)
    parent.remove(element)
    parent.insert_element_before(element, *successors)
    return element


def _pieces(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text, each with its language; control characters, which XML has no place for, are left out."""
    if isinstance(text, Composed):
        for piece in text.pieces:
            yield from _pieces(piece, language)
        return
    own = text.language if isinstance(text, Written) else language
    yield "".join(letter for letter in str(text) if letter >= " " or letter in "\t\n"), own or language
