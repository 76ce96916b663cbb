"""A focal point opens the link of a mail in a browser and answers; opening it changes nothing."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from meetings.followups import digest, planner
from meetings.models import FocalPoint, ProgressUpdate
from tests.factories import make_commitment, make_person
from tracker.mail.relay import relay

pytestmark = pytest.mark.django_db(transaction=True)


def test_focal_point_follows_the_link_of_the_mail_and_answers(browser_page, live_server, smtp_sink):
    due = (timezone.now() + timedelta(days=3)).date().isoformat()
    commitment = make_commitment(title="Share the list of projects", due=due)
    person = make_person("Ayesha", email="ayesha@example.org", send_hour=0)
    FocalPoint.objects.create(commitment=commitment, person=person)
    planner.plan(timezone.now())
    relay({planner.KIND: digest.render})
    (mail,) = smtp_sink.wait_for(1)
    text = mail.message.get_body(("plain",)).get_content()
    link = re.search(rf"{re.escape(settings.SITE_URL)}(/follow-up/\S+?/)(?=[\s?])", text)[1]

    page = browser_page
    page.goto(link)
    assert page.locator("h1").inner_text() == "What became of “Share the list of projects”?"
    assert not ProgressUpdate.objects.exists()
    page.check("#id_late")
    page.fill("#id_expected", "2027-03")
    page.fill("#id_reason", "The lists are being translated")
    page.click("text=Send the answer")
    page.wait_for_selector("text=Your answer has been received.")
    update = ProgressUpdate.objects.get()
    assert (update.state, update.answer, update.expected, update.commitment) == (
        "in_review",
        "late",
        "2027-03",
        commitment,
    )
    page.goto(link)
    assert page.locator("form[method=post] button.button-wide").count() == 0
