"""A real nginx with the shipped configuration, over TLS, before the product: it walks, it holds, it keeps quiet."""

import json
import re
import signal
import ssl
import threading
import time
from contextlib import closing
from http.client import HTTPConnection, RemoteDisconnected

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from django.utils import timezone

from meetings.followups import answers
from meetings.models import FocalPoint, ProgressUpdate
from tests.factories import make_agreement, make_country
from tests.meetings.followups.asking import make_due, make_focal_person
from tests.meetings.followups.reminders import make_reminder
from tests.production.visitor import Visitor
from tests.services.nginx import HOST
from tests.site.subscriptions.readers import make as make_subscription
from tracker.accounts.models import User
from tracker.discretion import discreet
from tracker.site.subscriptions import links as subscription_links

pytestmark = [pytest.mark.nginx, pytest.mark.once]

PASSWORD = "correct horse battery staple"
SLOW = 200
LONGEST_SECONDS = 1.0


@pytest.fixture
def reminder(transactional_db):
    person = make_focal_person("Ayesha Khan", email="ayesha@example.org")
    commitment = make_due(today=timezone.now().date(), title="Set up a working group")
    FocalPoint.objects.create(commitment=commitment, person=person, side=make_country("PAK"))
    return make_reminder(commitment, person)


def path_of(link):
    return link.removeprefix("http://testserver")


def log_in(visitor):
    chief = User(username="chief", email="chief@example.org", is_staff=True, is_superuser=True)
    # As the product stores it; the cheap ones of the tests mean nothing to it.
    chief.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt")
    chief.save()
    visitor.get("/admin/login/")
    return visitor.post("/admin/login/?next=/admin/", {"username": "chief", "password": PASSWORD, "next": "/admin/"})


def test_walk_through_log_in_list_export_follow_up_link_and_static_file(production, reminder):
    make_agreement(title="Memorandum on cables")
    visitor = Visitor(production.nginx)
    response = log_in(visitor)
    assert (response.status, response.getheader("Location")) == (302, "/admin/")
    assert visitor.cookies["__Host-sessionid"]["secure"] and visitor.get("/admin/").status == 200
    assert visitor.get("/agreements/").status == 200 and "Memorandum on cables" in visitor.page
    response = visitor.get("/agreements.csv")
    assert (response.status, response.getheader("Content-Type").split(";")[0]) == (200, "text/csv")
    assert "Memorandum on cables" in visitor.page

    reader, link = Visitor(production.nginx), path_of(answers.link(reminder))
    response = reader.get(link)
    assert (response.status, response.getheader("Cache-Control")) == (200, "no-store, private")
    response = reader.post(link, {"answer": "on_track", "note": "It goes on."})
    assert (response.status, response.getheader("Location")) == (302, link)
    assert ProgressUpdate.objects.count() == 1
    assert reader.post(path_of(answers.stop_link(reminder.person)), {"List-Unsubscribe": "One-Click"}).status == 200


def test_static_files_come_from_nginx_packed_and_are_kept_for_good_by_their_names(production):
    visitor = Visitor(production.nginx)
    visitor.get("/about/")
    (hashed,) = re.findall(r"/static/css/base\.[0-9a-f]{12}\.css", visitor.page)
    production.web.kill()
    kept = visitor.get(hashed, Accept_Encoding="gzip")
    assert (kept.status, kept.getheader("Content-Encoding")) == (200, "gzip")
    assert kept.getheader("Cache-Control") == "max-age=315360000, public, immutable"
    asked_again = visitor.get("/static/css/base.css")
    assert (asked_again.status, asked_again.getheader("Cache-Control")) == (200, "max-age=60, public")
    assert visitor.get("/static/css/base.css", If_None_Match=asked_again.getheader("ETag")).status == 304
    names = ("X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security", "Cross-Origin-Resource-Policy")
    assert all(kept.getheader(name) for name in names)
    assert visitor.get("/static/staticfiles.json").status == 404
    # These are not among them, so that nginx asks the web server, which is gone.
    assert {visitor.get(f"/static{way}nginx.conf").status for way in ("/../", "../", "/..%2f")} == {502}


