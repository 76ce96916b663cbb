"""Lists, bulk changes and answers in a real browser: by keyboard, wide and narrow, and with nothing that axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from meetings.models import Commitment, ProgressUpdate
from tests.admin.conftest import make_user
from tests.admin.desk import address
from tests.admin.test_browser import log_in
from tests.browser.test_accessibility import TAGS
from tests.factories import make_commitment, make_country, make_person
from tests.meetings.followups.reminders import make_reminder
from tracker.records.models import Publishable, SavedView, one_change

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Exchange lists of certified laboratories, with their fields of accreditation, before the next session"


@pytest.fixture
def page(browser_page):
    make_user("reviewer", "reviewer")
    with one_change():
        for number in range(3):
            make_commitment(title=f"{LONG}, part {number}", due=f"202{number}-05", state=Publishable.State.IN_REVIEW)
    browser_page.set_viewport_size({"width": 1366, "height": 900})
    log_in(browser_page, "reviewer")
    browser_page.goto(address(Commitment, "changelist"))
    return browser_page


def found_by_axe(page, besides=()):
    """``besides`` are parts that are looked at elsewhere. axe writes styles, which the policy refuses."""
    before = list(page.problems)
    context = {"exclude": [[each] for each in besides]} if besides else None
    found = Axe().run(page, context=context, options={"runOnly": {"type": "tag", "values": TAGS}})
    page.problems[:] = before
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]]


def runs_out_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_title_has_room_and_the_bar_comes_with_a_selection(page):
    assert page.locator("#result_list tbody th").first.bounding_box()["width"] >= 500
    bar = page.locator("#changelist .actions")
    assert not bar.is_visible()
    page.locator(".action-select").nth(1).check()
    assert bar.is_visible() and page.locator(".action-counter").inner_text() == "1 of 3 selected"
    page.locator(".action-select").nth(1).uncheck()
    assert not bar.is_visible()


def test_filter_is_chosen_and_left_by_keyboard(page):
    menu = page.locator(".filter-menu", has_text="Schedule today")
    summary = menu.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert summary.evaluate("each => each === document.activeElement")
    page.keyboard.press("Enter")
    page.locator(".filter-menu", has_text="Standing").locator("summary").click()
    assert menu.get_attribute("open") is None
    summary.click()
    menu.get_by_role("link", name="overdue", exact=True).click()
    page.wait_for_url("**/?schedule=overdue")
    assert menu.locator("summary b").inner_text() == "overdue"


def test_view_is_kept_and_removed(page):
    page.goto(f"{address(Commitment, 'changelist')}?standing=firm")
    page.click("text=Keep this view …")
    page.fill("#id_view_name", "Firm ones")
    page.keyboard.press("Enter")
    page.locator(".messagelist").wait_for()
    assert page.locator(".views [aria-current]").inner_text() == "Firm ones"
    page.click("text=Remove the view “Firm ones”")
    page.locator(".messagelist").wait_for()
    assert page.locator(".views a").all_inner_texts()[0] == "All" and not SavedView.objects.exists()


def test_due_dates_are_changed_with_a_preview(page):
    for number in range(2):
        page.locator(".action-select").nth(number).check()
    page.click("text=Change the due date …")
    page.fill("#id__bulk-due", "31 March 2028")
    page.click("text=Show what changes")
    assert "Would change 2 of 2" in page.locator(".bulk-preview h2").inner_text()
    assert [found_by_axe(page), runs_out_sideways(page)] == [[], False]
    page.click("text=Change 2 records")
    page.locator(".messagelist").wait_for()
    assert sorted(Commitment.objects.values_list("due", flat=True)) == ["2020-05", "2028-03-31", "2028-03-31"]


@pytest.mark.parametrize("width", [1366, 768])
def test_axe_finds_nothing_on_a_list_with_a_selection_and_an_open_menu(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.locator(".action-select").first.check()
    page.locator(".filter-menu summary").first.click()
    assert [found_by_axe(page), runs_out_sideways(page)] == [[], False]


def test_answer_is_edited_and_accepted_on_one_page(page):
    commitment, person = Commitment.objects.first(), make_person("Ayesha Khan", country=make_country("PAK"))
    update = ProgressUpdate.objects.create(
        commitment=commitment,
        reminder=make_reminder(commitment, person),
        **{"answer": "done", "text": "It is done", "state": "in_review", "answered_by": person, "as_of": "2026-06-01"},
        **{"progress": "complete", "side": person.country, "evidence_url": "https://example.org/news"},
    )
    page.goto(address(ProgressUpdate, "change", update.pk))
    assert "“done”, says Ayesha Khan" in page.locator(".said").inner_text()
    page.click("summary:text('Return with a question')")
    assert [found_by_axe(page, besides=[".related-widget-wrapper"]), runs_out_sideways(page)] == [[], False]
    page.fill("#id_text", "Signed in Islamabad")
    page.click("summary:text('Accept')")
    page.click("text=Accept as it is written below")
    page.locator(".messagelist").wait_for()
    update.refresh_from_db()
    assert (update.state, update.text) == ("published", "Signed in Islamabad")
