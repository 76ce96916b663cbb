"""Guessing passwords: few are tried, by whatever way, and administrators see that somebody did."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.test import Client
from django.utils import timezone

from tests.admin.conftest import make_user
from tracker.accounts.guessing_limits import COOL_OFF

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
RIGHT = "a long pass phrase"


@pytest.fixture
def user():
    return make_user("amina", "editor")


def attempt(name="amina", password="wrong", address="192.0.2.1", agent="Browser", **headers):
    sent = {"username": name, "password": password}
    return Client().post(LOGIN, sent, REMOTE_ADDR=address, HTTP_USER_AGENT=agent, **headers)


def codes(number, **changes):
    return [attempt(**changes).status_code for _number in range(number)]


def pass_time(by):
    AccessAttempt.objects.update(attempt_time=timezone.now() - by)


def test_account_is_locked_for_one_address_after_five_and_open_to_others(user):
    assert codes(6) == [200, 200, 200, 200, 429, 429]
    assert attempt(password=RIGHT).status_code == 429
    assert attempt(password=RIGHT, address="192.0.2.2").status_code == 302


def test_lock_ends_in_time_however_often_it_is_tried_meanwhile(user):
    codes(5)
    pass_time(COOL_OFF - timedelta(seconds=20))
    assert codes(3) == [429] * 3
    pass_time(COOL_OFF + timedelta(seconds=1))
    assert attempt(password=RIGHT).status_code == 302


def test_names_and_addresses_of_one_account_are_counted_together_whatever_the_browser(user):
    names = ["amina", "amina@example.org", "AMINA@Example.org", "amina", "amina@example.org"]
    assert [attempt(name, agent=str(number)).status_code for number, name in enumerate(names)] == [200] * 4 + [429]


def test_address_that_tries_many_accounts_is_locked_after_thirty(user):
    assert codes(30, name="nobody")[:5] == [200] * 4 + [429]
    AccessAttempt.objects.all().delete()
    assert [attempt(f"nobody{number}").status_code for number in range(30)] == [200] * 29 + [429]
    assert attempt(password=RIGHT).status_code == 429
    assert attempt(password=RIGHT, address="192.0.2.2").status_code == 302


def test_account_that_is_tried_from_everywhere_is_locked_after_a_hundred(user):
    found = [attempt(address=f"192.0.2.{number}").status_code for number in range(100)]
    assert found == [200] * 99 + [429]
    assert attempt(password=RIGHT, address="198.51.100.1").status_code == 429


def test_log_in_begins_the_count_anew(user):
    codes(4)
    assert attempt(password=RIGHT).status_code == 302
    assert codes(4) == [200] * 4


def test_header_of_a_proxy_that_nobody_named_changes_no_address(user):
    assert [attempt(HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").status_code for n in range(5)] == [200] * 4 + [429]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("en", "no log-in is tried for 15 minutes"),
        ("ur", "15 منٹ"),
        ("zh-hans", "15 分钟"),
    ],
)
def test_page_says_what_is_so_in_the_language_of_the_browser_and_the_same_of_no_account(user, wish, words):
    pages = []
    for name in ("amina", "nobody"):
        for _time in range(5):
            answer = attempt(name, HTTP_ACCEPT_LANGUAGE=wish)
        pages.append(answer.content.decode())
        assert (answer.status_code, answer["Retry-After"]) == (429, "900")
        AccessAttempt.objects.all().delete()
    assert pages[0] == pages[1]
    assert words in " ".join(pages[0].split()) and f'lang="{wish}"' in pages[0]


def test_refusals_are_logged_without_what_was_typed(user):
    attempt()
    attempt(name="my secret password")
    stored = str([list(model.objects.values()) for model in (AccessAttempt, AccessFailureLog)])
    assert "amina" in stored
    assert not re.search("wrong|my secret", stored)
