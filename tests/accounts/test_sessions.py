"""A session ends by itself, and with the account."""

import time

import pytest
from django.conf import settings
from django.test import Client

from tests.admin.conftest import logged_in, make_user
from tracker.accounts import middleware

pytestmark = pytest.mark.django_db

DESK = "/admin/"


@pytest.fixture
def later(monkeypatch):
    """``later(minutes)``: moves the clock of the sessions on."""
    clock = {"now": time.time()}
    monkeypatch.setattr(middleware.time, "time", lambda: clock["now"])

    def later(minutes):
        clock["now"] += minutes * 60

    return later


@pytest.fixture
def desk():
    client = logged_in(make_user("amina", "editor"))
    assert client.get(DESK).status_code == 200
    return client


def test_session_that_is_used_goes_on_and_one_that_is_not_ends(later, desk):
    for _time in range(3):
        later(settings.SESSION_IDLE_MINUTES - 1)
        assert desk.get(DESK).status_code == 200
    later(settings.SESSION_IDLE_MINUTES + 1)
    answer = desk.get(DESK, follow=True)
    assert answer.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert "You have been logged out: log in again." in answer.content.decode()


def test_session_ends_after_a_day_s_work_however_much_it_is_used(later, desk):
    for _time in range(settings.SESSION_HOURS - 1):
        later(60)
        assert desk.get(DESK).status_code == 200
    later(61)
    assert desk.get(DESK).status_code == 302


def test_session_of_an_account_that_is_deactivated_ends_at_once(desk):
    desk.user.is_active = False
    desk.user.save()
    assert desk.get(DESK).status_code == 302


def test_session_of_an_account_that_loses_its_rights_opens_the_desk_no_more(desk):
    desk.user.is_staff = False
    desk.user.save()
    assert desk.get(DESK).status_code == 302


def test_other_sessions_end_when_the_password_is_changed(desk):
    other = Client()
    other.force_login(desk.user)
    desk.user.set_password("another long phrase")
    desk.user.save()
    assert [each.get(DESK).status_code for each in (desk, other)] == [302, 302]


def test_log_out_ends_the_session_and_clears_what_the_browser_kept(desk):
    again = Client()
    again.cookies = desk.cookies.copy()
    answer = desk.post("/admin/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert again.get(DESK).status_code == 302


def test_reader_without_an_account_gets_no_session(client):
    assert client.get("/").cookies == {}


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_log_in_that_names_a_foreign_address_leads_to_the_desk(client, next_page):
    make_user("amina", "editor")
    sent = {"username": "amina", "password": "a long pass phrase", "next": next_page}
    answer = client.post(f"/admin/login/?next={next_page}", sent, follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([("/admin/", 302)], 200)
