"""A world in which all that is hidden carries a canary: a word in every text, and a place in every relation there is.

It is made from the models. For each state in which a record is hidden, and for each relation that leads to its kind, a
hidden record of its own stands in that relation to a published one; so a word that gets out tells by which way. A new
relation, text or kind of row is in it by itself. What no rule of this file can fill breaks the test that makes it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.utils import timezone

from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    AgreementStatement,
    Country,
    Forum,
    ForumStatement,
    Membership,
    Organisation,
    Person,
    Theme,
    WorkingGroup,
    WorkingGroupMember,
    WorkingGroupStatement,
)
from meetings.models import (
    Commitment,
    CommitmentParty,
    CommitmentStatement,
    Delegation,
    Meeting,
    MeetingFigure,
    MeetingStatement,
    Reminder,
)
from tests.factories import (
    make_agreement,
    make_commitment,
    make_country,
    make_forum,
    make_meeting,
    make_organisation,
    make_person,
    make_source,
    make_theme,
    make_working_group,
)
from tests.meetings.followups.reminders import make_delivery
from tracker.mail.models import Delivery
from tracker.records.fields import DurationField, EDTFField
from tracker.records.models import Source, Versioned, one_change
from tracker.records.models.publication import Publication

WORD = "zqx"
HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"state": "draft"},
    "in review": {"state": "in_review"},
    "approved for a moment": {"state": "in_review", "publish_at": timezone.now() + timedelta(days=2)},
    "withdrawn": {"state": "withdrawn"},
}
# The state whose relations all pages are asked for in each language, with a second record that leads to the first.
FIRST = "draft"
MAKE = {
    Agreement: make_agreement,
    Commitment: make_commitment,
    Forum: make_forum,
    Meeting: make_meeting,
    Organisation: make_organisation,
    WorkingGroup: make_working_group,
}
# Of these columns a row fills one.
SIDES = ("country", "organisation", "words")
EITHER = {
    AgreementParty: SIDES,
    CommitmentParty: SIDES,
    Delegation: SIDES[:2],
    Membership: SIDES[:2],
    WorkingGroupMember: SIDES[:2],
    WorkingGroup: ("convener", "convening_country"),
    AgreementEvent: (*SIDES[:2], "person"),
    **dict.fromkeys(
        (AgreementStatement, CommitmentStatement, ForumStatement, MeetingStatement, WorkingGroupStatement),
        (*SIDES, "person"),
    ),
    Reminder: ("commitment", "meeting", "agreement"),
}
ROLES = {"commitment": "asked", "meeting": "no_outcomes", "agreement": "notice_window"}
# What other columns of the row rule out, or nobody could fill in without knowing what it is for.
LEFT_EMPTY = {
    *{"question", "closure", "closed_on", "left", "deputy", "reminder", "user"},
    *{"previous_target", "announced_on", "due_before"},
}
# What a row of a published record says, where it must say something.
SAID = {MeetingFigure: {"words": "some"}}
FILLED = {"progress": "limited", "due_rule": "date", "field": "title", "renews_automatically": True}
DAY = "2026-05-05"
# Kinds without a state, which are public once a published record names them.
STATELESS = (Country, Person, Source, Theme)


class Relation(NamedTuple):
    model: type[models.Model]
    field: Any

    def __str__(self):
        return f"{self.model.__name__}.{self.field.name}"

    @property
    def is_owner(self):
        """Whether it leads from a row to the record that the row is a part of."""
        return getattr(self.model, "owner_name", "") == self.field.name


class Canary(NamedTuple):
    """A hidden record, and by which relation it stands beside a published one."""

    record: Any
    relation: str
    state: str


def relations(*targets: type[models.Model]) -> Iterator[Relation]:
    """The columns and relations to many that lead to one of these kinds."""
    for model in apps.get_models():
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            has_model_between = field.many_to_many and not field.remote_field.through._meta.auto_created
            if field.is_relation and field.related_model in targets and not has_model_between:
                yield Relation(model, field)


def kinds() -> list[Any]:
    """What has a state."""
    return [model for model in apps.get_models() if issubclass(model, Publication)]


def ways_to_hidden() -> Iterator[Relation]:
    """What may lead from a published record to a hidden one, or to a row of one."""
    yield from relations(*kinds())
    rows = [model for model in apps.get_models() if getattr(model, "is_row", False)]
    yield from (relation for relation in relations(*rows) if relation.model in MAKE)


class World:
    """``canaries`` are the hidden records by the word that each carries; ``shown`` are the published ones beside them,
    by the state of what they lead to. ``hub`` holds the published record of each kind that all stand around, shown
    under no state; ``secret`` what hidden ones alone name."""

    def __init__(self) -> None:
        self.canaries: dict[str, Canary] = {}
        self.shown: dict[str, list[Any]] = defaultdict(list)
        self._state = ""
        self.hub: dict[type, Any] = {}
        self.secret: dict[type, Any] = {}
        self._numbers = count(1)
        self._rows = defaultdict(list)
        self._derived: list[tuple[Any, str, Any]] = []

    def build(self):
        with one_change():
            self._build_hub()
            for self._state in HIDDEN:
                for kind in kinds():
                    self._hide(kind, "itself")
                for relation in ways_to_hidden():
                    if not relation.is_owner:
                        shown = self._attach(relation, self._hide_behind(relation))
                        if self._state == FIRST and type(shown) in MAKE:
                            self._surround(shown)
            for rows in self._rows.values():
                type(rows[0])._base_manager.bulk_create(rows)
        for record, name, hidden in self._derived:
            type(record)._base_manager.filter(pk=record.pk).update(**{name: hidden})
        return self

    def _build_hub(self):
        hub = self.hub
        hub[Country], hub[Person], hub[Source] = (
            make_country("PAK"),
            make_person("Hafiz"),
            make_source(slug="hub-source"),
        )
        hub[Theme] = make_theme("hub-theme")
        hub[Organisation] = self._show(Organisation, slug="hub-ministry", country=hub[Country])
        hub[Forum] = self._show(Forum, slug="hub-forum", members=["CHN", "PAK"])
        hub[WorkingGroup] = self._show(WorkingGroup, slug="hub-group", forum=hub[Forum])
        hub[Agreement] = self._show(Agreement, forum=hub[Forum], signed="2021", themes=["hub-theme"])
        hub[Meeting] = self._show(Meeting, forum=hub[Forum], title="", session_number=next(self._numbers))
        hub[Commitment] = self._show(Commitment, meeting=hub[Meeting], agreement=hub[Agreement], due=DAY)
        self.secret = {
            Country: make_country("ZQX", name=f"{WORD}land", name_ur=f"{WORD}land", name_zh=f"{WORD}land"),
            Person: self._build(Person, f"{WORD}per"),
            Source: self._build(Source, f"{WORD}src"),
            Theme: self._build(Theme, f"{WORD}thm"),
        }
        for kind in STATELESS[1:]:
            self.secret[kind].save()

    # Hidden records

    def _hide(self, kind, relation):
        """A hidden record with its rows: each text holds its word, each relation leads to the hub."""
        word = f"{WORD}{next(self._numbers):03}"
        hidden = self._build(kind, word, EITHER.get(kind, ("",))[0], **HIDDEN[self._state])
        hidden.save()
        self.canaries[word] = Canary(hidden, relation, self._state)
        for field in kind._meta.many_to_many:
            if field.editable and field.remote_field.through._meta.auto_created:
                links = [self.hub[field.related_model], self.secret.get(field.related_model)]
                getattr(hidden, field.name).set(filter(None, links))
        self._add_rows(hidden, word)
        return hidden

    def _hide_behind(self, relation):
        """What a relation is to lead to: a hidden record, or a row of one."""
        target = relation.field.related_model
        if target in kinds():
            return self._hide(target, str(relation))
        hidden = self._hide(target._meta.get_field(target.owner_name).related_model, str(relation))
        row = next(row for row in self._rows[target] if row.owner is hidden)
        self._rows[target].remove(row)
        row.save()
        return row

    def _add_rows(self, owner, word):
        for row in relations(type(owner)):
            if not row.is_owner:
                continue
            for filled in EITHER.get(row.model, ("",)):
                made = self._build(row.model, word, filled, **{row.field.name: owner})
                if isinstance(made, Publication):
                    made.state = Publication.State.PUBLISHED
                self._rows[row.model].append(made)
                self._add_rows(made, word)

    # Published records beside them

    def _attach(self, relation, other):
        """Let a published record, or a row of one, lead to ``other``; return the record that was made for it."""
        model, name = relation.model, relation.field.name
        if relation.field.many_to_many:
            getattr(self.hub[model], name).add(other)
            return None
        if model in MAKE:
            given = {name: other} if relation.field.editable else {}
            made = self._show(model, **self._beside_it(model, name) | given)
            if not relation.field.editable:
                self._derived.append((made, name, other))
            return made
        row = self._build(model, "", name, **{name: other}, **SAID.get(model, {}))
        row.save()
        return row

    def _show(self, kind, **fields):
        made = MAKE[kind](cited=False, **fields)
        made.citations.create(source=self.hub[Source])
        self.shown[self._state].append(made)
        return made

    def _beside_it(self, model, name):
        """What the record beside a hidden one needs so that many lists show it."""
        if model is Meeting:
            # Without a title it goes by the name of the body that met.
            forum = {} if name == "working_group" else {"forum": self.hub[Forum]}
            # With a single side, the members of the forum would have met as well.
            sides = {} if self._state == FIRST else {"delegations": ("PAK",)}
            held = timezone.localdate() - timedelta(days=30)
            return {"title": "", "session_number": next(self._numbers), "held": held.isoformat(), **sides, **forum}
        if model is Commitment:
            origin = {} if name in ("meeting", "agreement") else {"meeting": self.hub[Meeting]}
            counted = {"due_rule": "relative", "due_period": "P1Y"} if name.startswith("due_") else {}
            return {"due": timezone.localdate().isoformat(), **counted, **origin}
        return {"members": ["CHN", "PAK"]} if model is Forum else {}

    def _surround(self, shown):
        """Let others lead to what stands beside a hidden record: its own name may be made of that of the other."""
        for relation in relations(type(shown)):
            is_public = relation.model in MAKE or getattr(relation.model, "is_content", False)
            if is_public and relation.field.editable and not relation.is_owner:
                self._attach(relation, shown)

    # One row of any kind

    def _build(self, model, word, filled="", **given):
        """An unsaved row of a model: ``word`` in each of its texts, where there is one, and a value wherever there must
        be one. ``filled`` is which one of ``EITHER`` is."""
        others = set(EITHER.get(model, ())) - {filled}
        is_internal = not issubclass(model, Versioned) or not getattr(model, "is_content", True)
        values = {}
        for field in model._meta.concrete_fields:
            if field.name in given or field.primary_key or not field.editable or field.name in others | LEFT_EMPTY:
                continue
            if field.is_relation:
                values[field.name] = self._link(field, bool(word) and not is_internal)
            elif (value := self._value(field, word)) is not None:
                values[field.name] = value
        if model is Reminder:
            values["role"] = ROLES[filled]
        return model(**values | given)

    def _link(self, field, is_hidden):
        if field.related_model is Delivery:
            return make_delivery(self.hub[Person])
        if field.one_to_one or (field.null and field.related_model not in self.hub):
            return None
        return (self.secret if is_hidden else {}).get(field.related_model) or self.hub[field.related_model]

    def _value(self, field, word):
        if field.name in FILLED:
            return FILLED[field.name]
        if isinstance(field, EDTFField):
            return DAY
        if isinstance(field, DurationField):
            return "P1Y"
        if field.choices:
            return None if field.has_default() or field.blank else field.choices[0][0]
        if isinstance(field, models.CharField | models.TextField):
            return self._text(field, word)
        if isinstance(field, models.DateField) and not field.null and not field.has_default():
            return timezone.localdate()
        is_number = isinstance(field, models.IntegerField | models.DecimalField)
        return next(self._numbers) if is_number and not (field.null or field.has_default()) else None

    def _text(self, field, word):
        if not word:
            return None if field.blank or field.has_default() else f"plain {next(self._numbers)}"
        if isinstance(field, models.SlugField):
            return word
        if isinstance(field, models.URLField):
            return f"https://example.org/{word}"
        if isinstance(field, models.EmailField):
            return f"{word}@example.org"
        return f"{word} {field.name}"[: field.max_length]
