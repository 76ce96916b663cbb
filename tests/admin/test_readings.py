"""How a date or a period is read stands under it: while it is typed, and on the page without a script."""

import pytest
from playwright.sync_api import expect

from tests.admin.conftest import make_user
from tests.admin.test_browser import log_in

PAGE = "/admin/records/source/reading/"
NOT_YET = '<span class="is-unread">Not read yet. Write it as you would say it.</span>'


@pytest.mark.parametrize(
    ("kind", "text", "line"),
    [
        (
            "date",
            "23 Sep 2021",
            'Thursday 23 September 2021, exact to the day. Stored as <code dir="ltr">2021-09-23</code>',
        ),
        ("date", "2026", '2026. Stored as <code dir="ltr">2026</code>'),
        ("date", "23 sep 2021?", '23 September 2021 (uncertain). Stored as <code dir="ltr">2021-09-23?</code>'),
        ("date", "soon", NOT_YET),
        ("date", "<b>", NOT_YET),
        (
            "date",
            "23.13.2021",
            '<span class="is-unread">“23.13.2021” is no day: there are twelve months. Write it as you would say it.'
            "</span>",
        ),
        ("date", " ", ""),
        ("date", "9" * 1000, NOT_YET),
        ("duration", "18 months", '18 months. Stored as <code dir="ltr">P18M</code>'),
        ("duration", "soon", NOT_YET),
    ],
)
def test_typed_text_is_answered_with_its_reading(editor, kind, text, line):
    assert editor.get(PAGE, {"kind": kind, "text": text}).content.decode() == line


def test_strangers_are_told_no_reading(client, db):
    assert (client.get(PAGE).status_code, client.post(PAGE).status_code) == (302, 302)


@pytest.mark.django_db(transaction=True)
def test_reading_follows_what_is_typed(browser_page):
    make_user("editor", "editor")
    log_in(browser_page, "editor")
    browser_page.goto("/admin/meetings/meeting/add/")
    reading = browser_page.locator(".field-held .reading").first
    browser_page.locator("#id_held").press_sequentially("23 Sep 2021")
    expect(reading).to_have_text("Thursday 23 September 2021, exact to the day. Stored as 2021-09-23")
    assert reading.get_attribute("role") == "status"
    browser_page.fill("#id_held", "some day")
    expect(reading).to_have_text("Not read yet. Write it as you would say it.")
