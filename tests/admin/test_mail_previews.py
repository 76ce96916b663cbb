"""The mail of a day as the desk shows it: with what goes nowhere, why somebody gets none, and as it goes."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from meetings.followups.planner import plan_digests
from meetings.models import FocalPoint, Reminder
from tests.admin.conftest import logged_in, make_user
from tests.admin.desk import address
from tests.admin.test_error_reports import make_report
from tests.factories import make_commitment
from tests.meetings.followups.asking import NOON, TODAY, make_due, make_focal_person
from tests.site.subscriptions import readers
from tracker.mail.accounts import ask_for_password
from tracker.mail.models import Delivery
from tracker.site.error_reports import answering

pytestmark = pytest.mark.django_db

PAGE = "/admin/meetings/reminder/tomorrow/"
# What Django signs, and what it makes for a new password.
TOKEN = re.compile(r"[\w-]+:\w{6}:[\w-]{20,}|[a-z0-9]{6}-[0-9a-f]{32}")


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


def preview_of(delivery, page=""):
    return f"{address(Delivery, 'change', delivery.pk).removesuffix('change/')}preview/{page}"


def queued(kind, administrator, client):
    """A delivery of this kind that waits; who is to read it, and what it says."""
    if kind == "digest":
        make_due(make_focal_person("ayesha"), title="Set up a group")
        plan_digests(NOON, TODAY)
    elif kind == "account":
        ask_for_password(administrator.user.email, timezone.now())
    elif kind == "error-report":
        answering.answer(make_report(), "Thank you: it is mended.", administrator.user, timezone.now())
    else:
        readers.ask(client)
    return Delivery.objects.get()


@pytest.mark.parametrize(
    ("kind", "to", "says", "has_page"),
    [
        ("digest", "ayesha@example.org", "Set up a group", True),
        ("account", "administrator@example.org", "/account/password/", False),
        ("error-report", "amina@example.org", "Thank you: it is mended.", True),
        ("subscription", readers.READER, "/subscriptions/confirm/preview/", True),
    ],
)
def test_mail_that_waits_is_shown_as_it_would_go_out_without_what_speaks_for_its_reader(
    administrator, client, kind, to, says, has_page
):
    administrator.user.email = "administrator@example.org"
    administrator.user.save()
    delivery = queued(kind, administrator, client)
    before = list(Delivery.objects.values()), list(Reminder.objects.values())
    form = administrator.get(address(Delivery, "change", delivery.pk)).content.decode()
    assert f'<a href="{preview_of(delivery)}">as it would go out now</a>' in form
    response = administrator.get(preview_of(delivery))
    mail = response.context["mail"]
    assert (mail.to, mail.language, says in mail.text, bool(mail.html)) == (to, "en", True, has_page)
    assert mail.subject in words(response)
    html = administrator.get(preview_of(delivery, "page/"))
    assert html.status_code == (200 if has_page else 404)
    if has_page:
        assert html["Content-Security-Policy"].startswith("sandbox; default-src 'none'; ")
    for text in (mail.text, mail.html, html.content.decode()):
        assert TOKEN.findall(text) == []
    assert (list(Delivery.objects.values()), list(Reminder.objects.values())) == before


def test_mail_that_would_not_go_out_says_why(administrator):
    person = make_focal_person("ayesha")
    commitment = make_due(person)
    plan_digests(NOON, TODAY)
    commitment.state = "withdrawn"
    commitment.withdrawal_reason = "an error"
    commitment.save()
    delivery = Delivery.objects.get()
    page = words(administrator.get(preview_of(delivery)))
    assert "As things stand it would not go out. No longer published: 1" in page
    assert administrator.get(preview_of(delivery, "page/")).status_code == 404


@pytest.mark.parametrize("state", ["sent", "dead", "withdrawn"])
def test_mail_that_does_not_wait_has_no_preview(administrator, state):
    make_due(make_focal_person("ayesha"))
    plan_digests(NOON, TODAY)
    moment = {"sent": {"sent_at": NOON}, "dead": {"dead_at": NOON}}.get(state, {})
    Delivery.objects.update(state=state, **moment)
    delivery = Delivery.objects.get()
    assert "preview/" not in administrator.get(address(Delivery, "change", delivery.pk)).content.decode()
    assert administrator.get(preview_of(delivery)).status_code == 404


def test_mail_that_waits_is_for_those_who_may_see_it_and_whom_it_is_for(reviewer):
    make_due(make_focal_person("ayesha"))
    plan_digests(NOON, TODAY)
    delivery = Delivery.objects.get()
    assert reviewer.get(preview_of(delivery)).status_code == 403
    client = logged_in(make_user("guest"))
    client.user.user_permissions.set(Permission.objects.filter(codename="view_delivery"))
    assert client.get(preview_of(delivery)).status_code == 403
    client.user.user_permissions.set(Permission.objects.filter(codename__in=["view_delivery", "view_person"]))
    assert client.get(preview_of(delivery)).status_code == 200
