"""An analyst narrows the commitments to a pair and takes the list away, with and without JavaScript."""

import csv
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

pytestmark = pytest.mark.browser

PAIR = {("country", "CHN"), ("country", "PAK")}


def titles(page):
    return page.locator("th.row-title > a").all_inner_texts()


def records(page):
    """The number of records of the list: commitments, and proposals beside them."""
    return sum(map(int, re.findall(r"\d+", count(page))))


def count(page):
    return page.locator("#results-count").inner_text()


def query(page):
    return {(name, value) for name, value in parse_qsl(urlsplit(page.url).query)}


def tick(page, code):
    page.locator(f"label[for='country-{code}']").click()


def expected(page):
    """How many commitments the facet says are left if China is added to Pakistan."""
    return page.locator("label[for='country-CHN'] .facet-count").inner_text()


def all_titles(page):
    """The rows of this page and of the ones after it."""
    found = titles(page)
    while page.locator("a[rel='next']").count():
        page.locator("a[rel='next']").click()
        found += titles(page)
    return found


def downloaded(page):
    """The titles in the CSV file behind the link of the page."""
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "commitments.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines(keepends=True)))
    return [dict(zip(lines[0], row, strict=True))["title"] for row in lines[1:]]


def test_analyst_when_clicking_facets_sees_the_list_narrow_at_once(open_tab):
    page = open_tab()
    page.goto("/commitments/")
    whole = count(page)
    assert not page.get_by_role("button", name="Apply filters").is_visible()
    page.evaluate("window.stays = true")
    tick(page, "PAK")
    page.wait_for_url("**/commitments/?*country=PAK*")
    page.locator(".chip-value", has_text="Pakistan").wait_for()
    left = expected(page)
    tick(page, "CHN")
    page.wait_for_url("**/commitments/?*country=CHN*")
    page.locator(".chip-value", has_text="China").wait_for()
    assert PAIR - query(page) == set()
    assert (records(page), count(page) != whole) == (int(left), True)
    assert sorted(page.locator(".chip-value").all_inner_texts()) == ["China", "Pakistan"]
    assert page.evaluate("window.stays"), "the page was loaded anew"
    rows = downloaded(page)
    assert rows == all_titles(page) and len(rows) == int(left)


def test_analyst_without_javascript_ticks_and_applies(open_tab):
    page = open_tab(java_script_enabled=False)
    page.goto("/commitments/")
    tick(page, "PAK")
    page.get_by_role("button", name="Apply filters").click()
    assert ("country", "PAK") in query(page)
    left = expected(page)
    tick(page, "CHN")
    page.get_by_role("button", name="Apply filters").click()
    assert query(page) == PAIR
    assert records(page) == int(left)
    rows = downloaded(page)
    assert rows == all_titles(page) and len(rows) == int(left)


def test_analyst_when_going_back_finds_the_list_of_before(open_tab):
    page = open_tab()
    page.goto("/commitments/")
    whole = count(page)
    tick(page, "PAK")
    page.wait_for_url("**country=PAK*")
    page.locator(".chip-value", has_text="Pakistan").wait_for()
    page.go_back()
    page.wait_for_url("**/commitments/")
    page.locator("#results-count", has_text=whole).wait_for()
    assert (count(page), page.locator(".chip").count()) == (whole, 0)
    assert not page.locator("#country-PAK").is_checked()


def test_analyst_when_typing_words_sees_them_searched_and_keeps_typing(open_tab):
    page = open_tab()
    page.goto("/commitments/")
    page.get_by_label("Words").press_sequentially("fibre")
    page.wait_for_url("**q=fibre*")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.get_by_label("Words").input_value() == "fibre"
    page.locator(".chip-value", has_text="fibre").wait_for()


def test_analyst_when_a_date_cannot_be_read_is_told_beside_it(open_tab):
    page = open_tab()
    page.goto("/commitments/?due_after=tomorrow")
    field = page.get_by_label("Due on or after")
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator("#due_after-error").inner_text().startswith("“tomorrow” is not a date.")
    assert titles(page) == []
    field.fill("2020")
    field.press("Enter")
    page.wait_for_url("**due_after=2020*")
    page.locator("th.row-title > a").first.wait_for()
    assert page.locator("[role='alert']").count() == 0


def test_analyst_with_the_keyboard_alone_reaches_the_content_and_sorts(open_tab):
    page = open_tab()
    page.goto("/agreements/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.get_by_role("link", name="Agreement", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=title")
    found = titles(page)
    assert len(found) > 1 and page.locator("th[aria-sort='ascending']").count() == 1


def test_analyst_goes_from_the_pairs_to_the_pair_and_to_the_list_behind_a_number(open_tab):
    page = open_tab()
    page.goto("/pairs/")
    page.get_by_role("link", name="China and Pakistan").click()
    page.wait_for_url("**/pairs/CHN-PAK/")
    figure = page.locator(".counts a", has_text="no report seen").first
    number = figure.locator("b").inner_text()
    figure.click()
    page.wait_for_url("**/commitments/?country=CHN&country=PAK&standing=firm&implementation=no_report")
    assert count(page).split()[0] == number


@pytest.mark.parametrize("width", [1280, 320])
def test_analyst_goes_over_the_map_with_the_keyboard_and_takes_the_drawing_away(open_tab, tmp_path, width):
    """Without JavaScript, and each shape is there, from a file of its own."""
    page = open_tab(java_script_enabled=False, viewport={"width": width, "height": 800})
    page.goto("/pairs/")
    country = page.locator(".map svg").get_by_role("link", name="Pakistan: ")
    size = country.bounding_box()
    assert size["width"] > 4 and size["height"] > 4
    country.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/PAK/")
    page.goto("/pairs/?country=PAK")
    page.locator(".map svg").get_by_role("link", name="China: ").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pairs/CHN-PAK/")
    page.goto("/pairs/?country=PAK")
    with page.expect_download() as download:
        page.get_by_role("link", name="This drawing as SVG").click()
    file = tmp_path / "pairs.svg"
    download.value.save_as(file)
    alone = open_tab()
    alone.goto(file.as_uri())
    assert alone.locator("path").count() > 150 and alone.locator("text").first.inner_html().startswith("Pakistan")


@pytest.mark.parametrize("has_javascript", [True, False])
def test_analyst_who_changes_the_language_keeps_the_filters(open_tab, has_javascript):
    page = open_tab(java_script_enabled=has_javascript)
    page.goto("/commitments/")
    tick(page, "PAK")
    if not has_javascript:
        page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**/commitments/?*country=PAK*")
    page.locator("#languages a[hreflang='ur'][href*='country=PAK']").click()
    page.wait_for_url("**/ur/commitments/?*country=PAK*")
    assert page.locator(".chip-value").all_inner_texts() == ["پاکستان"]
    page.get_by_role("link", name="English").click()
    page.wait_for_url(lambda address: urlsplit(address).path == "/commitments/")
    assert page.locator(".chip-value").all_inner_texts() == ["Pakistan"]


def test_analyst_with_a_browser_in_urdu_starts_in_urdu_and_may_stay_in_english(open_tab):
    page = open_tab(locale="ur")
    page.goto("/")
    assert urlsplit(page.url).path == "/ur/"
    page.get_by_role("link", name="English").click()
    page.wait_for_url(lambda address: urlsplit(address).path == "/")
    page.reload()
    page.get_by_role("link", name="About and method").click()
    page.locator(".wordmark").click()
    page.wait_for_url(lambda address: urlsplit(address).path == "/")
    assert page.locator("html").get_attribute("lang") == "en"
