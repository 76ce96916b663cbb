"""The link that stops the mail: opening it changes nothing, one click does, and a second one takes it back."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone, translation

from agreements.models import Person
from meetings.followups import answers
from meetings.followups.answers import stop_link
from tests.mail.side_by_side import side_by_side
from tests.meetings.followups.asking import make_due, make_focal_person
from tests.meetings.followups.reminders import make_reminder
from tracker.accounts.models import User
from tracker.records.models import DataVersion, Revision

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def person():
    return make_focal_person("Ayesha Khan", email="ayesha@example.org")


@pytest.fixture
def link(person):
    return stop_link(person).removeprefix(SITE)


def rows():
    return [list(model.objects.order_by("pk").values()) for model in (Person, Revision, DataVersion)]


def stopped(person):
    person.refresh_from_db()
    return person.unsubscribed_at is not None


@pytest.mark.parametrize("query", ["", "?stop=1", "?List-Unsubscribe=One-Click", "?resume=1"])
@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_page_when_opened_changes_nothing(client, person, link, method, query):
    before = rows()
    for _ in range(3):
        response = getattr(client, method)(link + query)
        assert response.status_code == (200 if method in ("get", "head") else 405)
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store, private", "no-referrer")
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert rows() == before
    assert "sessionid" not in client.cookies


def test_page_says_what_it_stops_for_whom_and_no_address(client, link):
    page = client.get(link).content.decode()
    for words in ("Stop the mail to Ayesha Khan?", "You remain responsible for", "Stop the mail</button>"):
        assert words in page
    assert "ayesha@example.org" not in page


@pytest.mark.parametrize("content", [None, "application/x-www-form-urlencoded"], ids=["multipart", "urlencoded"])
def test_one_click_of_a_mail_program_stops_the_mail(person, link, content):
    """RFC 8058: without cookies, and the answer must not redirect."""
    data = {"data": ONE_CLICK} if content is None else {"data": "List-Unsubscribe=One-Click", "content_type": content}
    started = timezone.now()
    response = Client(enforce_csrf_checks=True).post(link, **data)
    assert response.status_code == 200 and not response.cookies
    assert stopped(person)
    assert started <= person.unsubscribed_at <= timezone.now()


def test_button_stops_the_mail_and_another_sends_it_again(client, person, link):
    page = client.post(link, {"stop": "1"}).content.decode()
    assert "You will receive no more follow-up mail." in page and "Resume the mail</button>" in page
    assert stopped(person)
    assert "No more mail to Ayesha Khan" in client.get(link).content.decode()
    page = client.post(link, {"resume": "1"}).content.decode()
    assert "You will receive follow-up mail again." in page and "Stop the mail</button>" in page
    assert not stopped(person)
    reasons = list(Revision.objects.of(person).order_by("number").values_list("reason", flat=True))[1:]
    assert reasons == [
        "stopped by the person, with the link in a message",
        "wanted again by the person, with the link in a message",
    ]


def test_second_click_changes_nothing(client, person, link):
    client.post(link, ONE_CLICK)
    before = rows()
    assert client.post(link, ONE_CLICK).status_code == 200
    assert rows() == before
    client.post(link, {"resume": "1"})
    before = rows()
    assert client.post(link, {"resume": "1"}).status_code == 200
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_are_one(person, link):
    assert side_by_side(4, lambda: Client().post(link, ONE_CLICK).status_code) == [200] * 4
    assert stopped(person)
    assert Revision.objects.of(person).count() == 2


def test_link_works_for_years_and_across_a_change_of_keys(client, person, monkeypatch, settings):
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() - timedelta(days=3650).total_seconds())
    link = stop_link(person).removeprefix(SITE)
    monkeypatch.undo()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key of more than fifty characters, 0123456789-0123456789"
    assert client.post(link, ONE_CLICK).status_code == 200
    assert stopped(person)


def test_link_of_somebody_whose_account_is_closed_stops_the_mail(client, person, link):
    person.user = User.objects.create_user("ayesha", "a@example.org", is_active=False)
    person.save()
    assert client.post(link, ONE_CLICK).status_code == 200
    assert stopped(person)


def test_link_stops_the_mail_of_nobody_else(client, person, link):
    other = make_focal_person("Bilal")
    client.post(link, ONE_CLICK)
    assert (stopped(person), stopped(other)) == (True, False)


@pytest.mark.parametrize("token", ["x", "WzFd:1xV0cp:t8_XAv4Tq7Q2ESWCYC5CXaINzf", "%20", "ا", "a" * 5000])
def test_link_that_is_forged_is_not_found(client, person, token):
    before = rows()
    for method in (client.get, client.head, client.post):
        assert method(f"/follow-up/stop/{token}/").status_code == 404
    assert rows() == before


def test_link_of_an_answer_page_stops_nothing(client, person):
    token = answers.link(make_reminder(make_due(person), person)).removeprefix(f"{SITE}/follow-up/")
    assert client.post(f"/follow-up/stop/{token}", ONE_CLICK).status_code == 404
    assert not stopped(person)


def test_link_of_somebody_who_is_gone_is_not_found(client, person, link):
    person.delete()
    assert client.get(link).status_code == client.post(link, ONE_CLICK).status_code == 404


def test_page_speaks_the_language_of_the_person(client, person, link):
    person.language = "ur"
    person.save()
    with translation.override("en"):  # the middleware leaves the language of the last request behind
        assert '<html lang="ur" dir="rtl"' in client.get(link).content.decode()
