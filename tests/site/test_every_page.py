"""What holds on every page: headers, clean markup; and the addresses that watch over the site."""

import pytest
from django.db import DatabaseError, connection

from agreements.models import Country
from tests.factories import make_agreement, make_country
from tests.registers.reading import parse, words
from tests.site.crawl import crawl
from tests.site.test_pages import open_page

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


@pytest.mark.django_db
def test_page_in_urdu_reads_from_right_to_left(client):
    make_country("PAK", name_ur="پاکستان")
    make_agreement(("CHN", "PAK"))
    for there in ("/ur/agreements/?country=PAK&type=mou", "/ur/pairs/CHN-PAK/", "/ur/", "/ur/nothing-here/"):
        root = parse(client.get(there).content.decode())
        assert (root.get("lang"), root.get("dir")) == ("ur", "rtl"), there
    assert "پاکستان" in words(open_page(client, "/ur/pairs/CHN-PAK/").find(".//h1"))
    root = open_page(client, "/")
    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")


@pytest.mark.parametrize(
    "address", ["/", "/agreements/", "/agreements.csv", "/nothing/", "/agreements/?q=%00", "/healthz"]
)
@pytest.mark.django_db
def test_response_carries_a_strict_policy(client, address):
    headers = client.get(address).headers
    if "%00" in address:
        assert headers["Content-Type"] == "text/plain"
        return
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_every_link_of_an_empty_site_leads_somewhere(client):
    found = crawl(client)
    assert {response.status_code for response in found.values()} == {200}
    assert Country.objects.count() == 0 and "/about/" in found


@pytest.mark.django_db
def test_readyz_when_the_broker_is_down_says_so(client, settings):
    settings.REDIS_URL = "unix:///tmp/nobody-listens-here.sock"
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: broker\n")


@pytest.mark.django_db
def test_readyz_when_all_answer_is_ready(client, valkey):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_readyz_when_the_database_is_down_says_so(client, valkey, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"not ready: database\n")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.django_db
def test_public_page_when_asked_to_change_something_refuses(client, method):
    agreement = make_agreement()
    for address in (
        "/",
        "/about/",
        "/pairs/",
        "/pairs/CHN-PAK/",
        agreement.get_absolute_url(),
        "/healthz",
        "/readyz",
        "/workz",
    ):
        assert getattr(client, method)(address).status_code == 405, address
