"""The pages of accounts in a browser: axe finds nothing, nothing overflows, and a telephone's app gets its drawing."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.admin.conftest import make_user
from tests.browser.test_accessibility import faults, overflow, show

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look_at(page, address):
    page.goto(address)
    for width, scheme in ((1280, "light"), (320, "dark")):
        show(page, width, scheme)
        assert (faults(page), overflow(page)) == ([], 0), address


def log_in(page, user, address):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session.save()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}
    page.context.add_cookies([cookie])


def test_pages_of_a_password_can_be_read_by_everybody(browser_page):
    user = make_user("amina", "editor", language="ur")
    identity = urlsafe_base64_encode(force_bytes(user.pk))
    link = reverse("account:password", args=[identity, default_token_generator.make_token(user)])
    for address in ("/account/forgotten/", "/account/forgotten/asked/", link, "/account/password/x/y/"):
        look_at(browser_page, address)
    look_at(browser_page, "/account/password/set/")


def test_pages_of_the_second_factor_can_be_read_by_everybody(browser_page, live_server, settings):
    settings.REQUIRE_TOTP = True
    log_in(browser_page, make_user("amina", "editor"), live_server.url)
    look_at(browser_page, "/account/second-factor/")
    drawing = browser_page.locator(".qr svg").bounding_box()
    assert drawing["width"] == drawing["height"] > 150
