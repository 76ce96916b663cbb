"""The form of a next session with all that it can ask: of twins, of doubts, of what is still open."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.admin.conftest import make_user
from tests.admin.test_browser import log_in
from tests.factories import make_commitment, make_forum, make_meeting, make_person
from tests.parts import ENGLISH_FIRST

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_a_form_that_asks_has_nothing_that_axe_finds(browser_page, language, scheme):
    page = browser_page
    make_user("editor", "editor", language=language)
    make_person("Asad Umar")
    forum = make_forum("jcc", members=["CHN", "PAK"])
    make_commitment(meeting=make_meeting(forum=forum, session_number=9, title=""))
    page.emulate_media(color_scheme=scheme)
    log_in(page, "editor")
    page.goto(f"/admin/meetings/meeting/add/?next_of={forum.pk}")
    page.fill("#id_session_number", "40")
    page.locator("#id_delegations-0-head + .select2-container").click()
    page.locator(".select2-container--open .select2-search__field").last.press_sequentially("Umar Asad Khan")
    page.locator(".select2-results__option", has_text="Umar Asad Khan").last.click()
    page.click("input[name=_save]")
    page.locator(".did-you-mean").wait_for()
    assert page.locator(".it-is-so").count() == 1
    found = Axe().run(page).response["violations"]
    page.problems.clear()  # what axe itself does on the page
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found] == []