def test_redirects_lead_to_the_end_whatever_the_reader_claims(production):
    nginx, visitor = production.nginx, Visitor(production.nginx)
    assert visitor.follow("/") == (200, [])
    assert visitor.follow("/admin") == (200, ["/admin/", "/admin/login/?next=/admin/"])
    assert visitor.get("/about/", X_Forwarded_Proto="http").status == 200
    assert (
        visitor.get("/about/", X_Forwarded_Host="evil.example", Forwarded="host=evil.example;proto=http").status == 200
    )
    with closing(HTTPConnection("127.0.0.1", nginx.plain_port, timeout=10)) as plain:
        plain.request("GET", "/about/?a=b", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        response = plain.getresponse()
        response.read()
    assert (response.status, response.getheader("Location")) == (301, f"{nginx.site_url}/about/?a=b")


def test_another_name_gets_no_answer(nginx):
    with nginx.connect() as known:
        assert known.version() == "TLSv1.3"
    with pytest.raises(ssl.SSLError, match="unrecognized name"):
        nginx.connect(name="evil.example")


def test_half_sent_requests_of_many_do_not_keep_others_waiting(production, reminder):
    nginx, other = production.nginx, Visitor(production.nginx, "127.9.9.9")
    assert other.get("/about/").status == 200
    link = path_of(answers.link(reminder))
    half_head = f"GET /about/ HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode()
    half_body = f"POST {link} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 2000\r\n\r\nanswer=".encode()
    slow = []
    for number in range(2 * SLOW):
        slow.append(nginx.connect(f"127.1.{number // 200}.{number % 200 + 1}"))
        slow[-1].sendall(half_head if number % 2 else half_body)
    seconds = []
    for path in ("/about/", "/healthz", "/agreements/", link) * 3:
        begun = time.monotonic()
        assert other.get(path).status == 200
        seconds.append(time.monotonic() - begun)
    assert max(seconds) < LONGEST_SECONDS
    # They were held until now, and nothing behind heard of them.
    assert sum(each.fileno() >= 0 for each in slow) == 2 * SLOW
    assert ProgressUpdate.objects.count() == 0
    for each in slow:
        each.close()


def test_body_over_the_limit_is_refused_and_readiness_is_for_the_inside(production, reminder):
    nginx, link = production.nginx, path_of(answers.link(reminder))
    assert nginx.ask("POST", link, b"x" * 300_000)[0].status == 413
    assert nginx.ask("POST", "/about/", b"x" * 300_000)[0].status == 413
    assert nginx.ask("POST", "/admin/login/", Content_Length=str(17 * 1024**2))[0].status == 413
    # Behind it, the product's own limit speaks first on the desk.
    assert nginx.ask("POST", "/admin/login/", b"x" * 300_000)[0].status in (400, 403, 413)
    assert nginx.ask("GET", "/about/", X_Long="x" * 40_000)[0].status == 400
    assert nginx.ask("GET", "/readyz")[0].status == 200
    assert nginx.ask("GET", "/readyz", source="127.0.0.2")[0].status == 403


def test_guesses_from_one_address_are_slowed_down_and_others_log_in(production):
    guesser, other = Visitor(production.nginx, "127.3.3.3"), Visitor(production.nginx, "127.4.4.4")
    answers_to_guesses = {guesser.post("/admin/login/", {"username": "chief"}).status for _ in range(40)}
    assert 429 in answers_to_guesses
    assert guesser.get("/admin/login/").status == 200
    assert log_in(other).status == 302


def test_without_the_web_server_readers_are_told_to_come_back(nginx):
    response, page = nginx.ask("GET", "/agreements/")
    assert (response.status, response.getheader("Retry-After")) == (502, "60")
    assert "try again in a minute" in page.decode() and "请一分钟后再试" in page.decode()


def test_programs_are_told_in_their_own_way_and_counted_by_who_they_are(production):
    near, far = Visitor(production.nginx), Visitor(production.nginx, "127.0.0.2")
    left = [each.get("/api/v1/").getheader("RateLimit").partition(";t")[0] for each in (near, near, far)]
    assert left == ['"api";r=599', '"api";r=598', '"api";r=599']
    assert near.get("/api/docs/").getheader("Content-Type").startswith("text/html")
    with closing(production.nginx.connect()) as line:
        # One after the other without waiting, as nobody does who reads: more than the burst has room for.
        line.sendall(f"GET /api/nothing/ HTTP/1.1\r\nHost: {HOST}:{production.nginx.port}\r\n\r\n".encode() * 300)
        said = b""
        while b"429 Too Many" not in said or b'"status": 429' not in said:
            said += line.recv(2**16)
    refusal = said[said.index(b"HTTP/1.1 429") :].decode()
    assert "Content-Type: application/problem+json\r\n" in refusal
    assert "Retry-After: 10\r\n" in refusal and "Access-Control-Allow-Origin: *\r\n" in refusal


def test_programs_are_told_that_the_product_is_away(nginx):
    visitor = Visitor(nginx)
    response = visitor.get("/api/v1/")
    assert (response.status, response.getheader("Content-Type")) == (503, "application/problem+json")
    assert (json.loads(visitor.page)["status"], response.getheader("Retry-After")) == (503, "60")


def test_logs_hold_no_address_and_no_token(production, reminder):
    nginx, visitor = production.nginx, Visitor(production.nginx)
    link, stop = path_of(answers.link(reminder)), path_of(answers.stop_link(reminder.person))
    told = path_of(subscription_links.manage_link(make_subscription()))
    tokens = {link.split("/")[2], stop.split("/")[3], told.split("/")[3]}
    forged = [
        link[:-6] + "/",
        stop[:-6] + "/",
        link.replace("/follow-up/", "/%66ollow-up//"),
        f"/x/{link.split('/')[2]}",
    ]
    for path in (
        link,
        stop,
        told,
        f"/ur{told[:-6]}/",
        *forged,
        link.upper(),
        f"/nothing/ayesha@example.org/?q=ayesha@example.org{link}",
    ):
        visitor.get(path, Referer=f"https://mail.example/{link}", User_Agent="bot (+mailto:ayesha@example.org)")
    nginx.ask("POST", link, b"x" * 300_000)
    with pytest.raises(RemoteDisconnected):
        visitor.get(link, Host="evil.example")
    production.web.kill()
    assert visitor.get(link).status == 502
    written = nginx.log() + production.web.log
    assert len(nginx.log().splitlines()) > 8 and "Not Found: /follow-up/***" in production.web.log
    assert [token for token in tokens if token[:20] in written] == []
    assert [word for word in ("ayesha", "127.0.0", "mailto", "mail.example") if word in written.lower()] == []
    # What nginx wrote down says no more than the product would.
    assert discreet(nginx.log()) == nginx.log()


def test_log_when_rotated_goes_on_in_a_new_file(nginx):
    nginx.ask("GET", "/about/")
    log = nginx.logs / "access.log"
    log.rename(nginx.logs / "access.log.1")
    nginx.signal(signal.SIGUSR1)
    deadline = time.monotonic() + 10
    while '"/pairs/"' not in (log.read_text() if log.exists() else "") and time.monotonic() < deadline:
        nginx.ask("GET", "/pairs/")  # each of its processes opens the file anew when it gets to it
    assert '"/pairs/"' in log.read_text()


def test_stop_of_the_web_server_finishes_what_it_has_begun(production, reminder):
    nginx, statuses = production.nginx, []
    visitor, link = Visitor(nginx), path_of(answers.link(reminder))
    visitor.get(link)
    answer = threading.Thread(target=lambda: statuses.append(visitor.post(link, {"answer": "on_track"}).status))
    with transaction.atomic():  # nobody else writes
        answer.start()
        for _ in range(5):  # what was sent later is answered, so that the answer is there
            assert nginx.ask("GET", "/healthz")[0].status == 200
        production.web.signal(signal.SIGTERM)
    answer.join()
    assert statuses == [302] and ProgressUpdate.objects.count() == 1
    assert production.web.wait(40) == 0
