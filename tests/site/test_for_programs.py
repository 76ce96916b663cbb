"""What stands at addresses of their own for programs, and what every answer tells a browser."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_robots_are_kept_from_what_is_of_no_use_to_them(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().splitlines() == [
        "User-agent: *", "Disallow: /admin/", "Disallow: /account/", "Disallow: /follow-up/", "Disallow: /search/",
        "Disallow: /ur/search/", "Disallow: /zh-hans/search/", "Disallow: /report-an-error/",
        "Disallow: /ur/report-an-error/", "Disallow: /zh-hans/report-an-error/", "Disallow: /subscriptions/",
        "Disallow: /ur/subscriptions/", "Disallow: /zh-hans/subscriptions/", "Disallow: /*as_of=",
        "Sitemap: http://testserver/sitemap.xml",
    ]  # fmt: skip


def test_contact_is_named_where_there_is_one_until_a_day_to_come(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=100) < expires - timezone.now() < timedelta(days=365)
    assert fields == {
        "Contact": "mailto:security@example.org",
        "Preferred-Languages": "en",
        "Canonical": "http://testserver/.well-known/security.txt",
    }


def test_icon_is_found_by_browsers_that_guess(client):
    assert client.get("/favicon.ico", follow=False)["Location"].endswith("/img/favicon.svg")


@pytest.mark.parametrize(
    "address", ["/", "/commitments/", "/commitments.csv", "/nowhere/", "/admin/login/", "/static/img/favicon.svg"]
)
def test_every_answer_bears_the_headers_that_browsers_heed(client, address):
    answer = client.get(address)
    answer.getvalue()
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin")
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    if "text/html" in answer["Content-Type"]:
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
