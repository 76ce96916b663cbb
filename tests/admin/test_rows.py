"""Rows of a form by keyboard, in a browser: they fold, are added, copied, moved, removed and made of a pasted list."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from meetings.models import Commitment, Meeting, Outcome
from tests.admin.conftest import make_user
from tests.admin.test_browser import log_in
from tests.factories import make_commitment, make_country, make_meeting
from tracker.records.models import Publishable, one_change

pytestmark = pytest.mark.django_db(transaction=True)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIST = "1. Set up a group\n2. Meet each\nyear\n۳۔ رپورٹ"


@pytest.fixture
def meeting():
    make_user("editor", "editor")
    make_country("PAK"), make_country("LKA")
    with one_change():
        meeting = make_meeting(state=Publishable.State.DRAFT)
        for number, text in enumerate(("First", "Second", "Third"), start=1):
            Outcome.objects.create(meeting=meeting, text=text, kind="decision", position=number)
        make_commitment(meeting=meeting, state=Publishable.State.DRAFT, title="Promise")
    return meeting


@pytest.fixture
def form(browser_page, meeting):
    """The form of a meeting, opened in a browser."""
    log_in(browser_page, "editor")
    browser_page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    return browser_page


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.className")


def lines(page, prefix):
    return page.locator(f"#{prefix}-group .inline-related:not(.empty-form) .row-label").all_inner_texts()


def said(page):
    return page.locator("#row-words").inner_text()


def saved(page):
    page.keyboard.press("Control+s")
    page.locator(".messagelist").wait_for()


def test_a_row_when_stored_is_a_line_that_enter_opens_and_tells_what_is_typed(form):
    first = form.locator("#outcomes-0")
    assert lines(form, "outcomes") == ["First", "Second", "Third"]
    assert not first.locator("textarea").is_visible()
    first.locator("summary").focus()
    form.keyboard.press("Enter")
    form.keyboard.press("Tab")
    first.locator("textarea").fill("Other")
    first.locator("select[name$=kind]").select_option("statement")
    first.locator("summary").focus()
    form.keyboard.press("Enter")
    assert not first.locator("textarea").is_visible()
    assert " ".join(first.locator("summary").inner_text().split()) == "1 statement Outcome: Other"
    saved(form)
    assert Outcome.objects.values_list("text", "kind").first() == ("Other", "statement")


def test_a_row_when_added_has_the_focus_and_takes_the_next_number(form):
    form.locator("#outcomes-group .add-row a").focus()
    form.keyboard.press("Enter")
    expect(form.locator("[name=outcomes-3-text]")).to_be_focused()
    assert said(form) == "Row 4 was added."
    form.keyboard.type("Fourth")
    form.locator("[name=outcomes-3-kind]").select_option("decision")
    assert lines(form, "outcomes")[-1] == "Fourth"
    assert form.locator("#outcomes-group [data-count]").inner_text() == "4"
    saved(form)
    assert list(Outcome.objects.values_list("text", "position"))[-1] == ("Fourth", 4)


def test_a_row_when_copied_brings_its_values_and_stands_below(form):
    form.locator("#outcomes-0 summary").focus()
    form.keyboard.press("Control+d")
    expect(form.locator("[name=outcomes-3-text]")).to_be_focused()
    assert lines(form, "outcomes") == ["First", "First", "Second", "Third"]
    assert said(form) == "Row 2 is a copy: First"
    form.keyboard.press("Control+a")
    form.keyboard.type("Copied")
    saved(form)
    assert list(Outcome.objects.values_list("text", "kind")) == [
        ("First", "decision"),
        ("Copied", "decision"),
        ("Second", "decision"),
        ("Third", "decision"),
    ]


def test_a_commitment_when_copied_brings_parties_and_choices(form, meeting):
    form.locator("#commitments-0 summary").click()
    form.locator("[name=commitments-0-strength]").select_option("offered")
    form.locator("#commitments-0 [data-do=copy]").click()
    form.locator("[name=commitments-1-title]").fill("Another")
    saved(form)
    first, other = Commitment.objects.order_by("pk")
    assert (other.title, other.strength) == ("Another", "offered")
    assert [str(each) for each in other.parties.all()] == [str(each) for each in first.parties.all()] != []


def test_a_row_when_moved_keeps_the_focus_and_the_order_is_saved(form):
    form.locator("#outcomes-2 summary").focus()
    form.keyboard.press("Alt+ArrowUp")
    form.keyboard.press("Alt+ArrowUp")
    assert lines(form, "outcomes") == ["Third", "First", "Second"]
    assert said(form) == "Row 1 now: Third"
    form.keyboard.press("Alt+ArrowUp")
    assert said(form) == "It cannot be moved further: Third"
    assert form.evaluate("document.activeElement.closest('.inline-related').id") == "outcomes-2"
    saved(form)
    assert list(Outcome.objects.values_list("text", flat=True)) == ["Third", "First", "Second"]


def test_rows_when_moved_and_removed_keep_what_is_theirs(form):
    """New rows between stored ones: what is removed is the one that was meant, and nothing else changes its place."""
    for text in ("New one", "New two"):
        form.locator("#outcomes-group .add-row a").click()
        form.keyboard.type(text)
    for number in (3, 4):
        form.locator(f"[name=outcomes-{number}-kind]").select_option("decision")
    form.locator("[name=outcomes-4-text]").focus()
    for _time in range(4):
        form.keyboard.press("Alt+ArrowUp")
    assert lines(form, "outcomes") == ["New two", "First", "Second", "Third", "New one"]
    form.locator("#outcomes-3 .inline-deletelink").click()
    assert lines(form, "outcomes") == ["New two", "First", "Second", "Third"]
    saved(form)
    assert list(Outcome.objects.values_list("text", flat=True)) == ["New two", "First", "Second", "Third"]


def test_a_list_when_pasted_into_a_row_is_offered_as_rows(form):
    form.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.locator("#commitments-group .add-row a").click()
    form.evaluate("text => navigator.clipboard.writeText(text)", LIST)
    form.keyboard.press("Control+v")
    form.get_by_role("button", name="Make 3 rows of them").click()
    expected = ["Promise", "Set up a group", "Meet each year", "رپورٹ"]
    assert lines(form, "commitments") == expected
    saved(form)
    assert sorted(Commitment.objects.values_list("title", flat=True)) == sorted(expected)


def test_a_list_when_put_below_the_rows_becomes_rows(form):
    form.locator("#outcomes-group .paste-list summary").click()
    form.locator("#id_list_outcomes").fill(LIST)
    form.get_by_role("button", name="Make rows of it").click()
    expect(form.locator("#id_list_outcomes")).to_have_value("")
    assert lines(form, "outcomes") == ["First", "Second", "Third", "Set up a group", "Meet each year", "رپورٹ"]
    assert said(form) == "Rows made of the list: 3"
    assert [form.locator(f"[name=outcomes-{at}-position]").input_value() for at in range(6)] == list("123456")


def test_a_field_when_it_has_an_error_is_reached_from_the_top_and_its_row_opens(form):
    form.locator("#outcomes-1 summary").click()
    form.locator("[name=outcomes-1-text]").fill("")
    form.keyboard.press("Control+Enter")
    form.locator(".error-summary").wait_for()
    assert focused(form) == "error-summary"
    assert form.locator("#outcomes-1 .fold").get_attribute("open") is not None
    assert form.locator(".form-contents .has-error").all_inner_texts() == ["1 error"]
    form.locator("#outcomes-1 summary").click()
    form.locator(".error-summary a").focus()
    form.keyboard.press("Enter")
    assert focused(form) == "outcomes-1-text"
    assert form.locator("[name=outcomes-1-text]").is_visible()


def test_keys_when_asked_for_are_shown_and_letters_can_be_switched_off(form):
    form.locator("#outcomes-0 summary").focus()
    form.keyboard.press("?")
    dialog = form.locator("#keys")
    assert dialog.is_visible()
    dialog.locator("[name=_letters]").uncheck()
    form.keyboard.press("Escape")
    form.locator("#outcomes-0 summary").focus()
    form.keyboard.press("?")
    assert not dialog.is_visible()
    form.locator("#keys-opener").click()
    dialog.locator("[name=_letters]").check()
    form.keyboard.press("Escape")
    form.locator("#outcomes-0 summary").focus()
    form.keyboard.press("g")
    form.keyboard.press("m")
    form.wait_for_url("**/admin/meetings/meeting/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_when_its_rows_are_open_has_nothing_that_axe_finds(form, scheme):
    form.emulate_media(color_scheme=scheme)
    for opener in form.locator(".rows [data-do=unfold]").all():
        opener.click()
    form.locator("#citations-group .add-row a").click()
    form.locator(".paste-list summary").first.click()
    found = Axe().run(form, options={"runOnly": TAGS}).response["violations"]
    form.problems.clear()  # what axe itself does on the page
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []


def test_a_form_when_it_has_no_script_adds_rows_and_makes_them_of_a_list(_chromium, live_server, meeting):
    context = _chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, "editor")
    page.goto(f"/admin/meetings/meeting/{meeting.pk}/change/")
    page.locator("#outcomes-group noscript button, #outcomes-group .add-row button").first.click()
    page.locator("[name=outcomes-3-text]").fill("Fourth")
    page.locator("[name=outcomes-3-kind]").select_option("decision")
    page.locator("[name=outcomes-3-position]").fill("4")
    page.locator("#commitments-group .paste-list summary").click()
    page.locator("#id_list_commitments").fill(LIST)
    page.locator("#commitments-group .paste-list button").click()
    assert page.locator(".error-summary").count() == 0
    assert (Outcome.objects.count(), Commitment.objects.count()) == (3, 1)
    assert lines(page, "commitments") == ["Promise", "Set up a group", "Meet each year", "رپورٹ"]
    page.locator(".submit-row [name=_save]").click()
    assert list(Outcome.objects.values_list("text", flat=True)) == ["First", "Second", "Third", "Fourth"]
    assert Meeting.objects.get().commitments.count() == 4
    context.close()
