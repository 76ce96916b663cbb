"""A reader asks in a browser to be told, confirms, is told, and stops: with the keyboard's means, on wide and narrow
screens, from left to right and back."""

from datetime import timedelta

import pytest

from tests.browser.test_accessibility import TAGS, faults, overflow, show
from tests.factories import make_agreement
from tests.site.subscriptions.readers import READER, alerts_of, link, mails
from tracker.site import open_forms
from tracker.site.addresses import in_language
from tracker.site.subscriptions.models import Subscription

pytestmark = pytest.mark.django_db(transaction=True)


def look(page):
    """What axe finds and what overflows, wide and light, narrow and dark."""
    found = []
    for width, scheme in ((1280, "light"), (320, "dark")):
        show(page, width, scheme)
        found += [*faults(page, TAGS), *([overflow(page)] if overflow(page) else [])]
    return found


@pytest.mark.parametrize("language", ["en", "ur"])
def test_reader_asks_confirms_and_stops(browser_page, monkeypatch, language):
    monkeypatch.setattr(open_forms, "QUICKEST", timedelta(0))
    make_agreement(("CHN", "PAK"), title="On fibre")
    page = browser_page
    page.goto(in_language("/agreements/?country=PAK", language))
    page.locator(".be-told a").click()
    assert look(page) == []
    page.get_by_role("button").last.click()
    assert page.locator(".field-error").count() == 1
    assert look(page) == []
    page.locator("#id_address").fill(READER)
    page.get_by_role("radio").first.check()
    page.get_by_role("button").last.click()
    page.wait_for_url("**/subscriptions/asked/")
    (message,) = mails()
    page.goto(link(message, "confirm"))
    assert look(page) == []
    page.locator("button[name=confirm]").click()
    assert Subscription.objects.active().get().frequency == "daily"
    assert look(page) == []
    make_agreement(("CHN", "PAK"), title="Newly signed")
    alert = alerts_of()[READER]
    page.goto(link(alert, "manage"))
    page.locator("select").select_option("weekly")
    page.locator(".managed button").first.click()
    assert look(page) == []
    assert Subscription.objects.active().get().frequency == "weekly"
    page.goto(link(alert, "stop"))
    assert look(page) == []
    page.locator("button[name=stop]").click()
    assert not Subscription.objects.active().exists()
    assert look(page) == []
