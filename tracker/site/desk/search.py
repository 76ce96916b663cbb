"""The search over all lists that a person may see: each is searched as it searches itself, a few lines of each are
shown, and the way to the rest."""

import time
from dataclasses import dataclass

from django.db.models import QuerySet
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tracker.records import typography
from tracker.records.admin import RowAdmin
from tracker.records.languages import written
from tracker.records.models import Publication
from tracker.records.models.change import Versioned

SHOWN, MOST_COUNTED = 6, 100
SHORTEST, LONGEST = 2, 100
# After so long no further list is begun.
SECONDS = 2.0
# They grow with every mail that goes out: who looks for one searches their own list.
TOO_LONG = {"mail.delivery", "meetings.reminder"}


@dataclass
class FoundLine:
    """One record as it is recognised: what it is called by, and what tells it from others."""

    reference: str
    name: str
    address: str
    beside: str


@dataclass
class FoundKind:
    """``number`` is the least that there are, where there ``is_more``."""

    name: str
    number: int
    is_more: bool
    address: str
    lines: list[FoundLine]


def search(request, desk):
    """The page; without a term of two letters at least nothing is asked."""
    term = " ".join(request.GET.get("q", "").split())[:LONGEST]
    found, left = _found(desk, request, term) if len(term) >= SHORTEST else ([], [])
    context = {
        **desk.each_context(request),
        "title": _("Search"),
        "everything_sought": term,
        "found": found,
        "left": left,
        "is_too_short": 0 < len(term) < SHORTEST,
    }
    return TemplateResponse(request, "admin/search.html", context)


def _found(site, request, term):
    """``(kinds with what was found, lists that were not searched)``."""
    found, left, began = [], [], time.monotonic()
    for desk in sorted(_searched(site, request), key=_place):
        if desk.opts.label_lower in TOO_LONG or time.monotonic() - began > SECONDS:
            left.append((desk.opts.verbose_name_plural, _address(desk, term)))
            continue
        records, has_twins = desk.get_search_results(request, desk.get_queryset(request), term)
        keys = _keys(records, has_twins)
        if keys:
            number = min(len(keys), MOST_COUNTED)
            lines = [_line(each, desk) for each in _in_order(records, keys[:SHOWN])]
            is_more = len(keys) > MOST_COUNTED
            found.append(FoundKind(desk.opts.verbose_name_plural, number, is_more, _address(desk, term), lines))
    return found, left


def _searched(site, request):
    """The lists of records: a row of one is found with the record that it belongs to."""
    return [
        desk
        for desk in site._registry.values()
        if not isinstance(desk, RowAdmin) and desk.has_view_permission(request) and desk.get_search_fields(request)
    ]


def _place(desk):
    """Records first, then all else that has a history, by name."""
    return not issubclass(desk.model, Publication), not issubclass(desk.model, Versioned), desk.opts.label_lower


def _address(desk, term):
    address = reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_changelist")
    return f"{address}?{urlencode({'q': term})}"


def _keys(records: QuerySet, has_twins: bool) -> list[int]:
    """Of as many as are counted, and one more."""
    keys = records.order_by("-pk").values_list("pk", flat=True)
    return list((keys.distinct() if has_twins else keys)[: MOST_COUNTED + 1])


def _in_order(records, keys):
    related = [name for name in ("forum", "working_group", "person", "commitment") if _has(records.model, name)]
    by_key = records.model._base_manager.select_related(*related).in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def _has(model, name):
    return any(field.name == name and field.many_to_one for field in model._meta.get_fields())


def _line(record, desk):
    reference = getattr(record, "reference", "") or ""
    name = str(record).removeprefix(f"{reference} ")
    state = record.get_state_display() if hasattr(record, "get_state_display") else ""
    day = getattr(record, "day_in_words", "") or getattr(record, "due_in_words", "")
    beside = [state, getattr(record, "place", ""), day]
    address = reverse(f"admin:{desk.opts.app_label}_{desk.opts.model_name}_change", args=[record.pk])
    return FoundLine(reference, written(name), address, typography.names(filter(None, beside)))
