"""A reader copies a citation with one press, hears that it was done, and can select it where there is no script."""

import pytest

pytestmark = pytest.mark.browser

PAGE = "/commitments/COM-0061/"
COPIED = {"en": "Copied.", "ur": "نقل ہو گیا۔", "zh-hans": "已复制。"}
# The policy names what the browser refused; data in the page must not be among it.
REFUSED = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.blockedURI));
"""


@pytest.mark.parametrize("language", COPIED)
def test_citation_is_copied_with_one_press_and_said_to_be(open_tab, language):
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    tab.goto(PAGE if language == "en" else f"/{language}{PAGE}")
    texts = tab.locator(".cite-text")
    assert texts.count() == 2
    for place in range(2):
        button = tab.locator(".cite-copy").nth(place)
        button.focus()
        tab.keyboard.press("Enter")
        status = tab.locator(".cite-this [role=status]")
        tab.wait_for_function(
            "text => document.querySelector('[data-said]').textContent === text", arg=COPIED[language]
        )
        assert status.inner_text() == COPIED[language]
        assert tab.evaluate("navigator.clipboard.readText()") == texts.nth(place).inner_text()
    names = [tab.locator(".cite-copy").nth(place).get_attribute("aria-label") for place in range(2)]
    assert "APA" in names[0] and "Chicago" in names[1]


def test_without_script_there_is_no_button_and_the_text_is_there(open_tab):
    tab = open_tab(java_script_enabled=False)
    tab.goto(PAGE)
    assert tab.locator(".cite-copy").count() == 0
    assert "COM-0061; Version" in tab.locator(".cite-text").first.inner_text()


def test_list_that_was_filtered_live_offers_its_own_citation_to_copy(open_tab):
    tab = open_tab(permissions=["clipboard-read", "clipboard-write"])
    tab.goto("/commitments/")
    tab.locator("label[for='country-PAK']").click()
    tab.wait_for_url("**country=PAK**")
    tab.locator(".cite-text", has_text="country=PAK").first.wait_for()
    tab.locator(".cite-copy").first.click()
    tab.wait_for_function("document.querySelector('[data-said]').textContent !== ''")
    assert "Pakistan" in tab.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("address", ["/", "/data/", "/commitments/", PAGE, "/pairs/CHN-PAK/"])
def test_policy_minds_nothing_of_what_programs_are_told(open_tab, address):
    tab = open_tab()
    tab.add_init_script(REFUSED)
    tab.goto(address)
    assert tab.locator("script[type='application/ld+json']").count() == (0 if address == "/" else 1)
    assert tab.evaluate("window.refused") == []


# Of each mark of a source on a page: how far its number stands from where the mark begins, and the text before it.
MARKS = """
() => [...document.querySelectorAll(".cite-mark")].filter(each => each.checkVisibility()).map(mark => {
  const number = document.createRange(), around = mark.getBoundingClientRect();
  number.selectNodeContents(mark.querySelector("a").firstChild);
  const found = number.getBoundingClientRect(), isRtl = getComputedStyle(mark).direction === "rtl";
  const before = document.createRange();
  before.setStart(mark.parentElement, 0);
  before.setEndBefore(mark);
  return [isRtl ? around.right - found.right : found.left - around.left, before.toString()];
})
"""


@pytest.mark.parametrize("prefix", ["", "/ur"])
@pytest.mark.parametrize("page", ["/meetings/MTG-0004/", "/meetings/MTG-0004/report/", "/agreements/AGR-0001/"])
def test_mark_of_a_source_stands_at_the_word_it_belongs_to(open_tab, prefix, page):
    tab = open_tab()
    tab.goto(prefix + page)
    marks = tab.evaluate(MARKS)
    assert marks and [mark for mark in marks if not -0.1 <= mark[0] <= 2 or mark[1] != mark[1].rstrip()] == []
