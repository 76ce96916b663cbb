"""Every question put to every list that it is for, and counted.

What rests on the data alone is remembered for as long as these stay as they are. Of all else the statement is, as most
say the same to one person all day, and to put them into SQL takes longer than to answer them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from tracker.records.admin.filters import data_state
from tracker.records.admin.questions import Question

from .counting import Counted, Counting, count_all, statement
from .questions import QUESTIONS

# Of some dozens of people.
MOST_REMEMBERED = 5_000
_counted: dict[tuple, Counted] = {}
_prepared: dict[tuple, Counting | None] = {}


@dataclass
class Asked:
    """A question put to one list, and what it counts."""

    question: Question
    model: Any
    address: str
    counted: Counted = field(default_factory=Counted)


def ask(site, request, day: date) -> list[Asked]:
    """Each question with what it counts: two queries, and those by which a few find out what to ask."""
    state, open_ones = data_state(request), []
    asker = *_rights(request.user), settings.FOUR_EYES
    asked = []
    for question, desk in _put(site, request):
        each = Asked(question, desk.model, _address(question, desk.model))
        key = request.user.pk, day, question, desk.opts.label_lower, *asker
        known = _counted.get((*key, *state)) if question.rests_on_data else None
        if known is not None:
            each.counted = known
        elif (found := _statement(key, desk, request)) is not None:
            open_ones.append((each, key, found))
        else:
            continue
        asked.append(each)
    for (each, key, _found), counted in zip(open_ones, count_all([found for *_each, found in open_ones]), strict=True):
        each.counted = counted
        if each.question.rests_on_data:
            _remember(_counted, (*key, *state), counted)
    return asked


def _rights(user):
    """What a statement rests on beside the person and the day: with other rights they ask of other records."""
    return ("all",) if user.is_superuser else tuple(sorted(user.get_all_permissions()))


def _put(site, request):
    """Yield each question with each list that it may be put to by this person."""
    for question in QUESTIONS:
        for model, desk in site._registry.items():
            is_meant = not question.models or model._meta.label_lower in question.models
            if is_meant and desk.has_view_permission(request) and _is_for(question, model, request.user):
                yield question, desk


def _statement(key, desk, request):
    question = key[2]
    if key in _prepared:
        return _prepared[key]
    records = _records(question, desk, request)
    found = None if records is None else statement(records, question.since, question.said, question.quote)
    if not question.is_put_anew:
        _remember(_prepared, key, found)
    return found


def _remember(memory, key, value):
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[key] = value


def _is_for(question, model, user):
    def has(right):
        return user.has_perm(f"{model._meta.app_label}.{right}_{model._meta.model_name}")

    is_for = question.right == "view" or has(question.right)
    return is_for and not (question.not_with and has(question.not_with))


def _records(question, desk, request):
    """What the list shows; None where it knows no such question."""
    if question.records is not None:
        return question.records(desk.get_queryset(request))
    chosen = next((each for each in desk.get_list_filter(request) if _asks(each, question.parameter)), None)
    if chosen is None:
        return None
    made = chosen(request, {question.parameter: [question.value]}, desk.model, desk)
    if question.value not in {str(value) for value, _label in made.lookup_choices}:
        return None
    records = made.queryset(request, desk.get_queryset(request))
    return question.with_since(records) if question.with_since else records


def _asks(chosen, parameter):
    return getattr(chosen, "parameter_name", None) == parameter


def _address(question, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode({question.parameter: question.value})}" if question.value else address
