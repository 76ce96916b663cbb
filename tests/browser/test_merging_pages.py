"""axe finds nothing on the pages on which two records are made one, parted again, and renamed; keys alone do it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from agreements.models import Organisation
from meetings.models import Delegation
from tests.admin.conftest import make_user
from tests.admin.test_browser import log_in
from tests.browser.test_accessibility import TAGS
from tests.factories import make_agreement, make_meeting, make_organisation
from tests.parts import ENGLISH_FIRST
from tracker.records.merging.merge import MergingPair, merge
from tracker.records.models import Merger

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/agreements/organisation"


@pytest.fixture
def two():
    kept = make_organisation("kept", name="Ministry of IT")
    gone = make_organisation("gone", name="Ministry of Information Technology", seat="Islamabad")
    make_agreement(()).parties.create(organisation=gone)
    meeting = make_meeting(())
    for organisation, role in ((kept, "party"), (gone, "observer")):
        Delegation.objects.create(meeting=meeting, organisation=organisation, role=role)
    return kept, gone


@pytest.mark.parametrize("language", ENGLISH_FIRST)
def test_pages_when_looked_at_by_axe_have_no_fault(browser_page, two, language):
    kept, gone = two
    page, user = browser_page, make_user("reviewer", "reviewer", language=language)
    merger = merge(MergingPair(make_organisation("third"), make_organisation("fourth")), timezone.now()).merger
    log_in(page, user.username)
    found = {}
    addresses = [
        *(
            f"{DESK}/merge/?kept={kept.pk}&q=ministry",
            f"{DESK}/{kept.pk}/rename/",
            f"/admin/records/merger/{merger.pk}/change/",
        ),
        *(f"{DESK}/merge/?kept={kept.pk}&gone={kept.pk}", f"{DESK}/merge/?kept={kept.pk}&gone={gone.pk}"),
    ]
    for address in addresses:
        page.goto(address)
        found[address] = faults(page)
    page.locator("button[value=preview]").click()
    page.locator("button[value=merge]").wait_for()
    assert found | {"preview": faults(page)} == {key: [] for key in [*addresses, "preview"]}
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ur" else "ltr")


def faults(page):
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def test_reviewer_makes_one_of_two_and_parts_them_by_keys_alone(browser_page, two):
    kept, gone = two
    page, _user = browser_page, make_user("reviewer", "reviewer")
    log_in(page, "reviewer")
    page.goto(f"{DESK}/merge/?kept={kept.pk}&gone={gone.pk}")
    page.locator('input[name="_of:name"][value=kept]').focus()
    page.keyboard.press("ArrowRight")
    page.locator("button[value=preview]").press("Enter")
    page.locator("button[value=merge]").press("Enter")
    page.locator(".messagelist a").press("Enter")
    kept.refresh_from_db()
    assert (kept.name, kept.seat) == ("Ministry of Information Technology", "Islamabad")
    page.locator("form[action$='/undo/'] button").press("Enter")
    page.locator(".messagelist").wait_for()
    kept.refresh_from_db()
    assert (kept.name, kept.seat, Organisation.objects.count()) == ("Ministry of IT", "", 2)
    assert Merger.objects.get().undone_at is not None
