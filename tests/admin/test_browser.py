"""An editor enters a meeting with real keys and clicks, a reviewer publishes it; the console stays silent."""

import pytest

from meetings.models import Commitment, Delegate, Meeting
from tests.admin.conftest import make_user
from tests.factories import make_country, make_forum, make_person, make_source

pytestmark = pytest.mark.django_db(transaction=True)


def log_in(page, name):
    page.context.clear_cookies()
    page.goto("/admin/login/?next=/admin/")
    page.fill("#id_username", f"{name}@example.org")
    page.fill("#id_password", "a long pass phrase")
    page.click("input[type=submit]")


def choose(page, field, words):
    """Type into a relation and take the first record that is offered."""
    page.locator(f"#id_{field} + .select2-container").click()
    page.locator(".select2-container--open .select2-search__field").last.press_sequentially(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def take_step(page, step, label):
    """Open the panel of a step above the form, and take it."""
    page.locator(".step > summary", has_text=label).first.click()
    page.click(f"button[name=_step][value={step}]")
    page.locator(".messagelist").wait_for()


def test_an_editor_enters_a_meeting_and_a_reviewer_publishes_it(browser_page):
    make_user("editor", "editor")
    make_user("reviewer", "reviewer")
    make_country("PAK"), make_country("LKA")
    make_forum("jec", name="Joint Economic Commission")
    make_source(title="Digital partnership launched")
    make_person("Haroon Akhtar Khan")
    page = browser_page

    log_in(page, "editor")
    page.click("text=Enter a meeting and what it produced")
    choose(page, "forum", "Joint Economic")
    page.fill("#id_session_number", "13")
    page.fill("#id_held", "on or before 29 January 2026")
    choose(page, "citations-0-source", "Digital partnership")
    choose(page, "delegations-0-country", "Pakistan")
    choose(page, "delegations-0-head", "Haroon")
    page.fill("#id_delegations-0-head_office", "Special Assistant")
    choose(page, "delegations-1-country", "Sri Lanka")
    page.fill("#id_commitments-0-title", "Set up a joint working group")
    page.click("#commitments-group .add-row a")
    page.fill("#id_commitments-1-title", "Invest in Sri Lanka")
    choose(page, "commitments-1-by", "Sri Lanka")
    page.fill("#id_commitments-1-to_words", "companies")
    page.fill("#id_commitments-1-due", "some day")
    page.click("text=Save and continue editing")
    assert "is not a date we can read" in page.locator(".errorlist").first.inner_text()

    page.fill("#id_commitments-1-due", "2026-12")
    page.click("text=Save and continue editing")
    page.locator(".messagelist").wait_for()
    assert page.locator(".reading.is-read").all_text_contents() == [
        "on or before 29 January 2026. Stored as ../2026-01-29",
        "December 2026. Stored as 2026-12",
    ]
    assert page.locator(".step > summary").all_inner_texts() == ["Send to review"]
    take_step(page, "review", "Send to review")
    meeting = Meeting.objects.get()
    assert [row.person.name for row in Delegate.objects.all()] == ["Haroon Akhtar Khan"]

    publish(page, meeting)


def publish(page, meeting):
    """By a reviewer, who finds it among what waits."""
    log_in(page, "reviewer")
    page.goto("/admin/meetings/meeting/?todo=in_review_not_mine")
    page.click(f"text={meeting.reference}")
    page.locator(".steps").wait_for()
    assert page.locator(".step > summary").all_inner_texts() == [
        "Publish",
        "Publish at …",
        "Return with a reason",
        "Set aside",
    ]
    take_step(page, "publish", "Publish")
    assert page.locator(".messagelist li").first.inner_text() == "3 records are now published."
    assert set(Commitment.objects.values_list("state", flat=True)) == {"published"}


def test_a_person_is_added_by_name_in_the_row_that_needs_them(browser_page):
    make_user("editor", "editor")
    make_country("PAK")
    page = browser_page
    log_in(page, "editor")
    page.goto("/admin/meetings/meeting/add/")
    page.fill("#id_title", "Talks")
    choose(page, "delegations-0-country", "Pakistan")
    choose(page, "delegations-0-head", "Musadik Masood Malik")
    page.click("input[name=_save]")
    page.locator(".messagelist").wait_for()
    assert [each.person.name for each in Delegate.objects.all()] == ["Musadik Masood Malik"]
