"""Two editors, each with a browser: what one typed is never lost to the other."""

import os
from pathlib import Path

import pytest

from meetings.models import Commitment, Meeting, Outcome, ProgressUpdate
from tests.admin.conftest import make_user
from tests.admin.desk import address
from tests.admin.test_browser import log_in, take_step
from tests.factories import make_commitment, make_meeting
from tests.services.browser import note_problems
from tracker.records.models import Publishable

pytestmark = pytest.mark.django_db(transaction=True)
State = Publishable.State
# Where somebody wants to look at the pages: a folder.
PICTURES = os.environ.get("TRACKER_TEST_PICTURES")


@pytest.fixture
def meeting(transactional_db):
    meeting = make_meeting(state=State.IN_REVIEW, summary="As found", place="Beijing")
    for number, text in enumerate(("First decision", "Second decision")):
        Outcome.objects.create(meeting=meeting, text=text, kind="decision", position=number)
    return meeting


@pytest.fixture
def two(_chromium, live_server, meeting):
    """Two tabs, of an editor and of a reviewer, each in a browser of its own."""
    pages, contexts = [], []
    for name in ("editor", "reviewer"):
        make_user(name, name)
        context = _chromium.new_context(
            base_url=live_server.url, locale="en-GB", viewport={"width": 1366, "height": 900}
        )
        page = context.new_page()
        page.problems = note_problems(page)
        log_in(page, name)
        contexts.append(context)
        pages.append(page)
    yield pages
    for context in contexts:
        context.close()
    # A page that shows a conflict says so by its status, which browsers report.
    problems = [each for page in pages for each in page.problems if "409" not in each]
    assert problems == []


def both_open(two, record):
    for page in two:
        page.goto(address(type(record), "change", record.pk))


def save(page):
    page.click("[name=_continue]")
    page.wait_for_load_state()


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def heading(page):
    return page.locator("#content h1, #content-start h1, h1").first.inner_text()


def test_one_field_is_shown_on_both_sides_and_written_anew(two, meeting):
    editor, reviewer = two
    both_open(two, meeting)
    reviewer.fill("#id_summary", "As found, and read by the reviewer")
    save(reviewer)
    editor.fill("#id_summary", "As found, and read by the editor")
    editor.fill("#id_place", "Islamabad")
    save(editor)
    picture(editor, "field")
    body = editor.locator("#content").inner_text()
    for text in ("read by the reviewer", "read by the editor", "Islamabad", "Nothing of yours is saved yet"):
        assert text in body
    editor.check("[name='_choice://summary'][value=anew]")
    editor.fill("[name='_anew://summary']", "Read by both")
    editor.click("text=Save it so")
    editor.locator(".messagelist").wait_for()
    saved = Meeting.objects.get()
    assert (saved.summary, saved.place) == ("Read by both", "Islamabad")


def test_rows_are_joined(two, meeting):
    editor, reviewer = two
    both_open(two, meeting)
    reviewer.click("#outcomes-0 summary")
    reviewer.fill("#id_outcomes-0-text", "First, by the reviewer")
    save(reviewer)
    editor.click("#outcomes-1 summary")
    editor.fill("#id_outcomes-1-text", "Second, by the editor")
    editor.click("#outcomes-group .add-row a")
    editor.fill("#id_outcomes-2-text", "Third, by the editor")
    editor.select_option("#id_outcomes-2-kind", "decision")
    editor.fill("#id_outcomes-2-position", "2")
    save(editor)
    picture(editor, "row")
    editor.click("text=Save it so")
    editor.locator(".messagelist").wait_for()
    texts = list(meeting.outcomes.order_by("position").values_list("text", flat=True))
    assert texts == ["First, by the reviewer", "Second, by the editor", "Third, by the editor"]


