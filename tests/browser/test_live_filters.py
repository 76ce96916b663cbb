"""Live filters while somebody types: no letter is lost, the last text wins, and the history has a step a pause."""

import itertools
import time
from urllib.parse import parse_qsl, urlsplit

import pytest

from tracker.registers import views

pytestmark = pytest.mark.browser

WORD = "telecommunication"
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")
SAID = "document.getElementById('results-said').textContent"


@pytest.fixture
def slow(monkeypatch):
    """The server takes its time for a list, now more, now less: an earlier answer may come after a later one."""
    delays = itertools.cycle([1.4, 0.1, 0.9, 0.3])
    listing = views.Listing

    def made(*args, **options):
        time.sleep(next(delays))
        return listing(*args, **options)

    monkeypatch.setattr(views, "Listing", made)


@pytest.fixture
def tab(open_tab):
    page = open_tab()
    page.goto("/commitments/")
    page.evaluate("document.getElementById('q').dataset.same = 'yes'")
    yield page
    # So htmx says that it gave a request up for a later one.
    page.problems[:] = [text for text in page.problems if not text.startswith(GIVEN_UP)]


def query(page):
    return parse_qsl(urlsplit(page.url).query, keep_blank_values=True)


def steps(page):
    return page.evaluate("history.length")


def settled(page, text):
    """Wait until the list of these words is shown, and nothing is under way."""
    page.locator(".chip-value", has_text=text).wait_for()
    until(page, "!document.querySelector('.htmx-request')")


def until(page, condition):
    """The page's policy forbids to wait within it for what is a text."""
    for _time in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def type_word(page, pace):
    """A letter each so many milliseconds; between them what arrived must have left the input alone."""
    field = page.locator("#q")
    field.focus()
    for number, letter in enumerate(WORD, 1):
        page.keyboard.type(letter)
        page.wait_for_timeout(pace)
        assert field.input_value() == WORD[:number]
        assert page.evaluate("document.activeElement.id") == "q"


@pytest.mark.parametrize("pace", [450, 60])
def test_word_that_is_typed_while_lists_arrive_stays_whole_and_is_what_is_shown(tab, slow, pace):
    before = steps(tab)
    type_word(tab, pace)
    settled(tab, WORD)
    assert tab.locator("#q").input_value() == WORD
    assert tab.evaluate("document.getElementById('q').dataset.same") == "yes"
    assert tab.evaluate("document.activeElement.id") == "q"
    assert query(tab) == [("q", WORD)]
    assert steps(tab) == before + 1
    assert tab.evaluate(SAID) == tab.locator("#results-count").inner_text().strip() != ""


def test_each_pause_is_a_step_back(tab):
    before = steps(tab)
    tab.locator("#q").press_sequentially("fib", delay=50)
    settled(tab, "fib")
    tab.wait_for_timeout(1200)
    tab.locator("#q").press_sequentially("re", delay=50)
    settled(tab, "fibre")
    assert steps(tab) == before + 2
    tab.go_back()
    tab.wait_for_url(lambda address: parse_qsl(urlsplit(address).query) == [("q", "fib")])
    settled(tab, "fib")
    until(tab, "document.getElementById('q').value === 'fib'")


def test_leaving_the_field_asks_for_nothing_again(tab):
    tab.locator("#q").press_sequentially("fibre", delay=50)
    settled(tab, "fibre")
    before, asked = steps(tab), []
    tab.on("request", lambda request: asked.append(request.url))
    tab.keyboard.press("Tab")
    tab.wait_for_timeout(700)
    assert (steps(tab), asked) == (before, [])


def test_address_holds_what_is_chosen_and_nothing_that_is_empty(tab):
    tab.locator("label[for='country-PAK']").click()
    tab.locator(".chip-value", has_text="Pakistan").wait_for()
    assert query(tab) == [("country", "PAK")]
    tab.locator("#q").press_sequentially("a", delay=50)
    settled(tab, "a")
    tab.locator("#q").fill("")
    until(tab, "!location.search.includes('q=')")
    assert query(tab) == [("country", "PAK")]


def test_box_that_is_ticked_keeps_the_focus_and_two_in_haste_both_count(tab, slow):
    tab.locator("#country-PAK").focus()
    tab.keyboard.press("Space")
    tab.locator("#country-CHN").focus()
    tab.keyboard.press("Space")
    tab.locator(".chip-value", has_text="China").wait_for()
    assert sorted(query(tab)) == [("country", "CHN"), ("country", "PAK")]
    assert tab.evaluate("document.activeElement.id") == "country-CHN"
    assert tab.locator("#country-CHN").is_checked() and tab.locator("#country-PAK").is_checked()


def test_date_that_cannot_be_read_is_said_beside_it_and_unsaid(tab):
    tab.locator("#facet-due_after > summary").click()
    field = tab.locator("#due_after")
    field.fill("tomorrow")
    field.press("Enter")
    tab.locator("#due_after-error").wait_for()
    assert (field.get_attribute("aria-invalid"), field.input_value()) == ("true", "tomorrow")
    assert tab.evaluate(SAID) == "No list until the filter is corrected"
    field.fill("2020")
    field.press("Enter")
    tab.locator("#due_after-error").wait_for(state="detached")
    until(tab, "!document.getElementById('due_after').hasAttribute('aria-invalid')")
    assert query(tab) == [("due_after", "2020")]


def test_answer_that_is_an_error_is_shown_as_one(tab):
    tab.route("**/commitments/?q=broken", lambda route: route.fulfill(status=500, body="<h1>It is broken</h1>"))
    tab.locator("#q").press_sequentially("broken", delay=20)
    tab.locator("h1", has_text="It is broken").wait_for()
    tab.problems.clear()  # Chromium reports the 500 itself
