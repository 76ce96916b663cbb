"""What every answer to a program has: marks of its state, permission for other sites, problems that programs read."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests.factories import make_agreement
from tests.registers.taking_away import links
from tracker.records.models import DataVersion
from tracker.registers import deployed
from tracker.site.registers import REGISTERS

SITE = "http://testserver"
ANSWERS = ["v1/", "v1/agreements/", "v1/agreements/?fields=title", "v1/agreements/{reference}/", "schema/"]
EXPOSED = {"Content-Disposition", "Data-Version", "ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"}
JSON = "application/json"


@pytest.fixture
def agreement(db):
    return make_agreement(title="Cable treaty")


@pytest.fixture
def answers(agreement):
    return [f"/api/{each.format(reference=agreement.reference)}" for each in ANSWERS]


def said(response, status):
    """The members of a problem."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    content = response.json()
    assert content["status"] == status and content["type"] == f"{SITE}/api/docs/#status-{status}"
    return content


# Marks


def test_answer_that_is_still_the_same_is_not_given_again(client, answers, django_assert_num_queries):
    for address in answers:
        first = client.get(address)
        assert (first["Data-Version"], first["Cache-Control"]) == (str(DataVersion.current()), "no-cache")
        for mark in (first["ETag"], first["ETag"].removeprefix("W/"), f'"x", {first["ETag"]}'):
            with django_assert_num_queries(1):
                second = client.get(address, headers={"if-none-match": mark})
            assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])
            assert second["Data-Version"] == first["Data-Version"] and "Content-Type" not in second
        assert client.get(address, headers={"if-none-match": "*"}).status_code == 304
        assert client.get(address, headers={"if-none-match": '"x"'}).status_code == 200
    assert client.get("/api/v1/agreements/AGR-9999/", headers={"if-none-match": "*"}).status_code == 404


def test_mark_moves_with_data_day_address_form_and_code(client, answers, monkeypatch):
    def marks():
        return [client.get(address, headers={"accept": JSON})["ETag"] for address in answers]

    seen = [marks()]
    assert len(set(seen[0])) == len(answers) and marks() == seen[0]
    make_agreement()
    seen.append(marks())
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    with monkeypatch.context() as patch:
        patch.setattr("tracker.site.api.views.localdate", lambda: tomorrow)
        seen.append(marks())
    with monkeypatch.context() as patch:
        patch.setattr(deployed, "deployed_code", lambda: "another release")
        seen.append(marks())
    for mark in zip(*seen, strict=True):
        assert len(set(mark)) == 4
    assert client.get("/api/schema/")["ETag"] != client.get("/api/schema/", headers={"accept": JSON})["ETag"]


def test_answer_varies_with_nobody_and_leaves_no_cookie(client, answers, settings):
    """Whoever is logged in is answered as everybody is, and no page cache comes between an answer and its count."""
    settings.CACHE_PAGES_BYTES = 2**20
    for address in answers:
        left = [client.get(address)["RateLimit"].split(";")[1] for _time in range(2)]
        response = client.get(address, headers={"cookie": "sessionid=x"})
        assert left[0] != left[1] and response.status_code == 200
        assert (response.get("Vary"), str(response.cookies)) == ("Accept" if "schema" in address else None, "")


def test_head_and_options_answer_without_a_body(client, answers):
    for address in answers:
        whole, head, options = client.get(address), client.head(address), client.options(address)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
        assert (options.status_code, options.content, options["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


def test_links_name_the_licence(client, answers):
    for address in answers:
        assert links(client.get(address))["license"] == "https://creativecommons.org/licenses/by/4.0/"


# Problems


def test_what_is_not_there_is_a_problem(client, agreement):
    for path in ("v1/agreements/AGR-9999/", "v1/nothing/", "nothing", "v2/", "v1/agreements/1/2/", ""):
        assert said(client.get(f"/api/{path}"), 404)["instance"] == f"/api/{path}"


def test_last_slash_that_was_left_out_leads_on(client, agreement):
    for path in ("v1", "v1/agreements", f"v1/agreements/{agreement.reference}", "schema"):
        response = client.get(f"/api/{path}?lang=ur")
        assert (response.status_code, response["Location"]) == (301, f"/api/{path}/?lang=ur")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client, answers, method):
    for address in answers:
        response = getattr(client, method)(address, content_type=JSON)
        assert said(response, 405) and response["Allow"] == "GET, HEAD, OPTIONS"
    assert Client(enforce_csrf_checks=True).post("/api/v1/").status_code == 405


def test_other_form_than_there_is_is_a_problem(client, answers):
    for address in answers:
        said(client.get(address, headers={"accept": "text/csv"}), 406)
        for accepted in ("*/*", "application/*", "text/html, application/json;q=0.1", JSON):
            assert client.get(address, headers={"accept": accepted}).status_code == 200


def test_request_that_is_refused_before_it_is_read_is_a_problem(client, agreement):
    said(client.get("/api/v1/agreements/?q=%00"), 400)
    said(client.get("/api/v1/?" + "&".join(["a=b"] * 1001)), 400)
    said(client.get("/api/v1/", headers={"host": "elsewhere.example"}), 400)
    response = client.post("/api/v1/", "x" * 70_000, content_type="text/plain")
    assert (response.status_code, response.json()["type"]) == (413, "about:blank")


def test_failure_of_ours_is_a_problem_and_is_logged(client, agreement, monkeypatch, caplog):
    client.raise_request_exception = False
    monkeypatch.setattr("tracker.site.api.views.page_of", lambda *_: 1 / 0)
    assert "ZeroDivisionError" not in str(said(client.get("/api/v1/agreements/"), 500))
    assert "ZeroDivisionError" in caplog.text


def test_database_that_is_away_is_a_problem_for_now(client, agreement, monkeypatch):
    def away():
        raise OperationalError("no connection to 10.0.0.1")

    monkeypatch.setattr("tracker.site.api.views.DataVersion.current", away)
    response = client.get("/api/v1/agreements/")
    assert "10.0.0.1" not in str(said(response, 503)) and response["Retry-After"] == "30"


# Other sites


def test_pages_of_other_sites_may_read_what_is_for_programs(client, answers):
    files = [f"/{register.name}.{kind}" for register in REGISTERS for kind in ("csv", "json", "xlsx")]
    beside = ["/agreements.csv-metadata.json", "/ur/agreements.csv", "/pairs.json", "/agreements/AGR-0001.json"]
    for address in [
        *answers,
        *files,
        *beside,
        "/api/v1/nothing/",
        "/agreements.csv?x=y",
        "/nothing.ics",
        "/data/releases/1.zip",
    ]:
        response = client.get(address, headers={"origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*", address
        assert set(response["Access-Control-Expose-Headers"].split(", ")) == EXPOSED
        assert "Access-Control-Allow-Credentials" not in response
        asking = {"origin": "https://elsewhere.example", "access-control-request-method": "GET"}
        response = client.options(address, headers=asking)
        assert (response.status_code, response["Access-Control-Allow-Origin"]) == (204, "*")
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_pages_of_other_sites_may_read_nothing_else(client, agreement):
    pages = ["/", "/agreements/", agreement.get_absolute_url(), "/api/docs/", "/admin/login/", "/healthz"]
    for address in [*pages, "/follow-up/x.json", "/admin/x.json", "/account/x.csv", "/static/x.json"]:
        for method in (client.get, client.options):
            response = method(address, headers={"origin": "https://elsewhere.example"})
            assert not [name for name in response.headers if name.startswith("Access-Control")], address
