"""A record as it was published here at the end of a day."""

from functools import partial

from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, register_converter, resolve
from django.urls.converters import StringConverter
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.records import edtf
from tracker.records.merging.addresses import former_keys
from tracker.records.models import Publishable, first_published
from tracker.records.public import public_name

from ..citing.formats import CITATION_FORMATS
from ..citing.views import record_citation
from ..edition import Edition
from ..plan import model_of
from ..record import Gone, Moved, NoneYet, find
from ..views import record_json
from .days import at_the_end_of, day_named, day_of, first_day
from .history import public_history

MOST_ENTRIES = 100


class Day(StringConverter):
    """What is written like one, whether there is such a day or not."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


register_converter(Day, "day")


@require_safe
def record_on(request, register, key, day, view=None, ending="/", **options):
    """The page of the record, or what another ``view`` of it answers, as of a day. What is not public today is not so
    as of any day."""
    asked, today = day_named(day), localdate()
    if asked is None:
        raise Http404
    try:
        record = find(register.records(today), **{register.key: key})
    except Moved as moved:
        merged = _merged_since(request, register, key, asked, str(moved), view, **options) if asked < today else None
        return merged or HttpResponseRedirect(f"{moved}{day}{ending}")
    except Gone:
        if view is None:
            raise
        return view(request, register=register, key=key, **options)
    if asked > today:
        raise NoneYet(_("That day has not come yet."))
    answer = partial(_answer, register=register, record=record, view=view, **options)
    request.day_asked = asked
    if asked == today:  # so far
        return answer(request)
    _refuse_before(record, asked)
    return at_the_end_of(asked, record.get_absolute_url(), answer, request)


def _merged_since(request, register, key, asked, present_path, view, **options):
    """What had this name and was taken into another later, as of a day on which it was public; None on other days."""
    request.day_asked = asked
    for former in reversed(former_keys(model_of(register), key)):
        record = model_of(register)(pk=former)
        try:
            answer = partial(_answer, register=register, record=record, view=view, **options)
            return at_the_end_of(asked, present_path, answer, request)
        except NoneYet:
            continue
    return None


def _refuse_before(record, asked):
    """Raise ``NoneYet`` with the first day of the record in public, as far as the history tells: of a kind without a
    state, which is public by what names it, it does not."""
    moment = first_published(type(record), [record.pk]).get(record.pk)
    first = localdate(moment) if moment else first_day()
    if first is None or asked >= first:
        return
    values = {"name": public_name(record), "day": edtf.in_words(first.isoformat())}
    if moment:
        raise NoneYet(_("“%(name)s” was first published here on %(day)s.") % values)
    raise NoneYet(_("The history of this site begins on %(day)s.") % values)


def _answer(request, register, record, view, **options):
    then = register.records(day_of(request)).filter(pk=record.pk).first()
    if then is None:
        raise NoneYet(_("At the end of that day this was not published here."))
    (key,) = then.natural_key()
    if view is not None:
        return view(request, register=register, key=key, **options)
    page = resolve(then.get_absolute_url())
    return page.func(request, *page.args, **page.kwargs)


@require_safe
def record_history(request, register, key):
    """What was published of a record, corrected and withdrawn; ``?day=`` leads to the record as of that day."""
    today = localdate()
    try:
        record = find(register.records(today), **{register.key: key})
    except Moved as moved:
        query = request.GET.urlencode()
        return HttpResponsePermanentRedirect(f"{moved}history/" + (f"?{query}" if query else ""))
    if day := day_named(request.GET.get("day", "").strip()):
        return HttpResponseRedirect(f"{record.get_absolute_url()}{day.isoformat()}/")
    edition = Edition(request, today, request.path)
    entries = public_history(register, record)
    context = {
        "edition": edition,
        "register": register,
        "record": record,
        "title": public_name(record),
        "entries": entries[:MOST_ENTRIES],
        "further": len(entries[MOST_ENTRIES:]),
        "day": request.GET.get("day", ""),
        "today": today,
    }
    return render(request, "registers/history.html", context)


def dated_urls(register):
    """The addresses of each record of a register as of a day: its page, the same as JSON, and how to cite it; and of
    its history, where it is published by itself."""
    if issubclass(model_of(register), Publishable):
        history = partial(record_history, register=register)
        yield path(f"{register.name}/<str:key>/history/", history, name=f"{register.noun}-history")
    address, noun, on = f"{register.name}/<str:key>/<day:day>", register.noun, partial(record_on, register=register)
    files = {each.extension: partial(record_citation, format=each) for each in CITATION_FORMATS}
    for extension, view in (files | {"json": record_json}).items():
        name = f"{noun}-on-day-{extension}"
        yield path(f"{address}.{extension}", partial(on, view=view, ending=f".{extension}"), name=name)
    yield path(f"{address}/", on, name=f"{noun}-on-day")
