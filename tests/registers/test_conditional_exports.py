"""Who has a file already is told so: by the data version, the day, the address and the code that is deployed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.factories import make_agreement
from tracker.registers import deployed, export

ADDRESSES = (
    "/agreements.csv",
    "/agreements.json?country=PAK",
    "/ur/agreements.xlsx",
    "/agreements/parties.csv",
    "/pairs.csv",
)


@pytest.fixture(autouse=True)
def agreement(db):
    return make_agreement(("CHN", "PAK"), title="Alpha")


def asked(client, address, etag):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, headers={"If-None-Match": etag})
    return response, len(queries)


@pytest.mark.parametrize("address", ADDRESSES)
def test_file_that_is_still_the_same_is_not_sent_again(client, address):
    whole = client.get(address)
    file = whole.getvalue()
    assert file and whole["Cache-Control"] == "no-cache"
    same, number = asked(client, address, whole["ETag"])
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", whole["ETag"])
    assert (same["Data-Version"], same["Link"]) == (whole["Data-Version"], whole["Link"])
    other, more = asked(client, address, '"another"')
    assert (other.status_code, other.getvalue(), other["ETag"]) == (200, file, whole["ETag"])
    assert number < more or address.startswith("/pairs")


@pytest.mark.parametrize("address", ADDRESSES)
def test_file_is_sent_again_after_a_change(client, agreement, address):
    etag = client.get(address)["ETag"]
    agreement.title = "Beta"
    agreement.save()
    assert asked(client, address, etag)[0].status_code == 200


def test_file_is_sent_again_on_another_day_and_by_other_code(client, monkeypatch):
    etag = client.get("/agreements.csv")["ETag"]
    monkeypatch.setattr(export, "localdate", lambda: localdate() + timedelta(days=1))
    assert asked(client, "/agreements.csv", etag)[0].status_code == 200
    monkeypatch.undo()
    assert asked(client, "/agreements.csv", etag)[0].status_code == 304
    monkeypatch.setattr(deployed, "deployed_code", lambda: "of another release")
    assert asked(client, "/agreements.csv", etag)[0].status_code == 200


def test_mark_of_the_code_follows_from_what_is_deployed(tmp_path, settings):
    """Not from when, or by whom: any process of one release gives the same."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "tracker").mkdir()
    page = tmp_path / "tracker" / "page.html"
    marks = []
    for text in ("one", "other", "one"):
        page.write_text(text)
        marks.append(deployed.deployed_code.__wrapped__())
    assert marks[0] == marks[2] != marks[1]


def test_address_and_language_have_marks_of_their_own(client):
    marks = {
        client.get(address)["ETag"] for address in (*ADDRESSES, "/agreements.csv?country=CHN", "/ur/agreements.csv")
    }
    assert len(marks) == len(ADDRESSES) + 2


def test_what_cannot_be_read_has_no_mark(client):
    refused = client.get("/agreements.csv?foo=1", headers={"If-None-Match": "*"})
    assert (refused.status_code, refused.get("ETag")) == (400, None)
