"""Many changes at random, against a second reckoning: what each revision says, and that it can be brought back."""

import json
import random

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import model_to_dict

from agreements.models import Absence, Agreement, AgreementParty, Membership
from meetings.models import Commitment, Meeting, Outcome, ProgressUpdate
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_person,
    make_theme,
)
from tracker.records.models import Revision, one_change
from tracker.records.restoring import restore

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def said(record):
    """What a record says, read without what the revisions are read by; None where it is no more."""
    there = type(record)._base_manager.filter(pk=record.pk).first()
    if there is None:
        return None
    rows = {}
    for model in apps.get_models():
        for row in model._base_manager.all() if getattr(model, "is_row", False) else ():
            if row.main_record == there:
                rows.setdefault(model._meta.label_lower, {})[str(row.pk)] = plain(model_to_dict(row))
    derived = {field.name: field.value_from_object(there) for field in unoffered(there)}
    return {"fields": plain(model_to_dict(there)), "derived": plain(derived), "rows": rows}


def unoffered(record):
    fields = [*record._meta.concrete_fields, *record._meta.many_to_many]
    return [field for field in fields if not field.editable and not field.primary_key]


def plain(values):
    values = {name: value for name, value in values.items() if name not in ("id", "agreements")}
    keys = {name: sorted(each.pk for each in value) for name, value in values.items() if isinstance(value, list)}
    return json.loads(json.dumps(values | keys, cls=DjangoJSONEncoder))


class Reckoning:
    """Makes changes at random, and notes after each what every record says, without looking at any revision."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.forum = make_forum(members=["PAK"])
        self.records = [self.forum, make_agreement(), make_commitment(), make_person(), make_meeting(forum=self.forum)]
        self.records += [self.records[2].meeting]
        self.themes = [make_theme(slug) for slug in ("cloud", "skills", "data")]
        self.countries = [make_country(code) for code in ("PAK", "CHN", "LKA", "SAU", "UZB")]
        self.noted = {}
        self.note()

    def note(self):
        for record in self.records:
            content = said(record)
            noted = self.noted.setdefault((record._meta.label_lower, record.pk), [])
            if not noted or noted[-1] != content:
                noted.append(content)

    def step(self):
        with one_change():
            for _ in range(self.random.randint(1, 3)):
                record = self.random.choice(self.records)
                if (present := type(record).objects.filter(pk=record.pk).first()) is not None:
                    self.random.choice([self.change_a_field, self.change_rows, self.set_themes])(present)
            if self.random.random() < 0.05:
                self.remove_one()
        self.note()

    def change_a_field(self, record):
        name = next(name for name in ("title", "name") if hasattr(record, name))
        setattr(record, name, f"Name {self.random.randint(1, 4)}")
        record.save()

    def set_themes(self, record):
        if hasattr(record, "themes"):
            record.themes.set(self.random.sample(self.themes, self.random.randint(0, 3)))
            record.save()

    def change_rows(self, record):
        rows = {
            "agreement": lambda: record.parties,
            "commitment": lambda: record.progress_updates,
            "person": lambda: record.absences,
            "forum": lambda: record.memberships,
            "meeting": lambda: record.outcomes,
        }[record._meta.model_name]()
        there = list(rows.all())
        if there and self.random.random() < 0.4:
            self.random.choice(there).delete()
        elif there and self.random.random() < 0.5:
            self.touch(self.random.choice(there))
        else:
            self.add(rows)

    def add(self, rows):
        day = f"2026-0{self.random.randint(1, 9)}-01"
        made = {
            AgreementParty: {"words": f"party {self.random.randint(1, 99)}"},
            ProgressUpdate: {"state": "published", "progress": self.random.choice(["limited", "complete"])},
            Absence: {"starts": day, "ends": day},
            Membership: {"country": self.random.choice(self.countries), "joined": f"20{self.random.randint(10, 99)}"},
            Outcome: {"kind": "decision", "text": f"text {self.random.randint(1, 9)}"},
        }[rows.model]
        if rows.model is not Membership or not rows.filter(**made).exists():
            rows.create(**made)

    def touch(self, row):
        name = next(name for name in ("words", "note", "text", "ends") if hasattr(row, name))
        if name == "ends":
            row.ends = f"2026-12-{self.random.randint(10, 28)}"
        elif name != "words" or row.words:
            setattr(row, name, f"text {self.random.randint(1, 9)}")
        row.save()

    def remove_one(self):
        present = [each for each in self.records if isinstance(each, (Agreement, Commitment))]
        for record in type(self.random.choice(present)).objects.all()[:1]:
            record.delete()
            self.records.append(make_agreement())


@pytest.mark.parametrize("seed", range(2))
def test_revisions_of_random_changes_say_what_a_second_reckoning_noted(seed):
    reckoning = Reckoning(seed)
    for _ in range(30):
        reckoning.step()
    for (kind, key), noted in reckoning.noted.items():
        found = list(Revision.objects.filter(kind=kind, record=key).order_by("number"))
        assert [each.number for each in found] == list(range(1, len(found) + 1))
        assert [each.content or None for each in found] == noted
    assert sum(map(len, reckoning.noted.values())) > 40


@pytest.mark.parametrize("seed", range(2))
def test_record_brought_back_says_again_what_it_said(seed):
    reckoning = Reckoning(seed)
    for _ in range(25):
        reckoning.step()
    compared = 0
    for record in reckoning.records:
        found = list(Revision.objects.of(record).applied())
        for revision in reckoning.random.sample(found, min(3, len(found))):
            restore(type(record), revision, set(revision.content["fields"]))
            again, then = said(record), revision.content
            for each in (again, then):  # publication stays as it is, and what is derived follows
                each["fields"].pop("state", None)
                each.pop("derived")
            assert again == then
            compared += 1
    assert compared > 10
    assert Meeting.objects.count() == 2
