"""What a reader may ask of a past day, and the reading of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, QueryDict
from django.shortcuts import render
from django.utils.timezone import get_default_timezone, localdate, make_aware
from django.utils.translation import gettext as _

from tracker.records import edtf
from tracker.records.models import beginning_of_history
from tracker.records.models.former import LastRevision, last_revision

from .database import reading
from .kept import BeingMade, CannotBeMade, file_of

# The parameter of lists.
AS_OF = "as_of"
SECONDS_TO_WAIT = 60


@dataclass(frozen=True)
class PastDay:
    """Of ``day`` in the time zone of the site, at its end; ``version`` is the data version that the last change until
    then led to, and ``changed_at`` when that was made; ``present_path`` leads to the same as it is today."""

    day: date
    present_path: str
    version: int
    changed_at: datetime

    @property
    def in_words(self) -> str:
        return edtf.in_words(self.day.isoformat())


def day_of(request: HttpRequest) -> date:
    """The day that the answer is of: today, unless a past one was asked for."""
    past = getattr(request, "past", None)
    return past.day if past else localdate()


def day_named(text: str) -> date | None:
    """The day that an address names as ``2025-06-30``; None where it names none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def first_day() -> date | None:
    """That of the first entry of the history."""
    moment = beginning_of_history()
    return moment and localdate(moment)


def errors_of(params: QueryDict) -> dict[str, list[str]]:
    """``{"as_of": [message]}`` where the parameter names no day that a list can be of."""
    text = params.get(AS_OF)
    if not text:
        return {}
    day, first = day_named(text), first_day()
    if day is None:
        message = _("“%(value)s” is not a day written like 2025-06-30.") % {"value": text[:40]}
    elif day > localdate():
        message = _("That day has not come yet.")
    elif first is None or day < first:
        message = _("The history of this site begins on %(day)s.") % {"day": edtf.in_words(str(first or localdate()))}
    else:
        return {}
    return {AS_OF: [message]}


@contextmanager
def end_of(day: date) -> Iterator[LastRevision]:
    """In this block, records are read as they stood at the end of a day before today. Raise ``BeingMade`` where that
    cannot be read yet."""
    last = last_revision(make_aware(datetime.combine(day + timedelta(days=1), time()), get_default_timezone()))
    with reading(file_of(last)):
        yield last


def as_of_a_day(view: Callable) -> Callable:
    """A view of a list, which ``as_of`` turns to a past day; the list itself tells of a day that cannot be read."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        day = day_named(request.GET.get(AS_OF, ""))
        if day is None or day == localdate() or errors_of(request.GET):
            return view(request, *args, **kwargs)
        others = request.GET.copy()
        del others[AS_OF]
        present_path = request.path + (f"?{others.urlencode()}" if others else "")
        return at_the_end_of(day, present_path, view, request, *args, **kwargs)

    return wrapped


def at_the_end_of(day: date, present_path: str, view: Callable, request: Any, *args: Any, **kwargs: Any) -> Any:
    """What a view answers of a day before today; what it still has to read of it is read as it is sent."""
    with ExitStack() as opened:
        try:
            last = opened.enter_context(end_of(day))
        except (BeingMade, CannotBeMade, OperationalError):  # or the file was cleared away before it was opened
            response = render(request, "503.html", status=503)
            response["Retry-After"], response["Cache-Control"] = SECONDS_TO_WAIT, "no-store"
            return response
        request.past = PastDay(day, present_path, last.data_version, last.made_at)
        response = view(request, *args, **kwargs)
        if response.streaming:
            response.streaming_content = _Sent(response.streaming_content, opened.pop_all())
    return response


class _Sent:
    """The pieces of an answer, of which the last closes what they are read from."""

    def __init__(self, pieces, opened):
        self.pieces, self.opened = pieces, opened

    def __iter__(self):
        yield from self.pieces

    def close(self):
        self.opened.close()
