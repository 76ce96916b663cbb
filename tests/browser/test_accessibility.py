"""axe finds nothing on any type of page: wide and narrow, light and dark, in English and from right to left."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from agreements.models import Agreement, Forum, Organisation, Theme, WorkingGroup
from meetings.models import Commitment, Meeting
from tests.parts import thinned
from tracker.records.models import Source
from tracker.site.addresses import in_language

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the colours, where all the rest was looked at already.
COLOURS = ["color-contrast", "link-in-text-block"]
# What is looked at in each language: with all rules, then for the colours.
LOOKS = {"en": ((1280, "light"), (320, "light")), "ur": ((320, "dark"), (1280, "dark"))}
# Between them, these show every component that has colours of its own.
COLOURFUL = {
    "home",
    "pairs",
    "pair",
    "statistics",
    "list",
    "list with an error",
    "search",
    "agreement",
    "report of a session",
}
PAGES = {
    "home": "/",
    "about": "/about/",
    "documentation of the API": "/api/docs/",
    "pairs": "/pairs/",
    "pairs of a country": "/pairs/?country=PAK",
    "pair": "/pairs/CHN-PAK/",
    "statistics": "/statistics/?by=theme",
    "comparison": "/compare/?pair=CHN-PAK&pair=LKA-PAK",
    "nothing to compare": "/compare/?pair=CHN-PAK&pair=XXX-PAK",
    "changes": "/changes/",
    "calendar": "/calendar/?month=2025-09",
    "list": "/commitments/?country=PAK",
    "list of sources": "/sources/",
    "history of a record": "/commitments/COM-0001/history/",
    "search": "/search/?q=pakistan+digital",
    "search that finds nothing": "/search/?q=pakstan",
    "list with an error": "/commitments/?due_after=tomorrow&country=XX",
    "empty list": "/agreements/?q=nothing-of-the-kind",
    "country": "/countries/PAK/",
    "person": "/people/ahsan-iqbal/",
    "list of people": "/people/?country=PAK",
    "not found": "/nothing-here/",
    "commitment": Commitment,
    "meeting": Meeting,
    "report of a session": "/meetings/MTG-0001/report/",
    "report of an error": "/report-an-error/agreements/AGR-0001/",
    "thanks for a report": "/report-an-error/agreements/AGR-0001/received/",
    "form to be told": "/subscriptions/new/?list=commitments&country=PAK&country=CHN",
    "nothing to be told of": "/subscriptions/new/?list=commitments&country=XXX",
    "asked to be told": "/subscriptions/asked/",
    "agreement": Agreement,
    "forum": Forum,
    "working group": WorkingGroup,
    "organisation": Organisation,
    "theme": Theme,
    "source": Source,
}


def address(page):
    """The address of a type of page; of records, that of the one with most citations."""
    if isinstance(page, str):
        return page
    if hasattr(page, "citations"):
        records = page.objects.all()
        return max(records, key=lambda record: record.citations.count()).get_absolute_url()
    return page.objects.first().get_absolute_url()


def faults(page, rules=TAGS):
    if rules is None:
        return []
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [(fault["id"], node["target"], node.get("failureSummary", "")) for fault in found for node in fault["nodes"]]


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def show(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


@pytest.fixture
def tab(open_tab):
    """Opens a type of page in a language."""
    page = open_tab()

    def tab(kind, language):
        page.goto(in_language(address(kind), language))
        if kind == PAGES["not found"]:
            page.problems.clear()  # Chromium reports the 404 itself
        assert page.locator("html").get_attribute("dir") == {"en": "ltr", "ur": "rtl"}[language]
        return page

    return tab


@pytest.mark.parametrize(
    ("name", "language"),
    thinned(product(PAGES, LOOKS), lambda name, language: language == "en" or name in COLOURFUL),
)
def test_axe_finds_nothing_and_nothing_overflows(tab, name, language):
    """All rules wide, light and English, and narrow, dark and Urdu; colours in the other pairings where they differ."""
    page, colours = tab(PAGES[name], language), COLOURS if name in COLOURFUL else None
    for rules, look in zip((TAGS, colours), LOOKS[language], strict=True):
        show(page, *look)
        assert (faults(page, rules), overflow(page)) == ([], 0)