def test_a_row_that_was_removed_is_asked_about(two, meeting):
    editor, reviewer = two
    both_open(two, meeting)
    reviewer.click("#outcomes-0 summary")
    reviewer.check("#id_outcomes-0-DELETE")
    save(reviewer)
    editor.click("#outcomes-0 summary")
    editor.fill("#id_outcomes-0-text", "First, by the editor")
    save(editor)
    picture(editor, "row-removed")
    assert editor.locator("text=Leave it removed").is_visible()
    editor.click("text=Save it so")
    editor.locator(".messagelist").wait_for()
    assert sorted(meeting.outcomes.values_list("text", flat=True)) == ["First, by the editor", "Second decision"]


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WITHDRAWN])
def test_a_record_that_was_locked_meanwhile_gives_back_what_was_typed(two, meeting, state):
    editor, reviewer = two
    both_open(two, meeting)
    take_step(reviewer, "publish", "Publish")
    if state == State.WITHDRAWN:
        reviewer.goto(address(Meeting, "change", meeting.pk))
        take_step(reviewer, "withdraw", "Withdraw")
    assert Meeting.objects.get().state == state
    editor.fill("#id_summary", "Typed for an hour")
    save(editor)
    picture(editor, state)
    body = editor.locator("#content").inner_text()
    assert "Typed for an hour" in body and "kept for you for 24 hours" in body
    editor.goto("/admin/")
    picture(editor, f"{state}-desk")
    assert editor.locator("text=Typed and not saved").is_visible()


def test_a_list_action_on_what_was_changed_meanwhile_asks_again(two, meeting):
    editor, reviewer = two
    reviewer.goto(address(Meeting, "changelist"))
    editor.goto(address(Meeting, "change", meeting.pk))
    editor.fill("#id_summary", "Never read by the reviewer")
    save(editor)
    reviewer.check(".action-select")
    reviewer.click("button[name=action][value=publish]")
    picture(reviewer, "list-action")
    assert "Never read by the reviewer" in reviewer.locator("#content").inner_text()
    assert Meeting.objects.get().state == State.IN_REVIEW
    reviewer.click("text=Do it with them as they are now")
    assert Meeting.objects.get().state == State.IN_REVIEW
    reviewer.click("button[name=_step]")
    reviewer.locator(".messagelist").wait_for()
    assert Meeting.objects.get().state == State.PUBLISHED


def test_a_form_sent_twice_is_saved_once(two, meeting):
    editor, _reviewer = two
    editor.goto(address(Meeting, "change", meeting.pk))
    editor.click("#outcomes-group .add-row a")
    editor.fill("#id_outcomes-2-text", "Third")
    editor.select_option("#id_outcomes-2-kind", "decision")
    editor.fill("#id_outcomes-2-position", "2")
    # Two sendings on their way at once, as by an impatient hand.
    editor.evaluate(
        """async () => {
          const form = document.querySelector("#meeting_form");
          const body = () => new URLSearchParams(new FormData(form));
          await Promise.all([1, 2].map(() => fetch(location.href, {method: "POST", body: body()})));
        }"""
    )
    assert meeting.outcomes.filter(text="Third").count() == 1


def test_an_answer_by_mail_meanwhile_stands_in_nobodys_way(two, meeting):
    editor, _reviewer = two
    commitment = make_commitment(meeting=meeting, state=State.DRAFT, title="As found")
    editor.goto(address(Commitment, "change", commitment.pk))
    ProgressUpdate.objects.create(commitment=commitment, answer="done", state="in_review", as_of="2026-01-01")
    editor.fill("#id_title", "By the editor")
    save(editor)
    editor.locator(".messagelist").wait_for()
    assert Commitment.objects.get().title == "By the editor"
    assert ProgressUpdate.objects.count() == 1


def test_leaving_a_page_on_which_something_was_typed_asks_first(two, meeting):
    editor, _reviewer = two
    asked = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    editor.goto(address(Meeting, "change", meeting.pk))
    editor.click("#site-name a")
    editor.wait_for_url("**/admin/")
    assert asked == []
    editor.goto(address(Meeting, "change", meeting.pk))
    editor.fill("#id_summary", "Typed and not saved")
    editor.click("#site-name a", no_wait_after=True)
    editor.wait_for_function("true")
    assert asked == ["beforeunload"]
    save(editor)
    editor.locator(".messagelist").wait_for()
    assert asked == ["beforeunload"] and Meeting.objects.get().summary == "Typed and not saved"
