"""The answer page: whoever opens it changes nothing; its form records one answer, once."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone, translation

from meetings.followups import answers
from meetings.followups.planner import plan
from meetings.models import FocalPoint, Notice, ProgressUpdate
from tests.factories import make_country
from tests.mail.side_by_side import side_by_side
from tests.meetings.followups.asking import make_due, make_focal_person
from tracker.records.models import DataVersion

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture
def today():
    return timezone.now().date()


@pytest.fixture
def notice(today):
    person = make_focal_person("Ayesha Khan", email="ayesha@example.org", send_hour=0)
    commitment = make_due(today=today, title="Set up a working group", wording="Both sides agreed.")
    FocalPoint.objects.create(commitment=commitment, person=person, side=make_country("PAK"))
    plan(timezone.now())
    return Notice.objects.get()


@pytest.fixture
def link(notice):
    return answers.link(notice).removeprefix(SITE)


def rows():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Notice, ProgressUpdate, ProgressUpdate.history.model, DataVersion)
    }


@pytest.mark.parametrize("query", ["", "?answer=done", "?answer=done&text=x&submit=1"])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_page_when_opened_changes_nothing(client, link, method, query):
    before = rows()
    for _ in range(3):
        response = getattr(client, method)(link + query)
        assert response.status_code == (405 if method == "options" else 200)
    assert rows() == before
    assert "sessionid" not in client.cookies


def test_page_when_opened_shows_what_is_asked_and_stays_private(client, notice, link):
    ProgressUpdate.objects.create(
        commitment=notice.commitment, state="published", progress="limited", as_of="2026-05", text="Terms drafted"
    )
    ProgressUpdate.objects.create(commitment=notice.commitment, state="draft", progress="limited", text="Secret")
    response = client.get(link)
    page = response.content.decode()
    assert response["Cache-Control"] == "no-store, private"
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    for words in ("Set up a working group", "Both sides agreed.", "due today", "Terms drafted", "Ayesha Khan"):
        assert words in page
    assert "Secret" not in page and "ayesha@example.org" not in page and "checked" not in page


def test_page_opened_by_a_quick_link_has_the_answer_chosen(client, link):
    page = client.get(link + "?answer=late").content.decode()
    assert [line for line in page.split("<input") if "checked" in line] == [
        line for line in page.split("<input") if 'value="late"' in line
    ]


ANSWERS = [
    ({"answer": "done"}, {"progress": "complete"}),
    ({"answer": "on_track", "text": "Two meetings held"}, {"text": "Two meetings held"}),
    (
        {"answer": "late", "expected": "2199-03", "reason": "Funds come later", "text": "Sorry"},
        {"expected": "2199-03", "reason": "Funds come later", "text": "Sorry"},
    ),
    ({"answer": "late", "reason": "Nobody knows yet"}, {"reason": "Nobody knows yet"}),
    ({"answer": "not_mine", "responsible_words": "Ministry of IT"}, {"responsible_words": "Ministry of IT"}),
    ({"answer": "need_help"}, {}),
    ({"answer": "done", "evidence_url": "example.org/x"}, {"progress": "complete", "evidence_url": "https://example.org/x"}),
    # What belongs to another answer, and is hidden, is neither kept nor complained about.
    (
        {"answer": "done", "expected": "soon", "reason": "x" * 999, "responsible_words": "me"},
        {"progress": "complete"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kept"), ANSWERS, ids=lambda value: value.get("answer"))
def test_post_records_the_answer_for_review_and_confirms_it(client, notice, link, today, data, kept):
    response = client.post(link, data)
    assert (response.status_code, response["Location"]) == (302, link)
    update = ProgressUpdate.objects.get()
    empty = dict.fromkeys(("progress", "text", "expected", "reason", "responsible_words", "evidence_url"), "")
    assert {name: getattr(update, name) for name in empty} == empty | kept
    assert (update.state, update.answer, update.notice) == ("in_review", data["answer"], notice)
    assert (update.commitment, update.answered_by, update.side.code) == (notice.commitment, notice.person, "PAK")
    assert (update.as_of, update.as_of_latest) == (today.isoformat(), today)
    notice.commitment.refresh_from_db()
    assert notice.commitment.progress == "no_information"  # until an editor publishes it
    page = client.get(link)
    assert page.status_code == 200 and "Your answer has been received." in page.content.decode()
    assert all(value in page.content.decode() for name, value in kept.items() if name in ("text", "reason"))


def test_post_of_a_second_answer_says_so_and_changes_nothing(client, link):
    client.post(link, {"answer": "on_track"})
    before = rows()
    response = client.post(link, {"answer": "done"})
    assert response.status_code == 409 and "answered already" in response.content.decode()
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_post_of_two_answers_at_once_records_one_of_them(client, link):
    def post():
        return Client().post(link, {"answer": "done"}).status_code

    assert sorted(side_by_side(4, post)) == [302, 409, 409, 409]
    assert ProgressUpdate.objects.count() == 1


BAD = [
    ({}, "Choose one of the five answers."),
    ({"answer": "perhaps"}, "Select a valid choice."),
    ({"answer": "late"}, "Say in a few words why it is late."),
    ({"answer": "late", "reason": "x", "expected": "soon"}, "“soon” is not a date we can read."),
    ({"answer": "late", "reason": "x", "expected": "2020"}, "This day has passed already"),
    ({"answer": "done", "evidence_url": "javascript:alert(1)"}, "Write a web address that begins with https://"),
    ({"answer": "done", "evidence_url": "ftp://example.org/"}, "Write a web address that begins with https://"),
    ({"answer": "done", "text": "x" * 4001}, "at most 4000 characters"),
    ({"answer": "done", "text": "a\x00b"}, "Null characters are not allowed."),
]  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD, ids=[message[:20] for _, message in BAD])
def test_post_of_something_wrong_says_what_and_loses_nothing(client, link, data, message):
    before = rows()
    response = client.post(link, {"text": "A long note", **data})
    page = response.content.decode()
    assert response.status_code == 200 and message in page and page.count("has not been sent yet") == 1
    assert data.get("text", "A long note")[:20].replace("\x00", "") in page.replace("\x00", "")
    assert all(value in page for name, value in data.items() if name in ("expected", "reason", "evidence_url"))
    assert rows() == before


def test_post_without_any_cookie_is_taken(link):
    assert Client(enforce_csrf_checks=True).post(link, {"answer": "done"}).status_code == 302


# Links that are closed


def closed(client, link, status, words):
    before = rows()
    for method in (client.get, client.head, lambda address: client.post(address, {"answer": "done"})):
        response = method(link)
        assert response.status_code == status
        assert response["Cache-Control"] == "no-store, private"
    assert words in client.get(link).content.decode()
    assert "Set up a working group" not in client.get(link).content.decode()
    assert rows() == before


@pytest.mark.parametrize("token", ["x", "x:y:z", "WzFd:1xV0cp:t8_XAv4Tq7Q2ESWCYC5CXaINzf", "%20", "ا", "a" * 5000])
def test_link_that_is_forged_is_not_found(client, notice, token):
    closed(client, f"/follow-up/{token}/", 404, "not complete")


def test_link_after_its_days_has_expired(client, notice, monkeypatch, settings):
    real = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: real() - settings.FOLLOWUP_LINK_DAYS * 86400 - 5)
    link = answers.link(notice).removeprefix(SITE)
    monkeypatch.undo()
    closed(client, link, 410, "has expired")


def test_link_when_the_commitment_was_given_to_another_person_is_closed(client, notice, link, today):
    point = FocalPoint.objects.get()
    point.ends = today - timedelta(days=3)
    point.starts = today - timedelta(days=9)
    point.save()
    closed(client, link, 410, "Somebody else is in charge now")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "withdrawn"}, "no longer asked"),
        ({"state": "draft"}, "no longer asked"),
        ({"embargoed_until": timezone.now() + timedelta(days=1)}, "no longer asked"),
        ({"closure": "dropped"}, "commitment is closed"),
    ],
)
def test_link_when_the_commitment_was_withdrawn_or_closed_is_closed(client, notice, link, fields, words):
    for name, value in fields.items():
        setattr(notice.commitment, name, value)
    notice.commitment.save()
    closed(client, link, 410, words)


def test_link_when_its_notice_is_gone_or_another_is_closed(client, notice, link):
    Notice.objects.filter(pk=notice.pk).update(person=make_focal_person("other"))
    closed(client, link, 410, "no longer asked")
    Notice.objects.all().delete()
    closed(client, link, 410, "no longer asked")


def test_link_when_the_due_date_was_moved_asks_with_the_new_one(client, notice, link):
    notice.commitment.due = "2199-05-01"
    notice.commitment.save()
    assert "1 May 2199" in client.get(link).content.decode()
    assert client.post(link, {"answer": "on_track"}).status_code == 302


def test_page_speaks_the_language_of_the_person_until_the_visitor_chooses(client, notice, link, settings):
    notice.person.language = "ur"
    notice.person.save()
    with translation.override("en"):  # the middleware leaves the language of the last request behind
        assert '<html lang="ur" dir="rtl">' in client.get(link).content.decode()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
        assert '<html lang="zh-hans" dir="ltr">' in client.get(link).content.decode()
