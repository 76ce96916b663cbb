"""A list taken away: its rows a chunk at a time, the file piece by piece, and where it is said to be from."""

import logging
from contextlib import closing
from itertools import chain, islice

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.records.models import DataVersion

from . import csvw
from .reading import Reader

logger = logging.getLogger(__name__)

# Of records read at once: few at first, so that an answer begins soon.
FIRST, CHUNK = 100, 500
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


def chunks(listing):
    """Yield the values of each column of the register, for some records after the other."""
    register = listing.register
    reader = Reader(register.records(listing.today), register.columns)
    number = FIRST
    with closing(listing.keys()) as keys:
        while some := list(islice(keys, number)):
            yield reader.read(some)
            number = CHUNK


class Stream:
    """A file piece by piece. What can fail at its beginning fails while this is made, and there is still another answer
    to give. What fails later ends the file with a line that no program takes for one of it, and the connection without
    the end that HTTP asks for: who fetches the file learns that it is not whole, and so does who opens it all the same.
    """

    def __init__(self, format, opening, columns, chunks):
        self.format = format
        self.chunks = chunks
        begun = chain(list(islice(chunks, 1)), chunks)
        self.pieces = format.write(opening, columns, begun)

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


def opening_of(listing, address):
    """What is said of every export: where it comes from, so that it can be checked and made again."""
    return {
        "register": listing.name,
        "language": get_language(),
        "address": address,
        "query": listing.query,
        "data_version": DataVersion.current(),
        "exported_on": listing.today.isoformat(),
        "licence": LICENCE,
    }


def taken_away(request, format, listing, columns, chunks):
    """The answer that is a file of this format; a parameter that cannot be read is answered 400 with the messages that
    the page shows."""
    if errors := listing.errors | listing.unknown:
        return format.refuse(errors)
    opening = opening_of(listing, request.build_absolute_uri())
    pieces = Stream(format, opening, columns, chunks(listing))
    response = StreamingHttpResponse(pieces, content_type=format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{listing.name}.{format.extension}"'
    response["Data-Version"] = opening["data_version"]
    links = [f'<{LICENCE_ADDRESS}>; rel="license"']
    if format.is_described_beside:
        links.append(csvw.link(request))
    response["Link"] = ", ".join(links)
    return response


def described(request, listing, title, columns):
    """The answer that describes the CSV file of the same address and filters."""
    if errors := listing.errors | listing.unknown:
        return csvw.refuse(errors)
    opening = opening_of(listing, csvw.described_address(request))
    return csvw.answer(opening, LICENCE_ADDRESS, title, columns)
