"""Fifty pairs at random, over all kinds that can be merged, made one and parted again: every row of every table, every
history and every public page is as it was before."""

import random

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from agreements.models import Forum, Organisation, Person, Theme, WorkingGroup
from meetings.models import Reminder
from tests.admin.conftest import make_user
from tracker.records.merging.merge import MergingPair, merge, rehearse
from tracker.records.merging.undoing import undo
from tracker.records.merging.ways import ways_to
from tracker.records.models import DataVersion, Merger, Revision, Source, Versioned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter_data"), pytest.mark.thorough]

KINDS = (Organisation, Person, Source, WorkingGroup, Theme, Forum)
PAIRS, SEEDS = 10, range(5)
# What an act is to leave behind.
GROWING = {Revision, DataVersion, Merger}


def snapshot():
    """``{label: rows}``; of links, and of entries that are written anew, without their keys."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model not in GROWING and model._meta.managed:
            keyless = model._meta.auto_created or (not issubclass(model, Versioned) and model is not Reminder)
            columns = [each.attname for each in model._meta.concrete_fields if not (keyless and each.primary_key)]
            found[model._meta.label] = sorted(map(repr, model._base_manager.values_list(*columns)))
    return found


def differing(before, after):
    return {
        label: (sorted(set(before[label]) - set(rows)), sorted(set(rows) - set(before[label])))
        for label, rows in after.items()
        if before[label] != rows
    }


def references_to(record):
    """``{(label, column, key of the row)}`` of what leads to it, in all tables."""
    return {
        (way.model._meta.label, way.name, key)
        for way in ways_to(type(record))
        for key in way.model._base_manager.filter(**{way.name: record}).values_list("pk", flat=True)
        if way.editable
    }


def rows_there(references):
    """Those whose row was not joined with another, and is none of the two themselves."""
    return {(label, name, key) for label, name, key in references if apps.get_model(label)._base_manager.filter(pk=key)}


def pairs(seed):
    """Pairs that nothing stands against, of each kind in turn."""
    chance, found = random.Random(seed), 0
    while found < PAIRS:
        model = KINDS[found % len(KINDS)]
        kept, gone = chance.sample(list(model._base_manager.order_by("pk")), 2)
        pair = MergingPair(kept, gone)
        pair.chosen = {each.name: chance.random() < 0.5 for each in pair.choices() if chance.random() < 0.5}
        try:
            rehearse(pair, timezone.now())
        except ValidationError:
            continue
        yield pair
        found += 1


def named(record):
    return record._meta.label, record.pk


def answers(addresses):
    """What the public reads there, but for the number of the state."""
    found = [Client().get(address) for address in addresses]
    return [
        (each.status_code, each.json() | {"data_version": 0} if each.status_code == 200 else None) for each in found
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_at_random_when_merged_and_parted_leave_everything_as_it_was(seed):
    account = make_user("reviewer", "reviewer")
    for pair in pairs(seed):
        gone, kept = pair.gone, pair.kept
        before, references = snapshot(), references_to(gone) | references_to(kept)
        addresses = [f"{each.get_absolute_url().rstrip('/')}.json" for each in (gone, kept)]
        shown = answers(addresses)
        history = list(Revision.objects.order_by("pk").values())
        merged = merge(pair, timezone.now())
        assert references_to(gone) == set()
        assert not type(gone)._base_manager.filter(pk=gone.pk).exists()
        named_itself = {(label, name, key) for label, name, key in references if (label, key) == named(kept)}
        there = {(label, name, key) for label, name, key in rows_there(references)} - named_itself
        assert there <= references_to(kept) - named_itself
        if pair.was_public:
            assert [(each[1], each[0]) for each in Client().get(addresses[0], follow=True).redirect_chain] == [
                (301, addresses[1])
            ]
        assert undo(merged.merger, timezone.now(), account) == []
        assert differing(before, snapshot()) == {}
        assert list(Revision.objects.order_by("pk").values()[: len(history)]) == history
        assert answers(addresses) == shown
