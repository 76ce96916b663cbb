"""Lists of the desk as files: the columns that the list has, and the records that it shows to whoever asks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from html import unescape
from itertools import islice
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, gettext, override

from tracker.records.admin.lists import ListCell, list_file
from tracker.records.models import DataVersion
from tracker.registers.formats import FORMATS, Format
from tracker.registers.register import Column
from tracker.registers.tables import Chunk, Shape

# Of records read at once.
CHUNK = 500


def answer(format: Format, request: HttpRequest, desk: Any, found: ChangeList) -> StreamingHttpResponse:
    """The list as it is filtered, searched and sorted, in one format, a piece at a time."""
    cells = desk.cells(request)
    name = f"{desk.opts.app_label}-{desk.opts.model_name}"
    opening = {
        "register": name,
        "language": get_language(),
        "address": request.build_absolute_uri(),
        "data_version": DataVersion.current(),
        "exported_on": localdate().isoformat(),
    }
    columns = tuple(Column(name=capfirst(str(cell.label)), reads=()) for cell in cells)
    pieces = format.write(opening, Shape(noun=str(desk.opts.model_name), columns=columns), _chunks(found, cells))
    response = StreamingHttpResponse(pieces, content_type=format.content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{opening["exported_on"]}.{format.extension}"'
    return response


def _chunks(found: ChangeList, cells: list[ListCell]) -> Iterator[Chunk]:
    """In the language of the request, whatever is in force by the time when a piece is fetched."""
    language = get_language()
    with closing(found.queryset.iterator(chunk_size=CHUNK)) as records:
        while some := list(islice(records, CHUNK)):
            with override(language):
                chunk = Chunk([[_text(cell.value(record)) for record in some] for cell in cells])
            yield chunk


def _text(value: object) -> str:
    """What stands in a cell of the page, without its markup."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return localtime(value).isoformat(" ", "minutes")
    if isinstance(value, SafeString):
        return " ".join(unescape(strip_tags(value)).split())
    return "" if value is None else str(value)


def _writer(format):
    return lambda request, desk, found: answer(format, request, desk, found)


for each in FORMATS:
    if each.extension in ("csv", "xlsx"):
        list_file(each.extension, each.label, _writer(each))
