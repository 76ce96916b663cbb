"""What the site says of the starter data: in the same words wherever it is named, and never more than was read."""

import re

import pytest
from django.utils import timezone, translation
from django.utils.timezone import localdate

from agreements.models import Agreement, Forum
from meetings.models import Commitment, Meeting
from tests.parts import ENGLISH_FIRST
from tests.registers.reading import ListPage, parse, words
from tracker.site.addresses import in_language
from tracker.site.pairs import all_pairs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter_data")]

LANGUAGES = ["en", "ur", "zh-hans"]
# What claims that nothing is there, or nothing happened, where the site has only seen nothing.
FORBIDDEN = {
    "en": [
        "No published source says",
        "Nobody is named in the sources",
        "No date is known for",
        "The sources give no title",
        "On schedule",
        "· Closed",
    ],
    "ur": [
        "کوئی شائع شدہ ماخذ نہیں بتاتا",
        "ماخذوں میں کسی کا نام نہیں",
        "· بند",
    ],
    "zh-hans": ["没有已发布的来源", "来源中未提及任何人", "· 已了结"],
}


@pytest.fixture
def read(client):
    def read(address, language="en"):
        response = client.get(in_language(address, language))
        assert response.status_code == 200, address
        return parse(response.content.decode())

    return read


@pytest.fixture
def lines():
    """``{language: {address: line}}`` of every published commitment."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            records = Commitment.objects.published().with_status(timezone.localdate())
            found[language] = {each.get_absolute_url(): " · ".join(each.status_line) for each in records}
    return found


@pytest.fixture
def pages():
    """The addresses of pages on which commitments are named."""
    made = Commitment.objects.published()
    meetings = Meeting.objects.published().filter(commitments__in=made).distinct()
    agreements = Agreement.objects.published().filter(commitments__in=made).distinct()
    promising = [pair for pair in all_pairs(localdate()) if pair.commitments or pair.proposals]
    pairs = [f"/pairs/{pair.one.code}-{pair.other.code}/" for pair in promising]
    lists = [f"/commitments/?page={number}" for number in range(1, made.count() // 30 + 2)]
    return [*lists, *pairs, *(each.get_absolute_url() for each in [*meetings, *agreements]), "/"]


def named(page):
    """``[(address, line)]`` of the commitments that a page names in entries and rows."""
    for entry in [*page.iter("li"), *page.iter("tr")]:
        links = [link.get("href", "") for link in entry.iter("a")]
        addresses = [href for href in links if "/commitments/COM-" in href]
        inner = [each for kind in ("li", "tr") for each in entry.iter(kind) if each is not entry]
        if addresses and not inner and entry.get("id", "").startswith("source") is False:
            lines = [words(span) for span in entry.iter("span") if span.get("class") == "standing"]
            yield addresses[0], lines


@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_commitment_is_named_with_the_same_line_everywhere(read, lines, pages, language):
    seen = set()
    for address in pages:
        page = read(address, language)
        text = words(page.find(".//main"))
        assert [sentence for sentence in FORBIDDEN[language] if sentence in text] == [], address
        for commitment, found in named(page):
            assert found == [lines[language][commitment]], (address, commitment)
            seen.add(commitment)
    assert seen == set(lines[language])


def test_page_of_each_commitment_says_the_same_line_and_claims_no_absence(read, lines):
    for address, line in lines["en"].items():
        page = read(address)
        assert words(page.find(".//p[@class='status-line']")) == line
        text = words(page.find(".//main"))
        assert [sentence for sentence in FORBIDDEN["en"] if sentence in text] == [], address


@pytest.mark.parametrize("address", ["/", "/pairs/CHN-PAK/", "/countries/PAK/"])
def test_list_behind_a_headline_number_has_as_many_rows(read, client, address):
    lists = [each for each in read(address).iter("ul") if each.get("class") in ("headline-figures", "counts")]
    links = [link for head in lists for link in head.iter("a") if link.get("href").startswith("/commitments/")]
    assert len(links) >= 4
    for link in links:
        assert "standing=" in link.get("href")
        (number,) = re.findall(r"\d+", words(link))
        assert ListPage(client.get(link.get("href"))).count.split()[0] == number, link.get("href")


def test_every_number_of_the_crosstab_leads_to_as_many_rows(read, client):
    page = read("/pairs/CHN-PAK/")
    cells = page.findall(".//table[@class='crosstab']//td/a")
    assert cells
    for cell in cells:
        assert ListPage(client.get(cell.get("href"))).count.split()[0] == words(cell)


def test_firm_and_soft_are_told_apart_in_headlines(read):
    number = Commitment.objects.published().headline(timezone.localdate())
    assert words(read("/commitments/").find(".//p[@id='results-count']")) == number.in_words
    forum = Forum.objects.published().filter(commitments__isnull=False).first()
    own = forum.commitments.published().headline(timezone.localdate())
    links = read(forum.get_absolute_url()).findall(".//p[@class='status-line']/a")
    told = [words(link) for link in links if "/commitments/" in link.get("href")]
    assert ", ".join(told[: 1 + bool(own.soft and own.firm)]) == own.in_words
