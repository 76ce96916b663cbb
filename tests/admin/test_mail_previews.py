"""The mail of a day as the desk shows it: with what goes nowhere, why somebody gets none, and as it goes."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from meetings.models import FocalPoint
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address
from tests.factories import make_commitment
from tests.meetings.followups.asking import make_focal_person
from tracker.mail.models import Delivery

pytestmark = pytest.mark.django_db

PAGE = "/admin/meetings/reminder/tomorrow/"


def words(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def asked():
    """A person who is asked about a commitment tomorrow, and the commitment."""
    person = make_focal_person("ayesha")
    day = timezone.localdate() + timedelta(days=1)
    commitment = make_commitment(title="Set up a group", due=day.isoformat())
    FocalPoint.objects.create(commitment=commitment, person=person)
    return person, commitment


def test_due_lines_that_go_nowhere_stand_apart_with_the_way_out(editor, asked):
    lonely = make_commitment(title="Nobody knows", due=timezone.localdate().isoformat())
    response = editor.get(PAGE)
    assert response.context["nobody"] == [(lonely, "nobody is named")]
    page = words(response)
    assert f'href="/admin/meetings/focalpoint/add/?commitment={lonely.pk}"' in page
    assert "<b>1</b> due line, and nobody to ask" in page and "<b>1</b> line in their mail" in page


def test_desk_says_why_nobody_gets_mail(editor, asked):
    person, commitment = asked
    response = editor.get(PAGE, {"about": commitment.reference.lower()})
    assert (response.context["gets_mail"], len(response.context["checks"])) == (True, 10)
    draft = make_commitment(state="draft")
    assert "It is not published: nobody is asked about it." in words(editor.get(PAGE, {"about": draft.reference}))
    assert editor.get(PAGE, {"about": "AYESHA"}).context["why_of"] == person
    unknown = words(editor.get(PAGE, {"about": "COM-9999"}))
    assert "No commitment or agreement has the reference “COM-9999”, and no person this name." in unknown


def test_desk_says_nothing_of_what_the_account_may_not_see(asked):
    person, commitment = asked
    client = logged_in(make_user("guest"))
    client.user.user_permissions.set(Permission.objects.filter(codename="view_reminder"))
    for about in (person.name, commitment.reference):
        assert client.get(PAGE, {"about": about}).context["why_of"] is None
    assert client.get(f"{PAGE}{person.pk}/").status_code == 403


def test_mail_is_shown_as_it_goes_in_both_parts(reviewer, asked):
    person, _commitment = asked
    page = reviewer.get(f"{PAGE}{person.pk}/")
    assert "Set up a group" in words(page) and "ayesha@example.org" in words(page)
    html = reviewer.get(f"{PAGE}{person.pk}/page/")
    assert html["Content-Security-Policy"].startswith("sandbox; default-src 'none'; ")
    assert "Set up a group" in html.content.decode() and "/follow-up/preview/" in html.content.decode()
    assert Delivery.objects.count() == 0


def test_mail_of_a_day_without_any_is_said_to_be_none(reviewer, asked):
    person, _commitment = asked
    day = (timezone.localdate() + timedelta(days=40)).isoformat()
    bad = (timezone.localdate() + timedelta(days=400)).isoformat()
    assert reviewer.get(f"{PAGE}{person.pk}/?day={bad}").status_code == 404
    other = make_focal_person("bilal")
    assert "No mail goes to this person on that day." in words(reviewer.get(f"{PAGE}{other.pk}/?day={day}"))
    assert reviewer.get(f"{PAGE}{other.pk}/page/?day={day}").status_code == 404
    assert address(type(person), "change", person.pk) in words(reviewer.get(PAGE))
