"""The page of one record: found by its permanent name, with its facts, its evidence and how to cite it."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render

from tracker.records.evidence import Evidence
from tracker.records.merging.addresses import former_keys
from tracker.records.models import Publishable
from tracker.records.public import public, public_name
from tracker.records.withdrawal import Withdrawal, withdrawal_of

from .citing.pages import cited_record
from .edition import Edition
from .linked_data import page_of_record


class Moved(Exception):
    """The record has another name now; carries it, and the address of its page."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(address)
        self.name = name


class Gone(Http404):
    """The record was public and is withdrawn; carries what is said of that."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.name)
        self.withdrawal = withdrawal


class NoneYet(Http404):
    """There is nothing at this address so far; carries the sentence that says why."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def find(records, **name):
    """Return the record of this permanent name; raise ``Http404``, ``Gone`` where it is withdrawn, or ``Moved`` where
    it is written otherwise now.

    References and codes are found in any case; a former slug leads to the present one, also that of a record that was
    taken into another.
    """
    ((key, value),) = name.items()
    record = records.filter(**name).first()
    if record:
        return record
    renamed = records.model.renamed(value)
    moved = records.filter(**{key: renamed}).first() if renamed and renamed != value else None
    if moved:
        raise Moved(moved.get_absolute_url(), renamed)
    if issubclass(records.model, Publishable):
        hidden = records.model._base_manager.filter(**{key: renamed or value}).first()
        # A name from before it was merged its history does not have.
        name = "" if hidden and former_keys(records.model, value) else value
        if withdrawal := hidden and withdrawal_of(hidden, name):
            raise Gone(withdrawal)
    raise Http404


def json_address(address):
    """Where the record of a page stands as JSON."""
    return address.removesuffix("/") + ".json"


def redirects_moved(view):
    """Answer ``Moved`` with a permanent redirect."""

    def wrapped(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(str(moved))

    return wrapped


def fact(term, value="", url="", basis="", unknown="", title=""):
    """One line of the fact panel; an empty value is said to be unknown. ``title`` is what the value stands for."""
    return {"term": term, "value": value, "url": url, "basis": basis, "unknown": unknown, "title": title}


def linked(term, record):
    """The line of a record that this one names, with the way to it; None where there is none. ``public(record)`` leaves
    out one that is hidden, where the line can be spared."""
    if record is None:
        return None
    return fact(term, public_name(record), record.get_absolute_url() if public(record) else "")


def _history_address(register, record):
    """Where it is told how what is published of a record came to be; empty for kinds that are in others' use alone."""
    return f"{record.get_absolute_url()}history/" if isinstance(record, Publishable) else ""


def render_record(
    request, template, record, *, register, thing, today, facts, citations=(), parts=(), edition=None, **context
):
    """Render the page of a record of a register. ``thing`` is what search engines are told that it is of; ``citations``
    and ``parts`` are those of ``Evidence``; ``edition`` is that of the page, where it was made for this answer
    already."""
    edition = edition or Edition(request, today, record.get_absolute_url())
    cited = cited_record(record, edition)
    context |= {
        "edition": edition,
        "cited": cited,
        "linked_data": page_of_record(register, record, edition, cited, thing),
        "record": record,
        "history_url": _history_address(register, record),
        "formats": [{"label": "JSON", "url": json_address(edition.of_the_day(record.get_absolute_url()))}],
        "register": register,
        "name_in_address": getattr(record, register.key),
        "facts": facts,
        "evidence": Evidence(record, citations, parts),
    }
    return render(request, template, context)
