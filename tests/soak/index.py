"""Random hands on everything that is kept: the index of each list, caught up with what they did, says what the database
says."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.timezone import localdate

from meetings.models import Commitment, Headline
from meetings.registers import COMMITMENTS
from tests.registers.asking import asked_at_random, same, told
from tracker.records.fields import DurationField, EDTFField
from tracker.records.models import Publication, Versioned, one_change
from tracker.registers.index import Index
from tracker.site.headline import OF_THE_HEADLINE
from tracker.site.registers import REGISTERS

STEPS, LISTS = 12, 2
REFUSED = (IntegrityError, ProtectedError, RestrictedError, ValidationError)
DATES = ("", "2019", "2021-09-23", "2024-06", "2026-12-31", "2027", "../2025-03-01", "2025-01-01/2025-02-01")


def run(chance: Random, rounds: Iterable[int]) -> int:
    """Some changes a round, over the starter data, which is left as it was; how many lists were compared."""
    number = 0
    for _round in rounds:
        with transaction.atomic():
            number += live(chance)
            transaction.set_rollback(True)
    return number


def live(chance: Random) -> int:
    today, number = localdate(), 0
    indexes = {register: Index.build(register, today) for register in REGISTERS}
    for _step in range(STEPS):
        done = [change(chance) for _change in range(chance.choice((1, 1, 2, 30)))]
        for register in chance.sample(REGISTERS, 3):
            if chance.random() < 0.1:
                today += timedelta(days=chance.choice((1, 40, 400)))
            index = indexes[register] = caught_up(indexes[register], today)
            assert same(index, Index.build(register, today)), (register.name, done)
            if register is COMMITMENTS:
                numbers = {name: index.number(values) for name, values in OF_THE_HEADLINE.items()}
                assert Headline(**numbers) == Commitment.objects.published().headline(today), done
            others = {each: caught_up(other, today) for each, other in indexes.items()}
            for query in asked_at_random(register, chance, LISTS):
                answer = told(register, query, today, index, others)
                assert answer == told(register, query, today), (register.name, query, done)
                number += 1
    return number


def caught_up(index, today):
    return index.caught_up(index.backlog(today))


def change(chance: Random):
    """One change of a record or a row of any kind, or several at once; what was done, and whether it was refused."""
    model = chance.choice(kinds())
    records = list(model._base_manager.order_by("pk")[:2000])
    if not records:
        return None
    record = chance.choice(records)
    act = chance.choice((set_values, set_values, set_values, set_state, set_links, copy, remove))
    done = [model._meta.label_lower, record.pk, act.__name__]
    try:
        with transaction.atomic(), one_change():
            done.append(act(chance, record))
    except REFUSED as error:
        done.append(f"refused: {error!r:.60}")
    return done


def kinds():
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Versioned) and model._meta.app_label in ("agreements", "meetings", "records")
    ]


def set_values(chance, record):
    """One or two columns."""
    fields = [field for field in record._meta.concrete_fields if field.editable and not field.primary_key]
    chosen = chance.sample(fields, min(len(fields), chance.choice((1, 1, 2))))
    for field in chosen:
        setattr(record, field.attname, value_for(chance, field, record))
    record.clean_fields()
    record.save()
    return {field.name: getattr(record, field.attname) for field in chosen}


def value_for(chance, field, record):
    if field.is_relation:
        keys = list(field.related_model._base_manager.values_list("pk", flat=True)[:500])
        return chance.choice([*keys, None] if field.null else keys or [None])
    if field.choices:
        return chance.choice([code for code, _label in field.flatchoices])
    if isinstance(field, EDTFField):
        return chance.choice(DATES)
    if isinstance(field, DurationField):
        return chance.choice(("", "P3Y", "P180D"))
    if isinstance(field, models.BooleanField):
        return chance.random() < 0.5
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return chance.choice((1, 2, 7, *([None] if field.null else [])))
    if isinstance(field, (models.DateField, models.DateTimeField)):
        return getattr(record, field.attname)
    if field.unique:
        return f"{getattr(record, field.attname)}"[: field.max_length]
    return chance.choice(("", "Änderung", "zebra", "Apfel", "协定", "معاہدہ"))[: field.max_length]


def set_state(chance, record):
    owner = record if isinstance(record, Publication) else record.main_record
    if isinstance(owner, Publication):
        owner.state = chance.choice(Publication.State.values)
        owner.save()
        return owner.state
    return None


def set_links(chance, record):
    fields = [field for field in record._meta.many_to_many if field.editable]
    if fields:
        field = chance.choice(fields)
        keys = list(field.related_model._base_manager.values_list("pk", flat=True)[:200])
        getattr(record, field.name).set(chance.sample(keys, min(len(keys), chance.randint(0, 3))))
        record.save()
        return field.name
    return None


def copy(chance, record):
    """A new one like it, a row of the same record, say."""
    for field in record._meta.concrete_fields:
        if field.unique and not field.primary_key and not field.is_relation:
            name = "" if field.name == "reference" else f"copy-{chance.randint(1, 10**6)}"
            setattr(record, field.attname, name[: field.max_length])
    record.pk, record._state.adding = None, True
    record.save()
    return record.pk


def remove(chance, record):
    record.delete()
