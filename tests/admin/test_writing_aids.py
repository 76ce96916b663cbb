"""What helps to write in the form of a meeting: words that it holds already, and the paragraphs of a pasted source."""

import pytest
from playwright.sync_api import expect

from tests.admin.conftest import make_user
from tests.admin.test_browser import log_in
from tests.factories import make_country

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/meetings/meeting/add/"
ARTICLE = "\nOn infrastructure, briefly.\n\n  \nThe Chinese side said more.\n"


@pytest.fixture
def page(browser_page):
    make_user("editor", "editor")
    make_country("PAK")
    log_in(browser_page, "editor")
    browser_page.goto(ADD)
    browser_page.click(".article-text summary")
    browser_page.fill(".article-text textarea", ARTICLE)
    return browser_page


def test_paragraphs_of_the_pasted_source_are_offered_as_places_and_never_sent(page):
    options = "#paragraphs-of-the-source option"
    assert page.eval_on_selector_all(options, "all => all.map((each) => [each.value, each.label])") == [
        ["paragraph 1", "1  On infrastructure, briefly."],
        ["paragraph 2", "2  The Chinese side said more."],
    ]
    page.focus("#id_commitments-0-locator")
    assert page.get_attribute("#id_commitments-0-locator", "list") == "paragraphs-of-the-source"
    assert page.get_attribute(".article-text textarea", "name") is None
    page.fill("#id_title", "Talks")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.input_value(".article-text textarea") == ARTICLE


def test_long_word_that_is_known_is_taken_by_the_arrow_alone(page):
    hint = page.locator(".completion")
    page.locator("#id_summary").press_sequentially("On inf")
    expect(hint).to_have_text("→ infrastructure")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" and in")
    expect(hint).to_be_hidden()
    assert page.input_value("#id_summary") == "On infrastructure and in"
    page.keyboard.type("f")
    expect(hint).to_be_visible()
    page.keyboard.type("o")
    expect(hint).to_be_hidden()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.input_value("#id_summary") == "On infrastructure and info"


def test_word_is_not_offered_in_the_middle_of_another_nor_once_the_field_is_left(page):
    hint = page.locator(".completion")
    page.locator("#id_summary").press_sequentially("Inf")
    expect(hint).to_be_visible()
    page.keyboard.press("Tab")
    expect(hint).to_be_hidden()
    page.fill("#id_summary", "structure")
    page.focus("#id_summary")
    page.keyboard.press("Home")
    page.keyboard.type("inf")
    expect(hint).to_be_hidden()
    assert page.input_value("#id_summary") == "infstructure"
