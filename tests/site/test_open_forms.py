"""Forms that anybody may send: what tells programs from people, and that nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms

from tests.site.api.test_throttling import cache_at
from tracker.site import counting
from tracker.site.open_forms import OpenForm, open_form_page

OPENED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = OPENED + timedelta(minutes=5)
TYPED = {"text": "It was signed in Lahore."}


class RemarkForm(OpenForm):
    purpose = "remark"
    text = forms.CharField()


class OtherForm(RemarkForm):
    purpose = "other"


@pytest.fixture
def counted(settings, valkey, monkeypatch):
    settings.CACHES = cache_at(valkey)
    monkeypatch.setattr(counting, "_valkey", counting.Away())
    settings.OPEN_FORMS_PER_HOUR = 3
    yield settings


def opened(rf, form=RemarkForm, at=OPENED):
    return form(rf.get("/"), at).mark


def sent(rf, now=LATER, form=RemarkForm, address="192.0.2.7", headers=None, **typed):
    return form(rf.post("/", TYPED | typed, REMOTE_ADDR=address, headers=headers), now)


def said(form):
    assert form.is_valid() == (not form.errors)
    return [message.split(".")[0] for messages in form.errors.values() for message in messages]


def test_form_that_somebody_filled_in_is_taken(rf):
    form = sent(rf, opened=opened(rf))
    assert (said(form), form.cleaned_data) == ([], TYPED)


def test_form_with_the_empty_field_filled_in_is_refused_and_comes_back_with_it_empty(rf):
    form = sent(rf, opened=opened(rf), homepage="https://spam.example")
    assert said(form) == ["A field that is to stay empty was filled in, as programs do"]
    assert form["text"].value() == TYPED["text"]
    assert "spam.example" not in form.answer("components/open_form.html", {}).content.decode()
    assert said(sent(rf, opened=form.mark)) == []


@pytest.mark.parametrize(("seconds", "is_taken"), [(0, False), (2.9, False), (3, True)])
def test_form_sent_sooner_than_anybody_types_is_refused_and_taken_a_moment_later(rf, seconds, is_taken):
    form = sent(rf, OPENED + timedelta(seconds=seconds), opened=opened(rf))
    assert form.is_valid() == is_taken
    if not is_taken:
        assert said(form) == ["The form was sent sooner than anybody can fill it in"]
        assert said(sent(rf, OPENED + timedelta(seconds=4), opened=form.mark)) == []


@pytest.mark.parametrize(("age", "is_taken"), [(timedelta(days=1), True), (timedelta(days=1, seconds=1), False)])
def test_form_of_yesterday_is_refused_once_and_comes_back_with_what_was_typed(rf, age, is_taken):
    form = sent(rf, OPENED + age, opened=opened(rf))
    assert form.is_valid() == is_taken
    if not is_taken:
        assert said(form) == ["This page was opened long ago"]
        assert form["text"].value() == TYPED["text"]
        assert said(sent(rf, OPENED + age + timedelta(seconds=3), opened=form.mark)) == []


@pytest.mark.parametrize("mark", ["", "nonsense", "a:b", "WyJ4IiwxXQ:AAAA"])
def test_form_with_a_mark_that_is_not_ours_is_refused(rf, mark):
    assert said(sent(rf, opened=mark)) == ["This page was opened long ago"]


def test_mark_of_one_form_is_good_for_no_other(rf):
    assert said(sent(rf, opened=opened(rf, OtherForm))) == ["This page was opened long ago"]


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://testserver"}, False),
        ({"origin": "http://elsewhere.example"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_form_from_a_page_of_another_site_comes_back_instead_of_being_taken(rf, headers, is_taken):
    form = sent(rf, opened=opened(rf), headers=headers)
    assert said(form) == ([] if is_taken else ["The form came from a page of another site"])
    assert form["text"].value() == TYPED["text"]


def test_form_opened_once_has_one_key_however_often_it_is_sent(rf):
    mark = opened(rf)
    keys = [sent(rf, opened=each).key for each in (mark, mark, opened(rf))]
    assert keys[0] == keys[1] != keys[2] and len(keys[0]) == 22


def test_network_that_sends_too_many_forms_waits_for_the_next_hour(rf, counted):
    mark = opened(rf)
    answers = [sent(rf, opened=mark) for _time in range(5)]
    assert [form.is_valid() for form in answers] == [True, True, True, False, False]
    assert said(answers[3]) == [
        "So many forms came from your network within the hour that no more are taken from it for now"
    ]
    assert answers[3]["text"].value() == TYPED["text"]
    assert sent(rf, opened=mark, address="192.0.2.8").is_valid()
    assert sent(rf, opened=opened(rf, OtherForm), form=OtherForm).is_valid()
    assert sent(rf, OPENED + timedelta(hours=1), opened=mark).is_valid()


def test_refused_network_is_told_how_long_to_wait(rf, counted):
    counted.OPEN_FORMS_PER_HOUR = 1
    mark = opened(rf)
    forms_sent = [sent(rf, opened=mark) for _time in range(2)]
    assert [form.is_valid() for form in forms_sent] == [True, False]
    answers = [form.answer("components/open_form.html", {}) for form in forms_sent]
    assert [(each.status_code, each.get("Retry-After")) for each in answers] == [(200, None), (429, "3300")]


def test_form_with_a_mistake_is_not_counted(rf, counted):
    mark = opened(rf)
    assert [sent(rf, opened=mark, text="").is_valid() for _time in range(9)] == [False] * 9
    assert sent(rf, opened=mark).is_valid()


def test_forms_are_taken_uncounted_while_valkey_is_away(rf, counted, tmp_path):
    counted.CACHES = cache_at(f"unix://{tmp_path}/away/valkey.sock")
    mark = opened(rf)
    assert [sent(rf, opened=mark).is_valid() for _time in range(5)] == [True] * 5


def test_page_of_a_form_is_kept_nowhere(rf):
    page = open_form_page(lambda request: RemarkForm(request, OPENED).answer("components/open_form.html", {}))
    response = page(rf.get("/"))
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    assert page(rf.put("/")).status_code == 405
    drawn = re.sub(r"\s+", " ", response.content.decode())
    assert '<div class="visually-hidden" aria-hidden="true"> <label for="id_homepage">Leave this field empty' in drawn
    assert '<input id="id_homepage" name="homepage" tabindex="-1" autocomplete="off">' in drawn
