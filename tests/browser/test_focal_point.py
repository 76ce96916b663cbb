"""A focal point opens the links of a mail in a browser and answers, or stops the mail; opening them changes nothing."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from agreements.models import Person
from meetings.followups import answers
from meetings.followups.answers import stop_link
from meetings.followups.planner import plan, send
from meetings.models import FocalPoint, ProgressUpdate
from tests.browser.test_accessibility import faults, overflow, show
from tests.factories import make_commitment, make_country, make_person
from tests.meetings.followups.reminders import make_reminder
from tracker.site.addresses import in_language

pytestmark = pytest.mark.django_db(transaction=True)

SITE = re.escape(settings.SITE_URL)


@pytest.fixture
def person():
    return make_person("Ayesha", email="ayesha@example.org", send_hour=0, working_week="1234567")


@pytest.fixture
def commitment(person):
    due = (timezone.now() + timedelta(days=3)).date().isoformat()
    commitment = make_commitment(title="Share the list of projects", due=due)
    office = FocalPoint.objects.create(commitment=commitment, person=person, side=make_country("PAK"))
    office.supervisor = make_person("Bilal Ahmed", email="bilal@example.org")
    office.save()
    return commitment


def mail_of_today(smtp_sink):
    plan(timezone.now())
    send()
    (mail,) = smtp_sink.wait_for(1)
    return mail


def test_focal_point_follows_the_link_of_the_mail_and_answers(browser_page, commitment, smtp_sink):
    mail = mail_of_today(smtp_sink)
    text = mail.message.get_body(("plain",)).get_content()
    link = re.search(rf"{SITE}(/follow-up/[^/\s]+/)(?=[\s?])", text)[1]

    page = browser_page
    page.goto(link)
    assert page.locator("h1").inner_text() == "What became of “Share the list of projects”?"
    assert not ProgressUpdate.objects.exists()
    page.check("#id_late")
    page.fill("#id_expected", "2099-03-31")
    page.fill("#id_expected_words", "by the end of March")
    page.fill("#id_reason", "The lists are being translated")
    page.click("text=Send the answer")
    page.wait_for_selector("text=Your answer has been received.")
    update = ProgressUpdate.objects.get()
    assert (update.state, update.answer, update.commitment) == ("in_review", "late", commitment)
    assert (update.expected, update.expected_words) == ("2099-03-31", "by the end of March")
    page.goto(link)
    assert page.locator("form[method=post] button.button-wide").count() == 0


def test_mail_program_and_browser_stop_the_mail_with_the_link_of_its_header(
    browser_page, person, commitment, smtp_sink
):
    mail = mail_of_today(smtp_sink)
    link = re.fullmatch(rf"<{SITE}(/follow-up/stop/\S+)>", mail.message["List-Unsubscribe"].strip())[1]
    page = browser_page
    page.goto(link)
    page.click("button[name=stop]")
    page.wait_for_selector("text=You will receive no more follow-up mail.")
    person.refresh_from_db()
    assert person.unsubscribed_at is not None
    page.click("text=Resume the mail")
    page.wait_for_selector("text=You will receive follow-up mail again.")
    assert page.request.post(link, form={"List-Unsubscribe": "One-Click"}).status == 200
    person.refresh_from_db()
    assert person.unsubscribed_at is not None


def test_focal_point_picks_a_colleague_who_shows_with_that_answer_only(browser_page, person, commitment):
    page = browser_page
    page.goto(path(answers.link(make_reminder(commitment, person))))
    assert not page.locator("#id_responsible").is_visible()
    page.check("#id_not_mine")
    page.select_option("#id_responsible", label="Bilal Ahmed")
    page.click("text=Send the answer")
    page.wait_for_selector("dd:has-text('Bilal Ahmed')")
    assert ProgressUpdate.objects.get().responsible.name == "Bilal Ahmed"


def path(link):
    return link.removeprefix(settings.SITE_URL)


def look_at(page, address, prepare=lambda: None):
    """Wide, light and in English; narrow, dark and in Urdu."""
    for language, width, scheme in (("en", 1280, "light"), ("ur", 320, "dark")):
        Person.objects.update(language=language)  # that of those who got the mail
        show(page, width, scheme)
        page.goto(in_language(address, language) if address.startswith("/commitments/") else address)
        page.problems.clear()  # Chromium reports a page that says 404 or 410 itself
        prepare()
        assert (address, language, faults(page), overflow(page)) == (address, language, [], 0)


def test_axe_finds_nothing_on_the_pages_of_follow_up(browser_page, live_server, person, commitment):
    page = browser_page
    first, again = make_reminder(commitment, person), make_reminder(commitment, person, round=1)
    FocalPoint.objects.update(supervisor=None, deputy=make_person("Bilal Ahmed", email="bilal@example.org"))
    look_at(page, path(answers.link(first)), lambda: page.check("#id_not_mine"))
    look_at(page, path(answers.link(first)) + "?answer=late", lambda: page.click("button.button-wide"))
    said = {
        "answer": "late",
        "text": "Long " * 40,
        "reason": "Funds",
        "state": "withdrawn",
        "question": "Whose?\nWhen?",
    }
    returned = ProgressUpdate.objects.create(commitment=commitment, reminder=first, answered_by=person, **said)
    look_at(page, path(answers.link(first)))
    look_at(page, path(answers.link(again)))
    ProgressUpdate.objects.filter(pk=returned.pk).update(state="in_review", question="")
    look_at(page, path(answers.link(first)))
    look_at(page, commitment.get_absolute_url())
    look_at(page, "/follow-up/x/")
    look_at(page, path(answers.list_link(again.delivery, person)))
    look_at(page, path(stop_link(person)))
    person.unsubscribed_at = timezone.now()
    person.save()
    look_at(page, path(stop_link(person)))
