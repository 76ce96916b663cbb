"""How often one network may ask: counted in Valkey by all processes together, said with every answer."""

import logging
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import pairwise

import pytest
import redis
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

import tracker.settings
from tests.factories import make_agreement
from tests.services.smtp import free_port
from tests.services.valkey import Valkey
from tests.services.web import web_server
from tests.site.api.test_answers import said
from tracker.site import counting
from tracker.site.api.middleware import OpenToPrograms
from tracker.site.counting import network_of

ROOT = "/api/v1/"


def cache_at(url):
    return {"default": tracker.settings.CACHES["default"] | {"LOCATION": url}}


@pytest.fixture
def counted(settings, valkey, monkeypatch):
    """Requests are counted in a real Valkey, in a minute that does not end."""
    settings.CACHES = cache_at(valkey)
    monkeypatch.setattr("tracker.site.api.middleware.time.time", lambda: 1_800_000_010.0)
    monkeypatch.setattr(counting, "_valkey", counting.Away())
    settings.API_REQUESTS_PER_MINUTE = 600
    yield settings


def limits(response):
    return response["RateLimit-Policy"], response.get("RateLimit")


@pytest.mark.django_db
def test_every_answer_says_how_many_requests_are_left(client, counted):
    counted.API_REQUESTS_PER_MINUTE = 20
    make_agreement()
    mark = client.get("/api/v1/agreements/")["ETag"]
    asked = [
        (200, client.get(ROOT)),
        (304, client.get("/api/v1/agreements/", headers={"if-none-match": mark})),
        (400, client.get("/api/v1/?x=1")),
        (400, client.get("/api/v1/?x=%00")),
        (404, client.get("/api/nothing/")),
        (405, client.post(ROOT)),
        (406, client.get(ROOT, headers={"accept": "text/csv"})),
        (308, client.get("/api/v1/agreements/agr-0001/")),
        (301, client.get("/api/v1")),
        (204, client.options(ROOT)),
        (200, client.get("/api/schema/")),
    ]
    for number, (status, response) in enumerate(asked, 2):
        assert response.status_code == status
        assert limits(response) == ('"api";q=20;w=60', f'"api";r={20 - number};t=50')


@pytest.mark.django_db
def test_who_asks_too_often_waits_until_the_minute_ends(client, counted, monkeypatch):
    counted.API_REQUESTS_PER_MINUTE = 3
    answers = [client.get(ROOT) for _time in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert said(answers[3], 429)["detail"] == "Wait as many seconds as “Retry-After” says."
    assert (answers[3]["Retry-After"], limits(answers[3])[1]) == ("50", '"api";r=0;t=50')
    assert answers[3]["Access-Control-Allow-Origin"] == "*" and "Retry-After" not in answers[2]
    assert client.get("/api/docs/").status_code == client.get("/agreements.json").status_code == 200
    assert client.get(ROOT, REMOTE_ADDR="192.0.2.7").status_code == 200
    monkeypatch.setattr("tracker.site.api.middleware.time.time", lambda: 1_800_000_060.0)
    assert limits(client.get(ROOT)) == ('"api";q=3;w=60', '"api";r=2;t=60')


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ],
)
def test_network_is_an_address_or_what_one_household_has(address, network):
    assert network_of(address) == network


@pytest.mark.django_db
def test_addresses_of_one_network_count_together_and_are_not_kept_as_such(client, counted, valkey):
    counted.API_REQUESTS_PER_MINUTE = 10
    found = [
        limits(client.get(ROOT, REMOTE_ADDR=address))[1]
        for address in ("2001:db8:1:2::1", "2001:db8:1:2::ffff", "2001:db8:1:3::1", "localhost", "")
    ]
    assert [re.findall(r"r=(\d+)", each) for each in found] == [["9"], ["8"], ["9"], ["9"], ["9"]]
    with redis.Redis.from_url(valkey) as kept:
        keys = kept.keys()
        assert len(keys) == 4 and not [key for key in keys if b"2001" in key or b"localhost" in key]
        assert all(0 < kept.ttl(key) <= 120 for key in keys)


def test_requests_at_the_same_moment_are_each_counted_once(rf, counted):
    """Threads that all ask at once: as many pass as may, whoever comes first."""
    counted.API_REQUESTS_PER_MINUTE = 150
    passed, together = [], threading.Barrier(2)
    answer = OpenToPrograms(lambda _request: passed.append(1) or HttpResponse())

    def ask_often(_thread):
        together.wait()
        found = [answer(rf.get(ROOT)) for _time in range(100)]
        caches.close_all()
        return [int(re.findall(r"r=(\d+)", each["RateLimit"])[0]) for each in found if each.status_code == 200]

    with ThreadPoolExecutor(2) as threads:
        left = [number for numbers in threads.map(ask_often, range(2)) for number in numbers]
    assert sorted(left) == list(range(150)) and len(passed) == 150


def test_all_web_processes_count_together(process_environment):
    port = free_port()
    with web_server(process_environment | {"API_REQUESTS_PER_MINUTE": "1000"}, port, "--processes", "2"):
        left = []
        for _time in range(20):
            connection = HTTPConnection("localhost", port)
            connection.request("GET", ROOT)
            left.append(int(re.findall(r"r=(\d+)", connection.getresponse().headers["RateLimit"])[0]))
            connection.close()
        assert [one - other for one, other in pairwise(left)].count(1) >= 18


@pytest.mark.django_db
def test_api_answers_uncounted_while_valkey_is_away_and_says_so_once(client, counted, valkey, caplog, tmp_path):
    counted.API_REQUESTS_PER_MINUTE = 1
    away = f"unix://{tmp_path}/away/valkey.sock"
    counted.CACHES = cache_at(away)
    begun = time.monotonic()
    with caplog.at_level(logging.WARNING, "tracker.site.counting"):
        for _time in range(3):
            response = client.get(ROOT)
            assert (response.status_code, limits(response)) == (200, ('"api";q=1;w=60', None))
            counting._valkey._until = float("-inf")
    assert time.monotonic() - begun < 3
    assert [line.message for line in caplog.records] == [
        "Valkey does not answer: requests to the API and forms are not counted."
    ]


@pytest.mark.django_db
def test_valkey_that_hangs_is_waited_for_once_and_not_for_long(client, counted, tmp_path):
    path = tmp_path / "hangs.sock"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        counted.CACHES = cache_at(f"unix://{path}")
        begun = time.monotonic()
        for _time in range(3):
            assert (client.get(ROOT).status_code, client.get(ROOT).get("RateLimit")) == (200, None)
        assert 0.9 < time.monotonic() - begun < 3
        caches.close_all()


@pytest.mark.django_db
def test_valkey_that_comes_back_is_asked_again(client, counted, tmp_path, monkeypatch):
    server = Valkey(f"unix://{tmp_path}/vk/valkey.sock")
    server.socket.parent.mkdir(mode=0o700)
    counted.CACHES = cache_at(server.url)
    assert client.get(ROOT).get("RateLimit") is None
    server.start()
    try:
        assert client.get(ROOT).get("RateLimit") is None
        monkeypatch.setattr(counting._valkey, "_until", float("-inf"))
        assert client.get(ROOT)["RateLimit"] == '"api";r=599;t=50'
    finally:
        server.kill()


def test_limit_is_not_spent_by_who_only_reads_pages(counted, db):
    counted.API_REQUESTS_PER_MINUTE = 1
    for address in ("/", "/agreements/", "/agreements.csv", "/api/docs/"):
        assert "RateLimit" not in Client().get(address)
