"""A list taken away: its rows a chunk at a time, the file piece by piece, and where it is said to be from."""

import logging
from contextlib import closing
from itertools import chain, islice

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.records.models import DataVersion

from . import csvw
from .deployed import etag_of
from .edition import Edition
from .formats import AS_JSON
from .reading import Reader
from .tables import Chunk, Shape, chunk_of, rows_read_by

logger = logging.getLogger(__name__)

# Of records read at once: few at first, so that an answer begins soon.
FIRST, CHUNK = 100, 150
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


def chunks(listing, tables=()):
    """Yield what the register has, of some records after the other: values of its columns, and rows of ``tables``."""
    register = listing.register
    reader = Reader(register.records(listing.today), register.columns, rows_read_by(tables))
    number = FIRST
    with closing(listing.keys()) as keys:
        while some := list(islice(keys, number)):
            yield chunk_of(reader, some, tables)
            number = CHUNK


def rows_of_chunks(listing, table):
    """Yield the rows of one table that belong to some records of the list after the other, as a file of its own."""
    register = listing.register
    top = next(each for each in register.tables if each.name == table.path[0])
    key = register.columns[0]
    reader = Reader(register.records(listing.today), (key,), rows_read_by((top,)))
    with closing(listing.keys()) as keys:
        while some := list(islice(keys, CHUNK)):
            chunk = chunk_of(reader, some, (top,))
            rows = next(each for each in chunk.rows if each.table is table)
            yield Chunk(rows.flat(chunk.values[0]))


class Stream:
    """A file piece by piece. What can fail at its beginning fails while this is made, and there is still another answer
    to give. What fails later ends the file with a line that no program takes for one of it, and the connection without
    the end that HTTP asks for: who fetches the file learns that it is not whole, and so does who opens it all the same.
    """

    def __init__(self, format, opening, shape, chunks):
        self.format = format
        self.chunks = chunks
        begun = chain(list(islice(chunks, 1)), chunks)
        self.pieces = format.write(opening, shape, begun)

    def __iter__(self):
        try:
            yield from self.pieces
        except Exception:  # whatever it was: the head of the answer has said 200 long ago
            logger.exception("An export broke off.")
            if last := self.format.broken_off(_("This file is not complete: an error ended it. Fetch it again.")):
                yield last
            raise

    def close(self):
        """Also where nobody read to the end: a cursor of the database may be open."""
        self.chunks.close()


def opening_of(request, listing, address, version):
    """What is said of every export: where it comes from, so that it can be checked and made again. ``version`` is the
    data version of today."""
    past = getattr(request, "past", None)
    version = past.version if past else version
    return head_of(listing.name, address, version, localdate(), **_as_of(past), query=listing.query)


def _as_of(past):
    return {"as_of": past.day.isoformat()} if past else {}


def head_of(name, address, version, day, **further):
    """What is said of whatever is taken away: what it is of, from which address, in which state of the data."""
    return {
        "register": name,
        "language": get_language(),
        "address": address,
        **further,
        "data_version": version,
        "exported_on": day.isoformat(),
        "licence": LICENCE,
    }


def taken_away(request, format, listing, shape, chunks, part=""):
    """The answer that is a file of this format and shape; ``part`` names the table, if it is one. A parameter that
    cannot be read is answered 400 with the messages that the page shows, and who has the file already 304, before
    anything is read of it."""
    if errors := listing.errors | listing.unknown:
        return format.refuse(errors)
    version = DataVersion.current()
    opening = opening_of(request, listing, request.build_absolute_uri(), version)
    # Of a past day, too, what is withdrawn for legal reasons is taken out by a version to come.
    etag = etag_of(opening["address"], version, localdate())
    response = get_conditional_response(request, etag=etag)
    if response is None:
        pieces = Stream(format, opening, shape, chunks(listing))
        response = StreamingHttpResponse(pieces, content_type=format.content_type)
        name = "-".join(filter(None, (listing.name, part)))
        response["Content-Disposition"] = f'attachment; filename="{name}.{format.extension}"'
    links = [f'<{LICENCE_ADDRESS}>; rel="license"']
    if format.is_described_beside:
        links.append(csvw.link(request))
    response["Link"] = ", ".join(links)
    response["Data-Version"] = opening["data_version"]
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    return response


def described(request, listing, title, shape):
    """The answer that describes the CSV file of the same address and filters."""
    if errors := listing.errors | listing.unknown:
        return csvw.refuse(errors)
    Edition(request, listing.today, request.get_full_path())  # so that it may be kept, and has a mark
    opening = opening_of(request, listing, csvw.described_address(request), DataVersion.current())
    return csvw.answer(opening, LICENCE_ADDRESS, title, shape)


def record_answer(request, register, record, edition):
    """One record as JSON, with the same head as a list."""
    tables = register.tables
    reader = Reader(register.records(edition.date), register.columns, rows_read_by(tables))
    shape = Shape(noun=register.noun, columns=register.columns, tables=tables)
    (values,) = chunk_of(reader, [record.pk], tables).records(shape)
    as_of = _as_of(getattr(request, "past", None))
    head = head_of(register.name, edition.address, edition.version, edition.read_on, **as_of)
    response = HttpResponse(AS_JSON(head | {"record": values}) + "\n", content_type="application/json")
    canonical = f'<{settings.SITE_URL}{record.get_absolute_url()}>; rel="canonical"'
    response["Link"] = f'{canonical}, <{LICENCE_ADDRESS}>; rel="license"'
    response["Data-Version"] = edition.version
    return response
