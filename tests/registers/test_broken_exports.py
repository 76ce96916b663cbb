"""An export that fails: an error where nothing has gone out yet, else a file that nobody takes for whole."""

import csv
import io
import json
import re
import threading
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection, IncompleteRead

import pytest
from django.db import DatabaseError
from django.http import StreamingHttpResponse
from pandas import read_csv
from pandas.errors import ParserError
from waitress import wasyncore
from waitress.server import create_server

from agreements.registers import AGREEMENTS
from tests.factories import make_agreement
from tracker.records.models import DataVersion
from tracker.registers import export
from tracker.registers.export import Stream
from tracker.registers.formats import FORMATS
from tracker.registers.register import Column
from tracker.registers.tables import Chunk, Shape

CHUNKS = export.chunks
BROKEN_OFF = ["An export broke off.", "Exception while serving /"]


class Failing:
    """The values of a column, of which that of one record cannot be had."""

    def __init__(self, number):
        self.number, self.asked = number, 0

    def __call__(self, reference):
        self.asked += 1
        if self.asked == self.number:
            raise ValueError("of this record there is none")
        return reference


@pytest.fixture
def failing(monkeypatch):
    """``failing(number)``: the export of agreements fails at this record."""

    def failing(number):
        column = Column(name="reference", reads=("reference",), value=Failing(number))
        register = replace(AGREEMENTS, columns=(column, *AGREEMENTS.columns[1:]))
        monkeypatch.setattr(export, "chunks", partial(_chunks_of, register))
        monkeypatch.setattr(export, "FIRST", 1)
        monkeypatch.setattr(export, "CHUNK", 1)

    return failing


def _chunks_of(register, listing, tables):
    listing.register = register
    return CHUNKS(listing, tables)


@pytest.mark.parametrize("extension", ["csv", "json"])
@pytest.mark.django_db
def test_export_that_fails_at_its_first_record_is_an_error_and_no_file(client, failing, extension):
    client.raise_request_exception = False
    make_agreement()
    failing(1)
    response = client.get(f"/agreements.{extension}")
    assert (response.status_code, response.streaming) == (500, False)


def broken(response):
    """What there is of a file that breaks off."""
    pieces = []
    with pytest.raises(ValueError, match="of this record there is none"):
        pieces.extend(iter(response.streaming_content))
    return b"".join(pieces).decode()


@pytest.mark.django_db
def test_export_that_fails_later_ends_with_a_line_that_says_so_and_breaks_off(client, failing, caplog):
    for title in ("Alpha", "Beta", "Gamma"):
        make_agreement(title=title)
    failing(3)
    in_urdu = broken(client.get("/ur/agreements.csv"))
    failing(3)
    said = "This file is not complete: an error ended it. Fetch it again."
    whole = broken(client.get("/agreements.csv"))
    lines = whole.splitlines()
    assert (lines[-1], lines[-2].startswith("AGR-")) == (f'"incomplete: {said}', True)
    assert in_urdu.splitlines()[-1].startswith('"incomplete: ') and said not in in_urdu
    with pytest.raises(ParserError):
        read_csv(io.StringIO(whole))
    with pytest.raises(csv.Error):
        list(csv.reader(io.StringIO(whole, newline=""), strict=True))
    failing(3)
    whole = broken(client.get("/agreements.json"))
    assert whole.splitlines()[-1] == f'"incomplete": "{said}"'
    with pytest.raises(json.JSONDecodeError):
        json.loads(whole)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == ["An export broke off."] * 3


@pytest.mark.parametrize("fails", ["the data version", "the database"])
@pytest.mark.django_db
def test_export_whose_head_or_records_cannot_be_read_is_an_error_and_no_file(client, monkeypatch, fails):
    def fail(*_args, **_kwargs):
        raise DatabaseError

    client.raise_request_exception = False
    monkeypatch.setattr(*((DataVersion, "current") if fails == "the data version" else (export, "islice")), fail)
    response = client.get("/agreements.csv")
    assert (response.status_code, response.streaming) == (500, False)


@pytest.fixture
def served():
    """``served(application)``: the port at which the web server serves it."""
    ends, threads = threading.Event(), []

    def serve(server, connections):
        while not ends.is_set():
            wasyncore.loop(timeout=0.05, use_poll=True, map=connections, count=1)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(connections)

    def served(application):
        connections = {}
        server = create_server(application, host="127.0.0.1", port=0, map=connections)
        threads.append(threading.Thread(target=serve, args=(server, connections)))
        threads[-1].start()
        return server.effective_port

    yield served
    ends.set()
    for thread in threads:
        thread.join()


def breaking_off(format):
    def chunks():
        yield Chunk([["one"]])
        raise ValueError("no more")

    shape = Shape(noun="x", columns=(Column(name="name", reads=("name",)),))

    def application(_environ, start_response):
        response = StreamingHttpResponse(
            Stream(format, {"register": "x", "exported_on": "2026-01-29"}, shape, chunks())
        )
        start_response("200 OK", list(response.items()))
        return response

    return application


def test_workbook_that_fails_is_an_error_and_no_file(served):
    """None of it goes out before it is whole."""
    connection = HTTPConnection("127.0.0.1", served(breaking_off(FORMATS[-1])), timeout=10)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.read().startswith(b"PK")) == (500, False)


@pytest.mark.parametrize("format", FORMATS[:-1], ids=lambda format: format.extension)
def test_file_that_breaks_off_reaches_its_reader_as_incomplete(served, format, caplog):
    connection = HTTPConnection("127.0.0.1", served(breaking_off(format)), timeout=10)
    connection.request("GET", "/")
    answer = connection.getresponse()
    with pytest.raises(IncompleteRead) as raised:
        answer.read()
    assert (answer.status, answer.getheader("Transfer-Encoding")) == (200, "chunked")
    partial = raised.value.partial.decode()
    assert "one" in partial and re.search(r"This file is not complete.*\Z", partial, re.DOTALL)
    told = [record.getMessage() for record in caplog.records]
    # The web server may also say that it was busy, or that the reader had gone.
    assert [each for each in told if each in BROKEN_OFF] == BROKEN_OFF
