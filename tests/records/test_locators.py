"""Places in one source are told once, in order; what is written otherwise stays as it is."""

import pytest

from tests.factories import make_agreement, make_source
from tests.registers.reading import parse, words
from tracker.records.locators import together, written_out

TOLD = [
    ([], []),
    (["paragraph 2"], ["paragraph 2"]),
    (["paragraphs 2 and 3", "paragraphs 1 and 4", "paragraph 2", "paragraph 7"], ["paragraphs 1–4 and 7"]),
    (["paragraph 9", "paragraph 3"], ["paragraphs 3 and 9"]),
    (["paragraph 1", "paragraph 2"], ["paragraphs 1 and 2"]),
    (["paragraphs 1, 4 and 9", "paragraph 6"], ["paragraphs 1, 4, 6 and 9"]),
    (["pages 3–5", "page 4", "paragraph 1", "page 9"], ["pages 3–5 and 9", "paragraph 1"]),
    (["Annex B", "paragraph 2", "Article 3(2)", "paragraph 1"], ["Annex B", "paragraphs 1 and 2", "Article 3(2)"]),
    (["paragraph 2 of the annex", "paragraph 2"], ["paragraph 2 of the annex", "paragraph 2"]),
    (["pages 9–3", "pages 1–99999"], ["pages 9–3", "pages 1–99999"]),
    (["minute 3", "minute 3"], ["minute 3"]),
]


@pytest.mark.parametrize(("locators", "told"), TOLD)
def test_places_in_one_source_are_told_together(locators, told):
    assert together(locators) == told


@pytest.mark.django_db
def test_page_names_each_source_once_with_its_places_together(client):
    agreement, source = make_agreement(cited=False), make_source(title="Communiqué")
    for field, locator in (("", "paragraphs 1 and 2"), ("title", "paragraph 7"), ("signed", "paragraph 3")):
        agreement.citations.create(source=source, locator=locator, field=field, value="x" if field else "")
    page = parse(client.get(agreement.get_absolute_url()).content.decode())
    (entry,) = page.findall(".//ol[@class='sources']/li")
    assert "paragraphs 1–3 and 7." in words(entry) and words(entry).count("paragraph") == 1


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("4", "paragraph 4"),
        (" 3,9 ", "paragraphs 3 and 9"),
        ("1 and 7", "paragraphs 1 and 7"),
        ("6, 2, and 3", "paragraphs 2, 3 and 6"),
        ("2-5", "paragraphs 2–5"),
        ("9-3", "9-3"),
        ("page 4", "page 4"),
        ("4a", "4a"),
        ("2021-09-23", "2021-09-23"),
        ("", ""),
    ],
)
def test_number_alone_is_that_of_a_paragraph(typed, place):
    assert written_out(typed) == place
