"""Signed links: only ours count, for their purpose, for a time, across a change of keys."""

from datetime import timedelta

import pytest
from django.core import signing

from tracker.mail import links

DAYS = timedelta(days=60)


def test_read_when_the_token_is_ours_returns_the_identity():
    assert links.read("test", links.sign("test", 7, 11, 13), DAYS) == (7, 11, 13)


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1],
        lambda token: "x" + token,
        lambda token: token.replace(":", "-"),
        lambda token: token[: token.index(":")],
        lambda token: token[::-1],
        lambda token: "",
        lambda token: token + "\x00",
        lambda token: "پاکستان" + token,
        lambda token: token * 1000,
    ],
)
def test_read_when_the_token_was_changed_refuses_it(change):
    with pytest.raises(signing.BadSignature):
        links.read("test", change(links.sign("test", 7)), DAYS)


def test_read_of_every_token_that_differs_in_one_character_refuses_it():
    token = links.sign("test", 7, 11)
    accepted = []
    for place, original in enumerate(token):
        for other in "Aa0-_:":
            if other != original:
                try:
                    links.read("test", token[:place] + other + token[place + 1 :], DAYS)
                    accepted.append((place, other))
                except signing.BadSignature:
                    pass
    assert accepted == []


def test_read_for_another_purpose_refuses_the_token():
    with pytest.raises(signing.BadSignature):
        links.read("unsubscribe", links.sign("follow-up", 7), DAYS)


def test_read_after_its_time_says_that_it_expired(monkeypatch):
    token = links.sign("test", 7)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + DAYS.total_seconds() + 2)
    with pytest.raises(signing.SignatureExpired):
        links.read("test", token, DAYS)


def test_read_after_the_key_was_changed_accepts_what_an_older_key_signed(settings):
    token, old = links.sign("test", 7), settings.SECRET_KEY
    settings.SECRET_KEY = "a new key of more than fifty characters, 0123456789-0123456789"
    with pytest.raises(signing.BadSignature):
        links.read("test", token, DAYS)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert links.read("test", token, DAYS) == (7,)
