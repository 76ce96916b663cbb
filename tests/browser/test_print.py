"""The edition on paper: A4, block after block, with the addresses of its sources, its own address, day and version."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import localdate

from meetings.models import Meeting
from tests.browser.test_accessibility import PAGES, address, overflow
from tracker.records import edtf
from tracker.records.models import DataVersion, Source
from tracker.site import pair_limits
from tracker.site.addresses import in_language
from tracker.site.pair_limits import Limits

pytestmark = pytest.mark.browser

# A4 without its margins, in pixels of CSS.
WIDTH = 672
LANGUAGES = {"en": "ltr", "ur": "rtl", "zh-hans": "ltr"}
# One of each layout; the others are printed in Urdu, whose words are the longest and run the other way.
IN_EVERY_LANGUAGE = {"pair", "list", "meeting"}
# What only a screen has a use for.
SCREEN_ONLY = "nav, form, button, input, summary, .skip-link, .button, .filters-fold, a[rel='prev'], a[rel='next']"
SEEN = "each => each.checkVisibility() && each.getBoundingClientRect().width > 0"
ADDRESS_AFTER = "link => getComputedStyle(link, '::after').content"


@pytest.fixture
def sheet(open_tab):
    """Opens a type of page in a language, as it goes to a printer."""
    page = open_tab()
    page.set_viewport_size({"width": WIDTH, "height": 1000})
    page.emulate_media(media="print")

    def sheet(kind, language="en"):
        page.goto(in_language(address(kind), language))
        if kind == PAGES["not found"]:
            page.problems.clear()  # Chromium reports the 404 itself
        return page

    return sheet


def visible(page, selector):
    """The words of the elements that are to be seen."""
    return page.locator(selector).evaluate_all(f"found => found.filter({SEEN}).map(each => each.innerText ?? 'drawn')")


def style(page, selector, name):
    """The values that the elements which are to be seen have of a property."""
    read = f"(found, name) => found.filter({SEEN}).map(each => getComputedStyle(each).getPropertyValue(name))"
    return set(page.locator(selector).evaluate_all(read, name))


def width(page, selector):
    return page.locator(selector).first.bounding_box()["width"]


@pytest.mark.parametrize("name", PAGES)
def test_paper_has_no_tools_and_no_line_beyond_its_edge(sheet, name):
    for language in LANGUAGES if name in IN_EVERY_LANGUAGE else ["ur"]:
        page = sheet(PAGES[name], language)
        assert page.locator("html").get_attribute("dir") == LANGUAGES[language]
        assert visible(page, SCREEN_ONLY) == [], language
        assert overflow(page) == 0, language


def test_list_takes_the_whole_width_and_stays_a_table(sheet):
    page = sheet("/commitments/?country=PAK")
    assert width(page, ".data-table") == width(page, "main") == WIDTH
    assert page.locator(".data-table tbody tr").first.bounding_box()["height"] < 100
    assert style(page, ".data-table tr", "display") == {"table-row"}
    assert style(page, ".data-table tr", "break-inside") == {"avoid"}


def test_list_says_by_what_it_is_narrowed_and_where_all_of_it_is(sheet):
    page = sheet("/commitments/?country=PAK")
    assert visible(page, ".chip-name") + visible(page, ".chip-value") == ["Country", "Pakistan"]
    assert visible(page, ".chip .glyph, .chip-clear") == []
    assert page.locator(".chips").evaluate("list => getComputedStyle(list, '::before').content") == '"Filters in use"'
    total = f"{sum(map(int, re.findall(r'[0-9]+', page.locator('#results-count').inner_text())))} records"
    (rows,) = visible(page, ".printed-rows")
    assert rows == f"Rows 1–30 of {total}; the export has all: http://testserver/commitments.csv?country=PAK"
    page = sheet("/commitments/?country=PAK&page=2")
    assert visible(page, ".printed-rows")[0].startswith(f"Rows 31–60 of {total}; ")
    assert visible(page, ".colophon .address") == ["http://testserver/commitments/?country=PAK&page=2"]


def test_list_of_one_page_names_no_rows(sheet):
    assert visible(sheet("/working-groups/"), ".printed-rows") == []


def test_list_of_sources_gives_their_whole_addresses(sheet):
    page = sheet("/sources/")
    slugs = [urlsplit(link.get_attribute("href")).path.split("/")[2] for link in page.locator(".row-title > a").all()]
    addresses = [url for url in map(dict(Source.objects.values_list("slug", "url")).get, slugs) if url]
    assert max(map(len, addresses)) > 90
    assert visible(page, ".source-address") == addresses
    assert visible(page, ".row-meta .address") == []


@pytest.mark.parametrize("kind", ["agreement", "meeting", "commitment", "forum", "working group"])
def test_record_gives_the_addresses_of_its_sources_and_no_path_within_the_site(sheet, kind):
    page = sheet(PAGES[kind])
    addresses = dict(Source.objects.values_list("slug", "url"))
    links = page.locator(".sources li > a").all()
    slugs = [link.get_attribute("href").split("/")[2] for link in links]
    assert visible(page, ".sources .source-address") == [addresses[slug] for slug in slugs if addresses[slug]]
    assert {link.evaluate(ADDRESS_AFTER) for link in links} == {"none"} and len(links) > 1


def test_source_gives_its_address(sheet):
    page = sheet(Source)
    assert visible(page, "header .source-address") == [Source.objects.first().url]


def test_record_has_its_facts_above_its_story(sheet):
    page = sheet(PAGES["meeting"])
    facts, story = page.locator(".record-aside").bounding_box(), page.locator(".record-body").bounding_box()
    assert (facts["width"], story["width"]) == (WIDTH, WIDTH)
    assert facts["y"] + facts["height"] <= story["y"]


def test_address_of_a_record_stands_once_and_is_absolute(sheet):
    page = sheet(PAGES["meeting"])
    permanent = "http://testserver" + address(Meeting)
    assert page.locator("body").inner_text().count(permanent) == 1
    assert permanent in visible(page, ".cite-this")[0]


def test_pair_numbers_its_sources_and_gives_their_addresses(sheet):
    page = sheet("/pairs/CHN-PAK/")
    listed = dict(enumerate(visible(page, ".sources li"), 1))
    assert [f"source-{number}" for number in listed] == page.locator(".sources li").evaluate_all(
        "found => found.map(each => each.id)"
    )
    named = page.locator("main .meta a[href^='/sources/']").evaluate_all(
        "found => found.map(each => [each.getAttribute('href').split('/')[2], each.nextElementSibling.innerText])"
    )
    assert len(named) > len(listed) > 20
    addresses = dict(Source.objects.values_list("slug", "url"))
    assert [slug for slug, number in named if addresses[slug] not in listed[int(number)]] == []


def test_paper_says_how_much_is_left_out_and_draws_numbers_in_years(sheet, monkeypatch):
    monkeypatch.setattr(pair_limits, "MOST_DATED", 0)
    monkeypatch.setattr(
        pair_limits, "OF_LARGE_PAIRS", Limits(open=3, rows=3, forums=3, sessions=0, numbers=5, is_by_record=False)
    )
    for language, words in (("en", "more"), ("ur", "مزید"), ("zh-hans", "另有")):
        page = sheet("/pairs/CHN-PAK/", language)
        left_out = visible(page, ".cut a")
        assert len(left_out) >= 5 and all(words in each for each in left_out)
        assert visible(page, ".cut .glyph") == visible(page, ".chart-data table") == []
        drawing = page.locator("svg[aria-labelledby^='timeline-title-wide']")
        assert drawing.bounding_box()["width"] <= WIDTH
        assert all(drawing.locator("text.text-middle").evaluate_all("found => found.map(each => each.textContent > 0)"))
        assert overflow(page) <= 0


def test_colophon_gives_address_day_version_and_licence(sheet):
    page = sheet("/pairs/")
    day, version = edtf.in_words(localdate().isoformat()), DataVersion.current()
    assert visible(page, ".colophon p") == [
        "Address of this page: http://testserver/pairs/",
        f"State of {day}, data version {version}.",
    ]
    assert "Creative Commons" in page.locator("footer").inner_text()
    licence = page.locator("footer a[rel='license']")
    assert licence.evaluate(ADDRESS_AFTER) == '" <https://creativecommons.org/licenses/by/4.0/>"'


def test_screen_shows_nothing_that_is_for_paper(open_tab):
    page = open_tab()
    page.goto("/pairs/CHN-PAK/")
    assert page.locator(".print-only").count() > 3
    assert visible(page, ".print-only") == []


def test_foot_of_a_sheet_names_the_page_on_the_side_where_one_begins_to_read(sheet):
    def foot(page, side):
        return page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--foot-{side}')")

    page = sheet("/pairs/CHN-PAK/")
    assert "Digital Cooperation Tracker" in foot(page, "left") and "testserver/pairs/CHN-PAK/" in foot(page, "left")
    assert "counter(pages)" in foot(page, "right")
    page = sheet("/pairs/CHN-PAK/", "ur")
    assert "testserver/ur/pairs/CHN-PAK/" in foot(page, "right")
    assert "counter(pages)" in foot(page, "left")


@pytest.mark.parametrize("kind", ["pair", "list", "agreement", "home", "pairs"])
def test_reader_who_likes_the_dark_prints_black_on_white(sheet, kind):
    page = sheet(PAGES[kind])
    page.emulate_media(media="print", color_scheme="dark")
    assert style(page, "html", "background-color") == {"rgb(255, 255, 255)"}
    inked = style(page, "h1, h2, h3, p, td, main a:not(.session-strip a, .matrix a), .status .glyph", "color")
    assert inked - {"rgb(51, 51, 51)"} == {"rgb(0, 0, 0)"}
    assert style(page, ".chart .dot", "fill") <= {"rgb(0, 0, 0)"}


def test_shape_that_a_fill_makes_is_printed(sheet):
    page = sheet("/pairs/CHN-PAK/")
    assert style(page, ".session-strip li > *", "print-color-adjust") == {"exact"}
    assert style(page, ".session-strip .is-exact a", "background-color") == {"rgb(0, 0, 0)"}
    assert style(page, ".session-strip .is-inexact a", "background-color") == {"rgb(255, 255, 255)"}


@pytest.mark.parametrize(("place", "most"), [("/commitments/?country=PAK", 4), ("/pairs/CHN-PAK/", 11), (Meeting, 4)])
def test_file_is_of_a4_and_of_few_sheets(sheet, place, most):
    file = sheet(place).pdf(format="Letter", prefer_css_page_size=True)
    assert {tuple(map(round, map(float, box.split()))) for box in re.findall(rb"/MediaBox \[([^]]*)\]", file)} == {
        (0, 0, 595, 842)
    }
    assert 1 <= len(re.findall(rb"/Type /Page\b", file)) <= most


def test_address_on_paper_follows_the_live_filters(open_tab):
    page = open_tab()
    page.goto("/commitments/")
    page.locator("label[for='country-PAK']").click()
    page.locator(".chip-value", has_text="Pakistan").wait_for()
    shown = urlsplit(page.url)
    page.emulate_media(media="print")
    assert "country=PAK" in shown.query
    assert visible(page, ".colophon .address") == [f"http://testserver{shown.path}?{shown.query}"]
