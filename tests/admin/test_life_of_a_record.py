"""The whole life of a record, by two editors and a reviewer with real keys and clicks, in English and right to left."""

import pytest

from meetings.models import Commitment, Meeting
from tests.admin.conftest import make_user
from tests.admin.desk import address
from tests.admin.test_browser import choose, log_in
from tests.factories import make_country, make_forum, make_source
from tracker.records.models import ProposedChange

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "The page of 4 May 2023 says October 2022. Which paragraph?"


def open_panel(page, step):
    """The panel of a step, found by what it sends: in whatever language its label is."""
    button = page.locator(f"button[name=_step][value={step}]")
    page.locator(".step", has=button).locator("> summary").click()
    button.wait_for()
    return button


def take(page, step, **typed):
    button = open_panel(page, step)
    for name, text in typed.items():
        page.fill(f"[name=_{name}]", text)
    button.click()
    page.locator(".messagelist").wait_for()


def enters(page):
    page.goto(address(Meeting, "add"))
    choose(page, "forum", "Joint Economic")
    page.fill("#id_session_number", "13")
    page.fill("#id_held", "28 January 2026")
    page.fill("#id_summary", "As first written")
    choose(page, "citations-0-source", "Digital partnership")
    choose(page, "delegations-0-country", "Pakistan")
    choose(page, "delegations-1-country", "Sri Lanka")
    page.fill("#id_commitments-0-title", "Set up a joint working group")
    take(page, "review")


def opens(page, name, record):
    log_in(page, name)
    page.goto(address(type(record), "change", record.pk))
    page.locator(".steps").wait_for()


def is_returned_commented_and_mended(page, meeting):
    opens(page, "reader", meeting)
    take(page, "return", reason=REASON)

    log_in(page, "writer")
    assert REASON in page.locator("#content").inner_text()
    page.click(f".work-list a[href*='{address(Meeting, 'change', meeting.pk)}']")
    assert REASON in page.locator("#content").inner_text()

    opens(page, "colleague", meeting)
    page.fill("[name=_comment]", "Paragraph 3, in its second sentence.")
    page.select_option("[name=_comment_about]", "field:summary")
    page.click("button[name=_continue]:visible")
    page.locator(".messagelist").wait_for()

    opens(page, "writer", meeting)
    assert "Paragraph 3, in its second sentence." in page.locator("#content").inner_text()
    page.fill("#id_summary", "As it was mended")
    take(page, "review")


def is_changed_by_a_proposal(page, meeting):
    opens(page, "colleague", meeting)
    page.fill("#id_place", "Colombo")
    page.fill("[name=_why]", "The communiqué names it.")
    page.click(".submit-row [name=_save]")
    page.locator(".messagelist").wait_for()
    assert "Colombo" not in read_by_the_public(page, meeting)

    proposal = ProposedChange.objects.get()
    opens(page, "reader", proposal)
    assert "Colombo" in page.locator(".changes-table").inner_text()
    take(page, "switch")
    assert "Colombo" in read_by_the_public(page, meeting)


def read_by_the_public(page, meeting):
    page.goto(meeting.get_absolute_url())
    return page.inner_text("main")


def states():
    return [each.state for each in (Meeting.objects.get(), Commitment.objects.get())]


@pytest.mark.parametrize("language", ["en", pytest.param("ur", marks=pytest.mark.thorough)])
def test_a_meeting_lives_from_its_entry_to_its_withdrawal(browser_page, settings, language):
    settings.FOUR_EYES_CHANGES = True
    for name, role in (("writer", "editor"), ("colleague", "editor"), ("reader", "reviewer")):
        make_user(name, role, language=language)
    make_country("PAK"), make_country("LKA")
    make_forum("jec", name="Joint Economic Commission")
    make_source(title="Digital partnership launched")
    page = browser_page

    log_in(page, "writer")
    enters(page)
    meeting = Meeting.objects.get()
    assert (states(), page.goto(meeting.get_absolute_url()).status) == (["in_review"] * 2, 404)
    is_returned_commented_and_mended(page, meeting)

    opens(page, "reader", meeting)
    take(page, "publish")
    assert states() == ["published"] * 2
    assert "As it was mended" in read_by_the_public(page, meeting)
    is_changed_by_a_proposal(page, meeting)

    opens(page, "reader", meeting)
    take(page, "withdraw", public_reason="It was entered twice.")
    assert (states(), page.goto(meeting.get_absolute_url()).status) == (["withdrawn"] * 2, 410)
    assert "It was entered twice." in page.inner_text("main")
    page.problems[:] = [each for each in page.problems if "404" not in each and "410" not in each]
