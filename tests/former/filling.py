"""Fills every table of a former state of the database, by what its historical models say of themselves.

Each row has a legal value of its own in every column and takes its turn with every choice; one more row of each table
leaves empty whatever may be. Then most are edited, and a revision of each record is kept before and after.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from graphlib import TopologicalSorter
from importlib import import_module
from itertools import combinations, count
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, UniqueConstraint

from tracker.records.fields import Bound

PRODUCT = ("accounts", "records", "mail", "agreements", "meetings")
AT_LEAST = 4
# The history was written by this migration, from these records and rows; it still knows how.
history: Any = import_module("meetings.migrations.0006_revisions_of_the_past")
NOTATIONS = (
    "{0:%Y-%m-%d}",
    "{0:%Y-%m}",
    "{0:%Y}?-{0:%m-%d}",
    "../{0:%Y-%m-%d}",
    "{0:%Y}",
    "{0:%Y-%m-%d}/{1:%Y-%m-%d}",
    "{0:%Y}-33",
)
# Where a column asks for more than its type says: values to take turns with.
LANGUAGES = ("en", "ur", "zh-Hans", "fr", "ar")
VALUES: dict[str, tuple] = {
    "language": LANGUAGES,
    "wording_language": LANGUAGES,
    "time_zone": ("Asia/Karachi", "Asia/Shanghai", "UTC", "Europe/London"),
    "agreements.country.code": ("PAK", "CHN", "SAU", "UZB", "LKA"),
    "agreements.country.alpha2": ("PK", "CN", "SA", "UZ", "LK"),
    "agreements.forum.session_word": (
        *("session", "Meeting", "rounds", "consultations", "General Assembly", "", "Plenary", "Türkçe oturum"),
    ),
    "agreements.person.send_hour": (0, 8, 17, 23),
    "agreements.agreement.validity_months": (24, 36, 0, 1, 12, 18, 120, 11_988, 11_989, 32_767),
    "agreements.agreement.notice_months": (6, 1, 12, 0, 12_000),
    "meetings.commitment.recurrence": ("FREQ=YEARLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY;INTERVAL=2", ""),
    "meetings.followuppolicy.days_before": ("30, 7, 1", "14", "60, 30", "1"),
    "meetings.followuppolicy.days_after": ("1, 7, 30", "2", "1, 2, 3", "365"),
    "records.source.title": ("Joint statement", "Minutes", "", "", "Press release", "", "Report"),
    "records.source.url": ("https://example.org/a?b=c&d=%20", "", "", "https://example.org/ü", "", ""),
    "records.source.publisher": ("Ministry", "Agency", "Xinhua", "", "APP", ""),
    "records.slugalias.kind": ("forum", "workinggroup", "organisation", "theme"),
}
REFERENCES = {"agreements.agreement": "AGR", "meetings.meeting": "MTG", "meetings.commitment": "COM"}


class Filler:
    """Models of the state, and the keys of the rows made so far."""

    def __init__(self, apps: Any) -> None:
        self.apps = apps
        self.numbers = count(1)
        self.keys: dict[type[models.Model], list] = {}
        self.bare: set[tuple[type[models.Model], Any]] = set()

    def fill(self) -> None:
        for model in self._in_order():
            self.keys[model] = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
            for place in range(rows_of(model)):
                self._save(model, place)
            if not _has_few_rows(model):
                self._save(model, rows_of(model), is_bare=True)
        self._write_revisions()
        self._edit()
        self._write_revisions()
        self._write_what_is_removed()

    def _in_order(self) -> Iterator[type[models.Model]]:
        """Each model after those it points at."""
        found: dict[Any, set] = {}
        for model in self.apps.get_models(include_auto_created=True):
            if model._meta.app_label in PRODUCT and model._meta.label != "records.Revision":
                targets = {field.related_model for field in relations(model)} - {model}
                found[model] = {each for each in targets if each._meta.app_label in PRODUCT}
        return iter(TopologicalSorter(found).static_order())

    def _save(self, model: type[models.Model], place: int, *, is_bare: bool = False) -> None:
        row = model(pk=1) if model._meta.label == "records.DataVersion" else model()
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        values = {field: self._value(field, place) for field in fields}
        if is_bare:
            values |= {field: empty(field) for field in fields if field.editable and may_be_empty(field)}
        self._settle(row, values, place)
        row.save(force_insert=True)
        self.keys[model].append(row.pk)
        if is_bare:
            self.bare.add((model, row.pk))

    def _edit(self) -> None:
        """Somebody changed each record and each row in all that is no relation; only what is empty stays so."""
        for label in (*history.RECORDS, *history.ROWS):
            model = self.apps.get_model(label)
            for place, row in enumerate(model._base_manager.order_by("pk")):
                if (model, row.pk) not in self.bare:
                    values = {field: getattr(row, field.attname) for field in model._meta.concrete_fields}
                    for field in values:
                        if field.editable and not field.unique and not field.is_relation:
                            values[field] = self._value(field, place + 1)
                    self._settle(row, values, place)
                    row.save()

    def _value(self, field: Any, place: int) -> Any:
        label = field.model._meta.label_lower
        if field.is_relation:
            return self._key(field, place)
        if field.name == "reference":
            return f"{REFERENCES[label]}-{place + 1:04}"
        if field.name == "username":
            return f"user-{place + 1}"
        codes = [code for code, _words in field.choices or ()]
        if given := VALUES.get(f"{label}.{field.name}") or codes or VALUES.get(field.name):
            return given[place % len(given)]
        return value_of(field, place, next(self.numbers))

    def _key(self, field: Any, place: int) -> Any:
        """Rows take turns with what they point at; two relations of one row to one table point at two of its rows."""
        model, target = field.model, field.related_model
        if target not in self.keys:
            self.keys[target] = list(target._base_manager.order_by("pk").values_list("pk", flat=True))
        known = self.keys[target]
        if target is model:
            return known[-1] if known else None
        place += [other for other in relations(model) if other.related_model is target].index(field)
        if field.unique:
            return known[place] if place < len(known) else None
        return known[place % len(known)] if known else None

    def _settle(self, row: Any, values: dict[Any, Any], place: int) -> None:
        """Give the row these values, and as few others as its constraints ask for: some empty, or filled after all."""
        assign(row, values)
        if not (broken := broken_by(row)):
            return
        names = {name for each in broken for name in columns_of(each)}
        fields = [field for field in values if field.name in names and not isinstance(field, Bound)]
        fields = fields[place % len(fields) :] + fields[: place % len(fields)]
        others = {field: self._other(field, values[field], place) for field in fields}
        for size in range(1, len(fields) + 1):
            for chosen in combinations(fields, size):
                assign(row, values | {field: others[field] for field in chosen})
                if not broken_by(row):
                    return
        raise AssertionError(f"no legal row of {row._meta.label} with {values}: {broken}")

    def _other(self, field: Any, value: Any, place: int) -> Any:
        if field.choices:
            codes = [code for code, _words in field.choices]
            return codes[(codes.index(value) + 1) % len(codes)] if value in codes else codes[place % len(codes)]
        if isinstance(field, models.BooleanField):
            return not value
        return self._value(field, place) if value in (None, "") else empty(field)

    def _write_revisions(self) -> None:
        """One of each record that now says something else than its last one."""
        Revision = self.apps.get_model("records", "Revision")
        accounts = self.keys[self.apps.get_model("accounts", "User")]
        last = {(each.kind, each.record): each for each in Revision.objects.order_by("number")}
        for label in history.RECORDS:
            for (kind, record), content in history.today(self.apps, label):
                before = last.get((kind, record))
                if before is None or before.content != content:
                    number = next(self.numbers)
                    Revision.objects.create(
                        kind=kind,
                        record=record,
                        number=before.number + 1 if before else 1,
                        data_version=number,
                        made_at=moment(number),
                        account_id=accounts[number % len(accounts)] if number % 3 else None,
                        reason=f"reason {number}" if number % 2 else "",
                        title=f"{kind} {record}",
                        is_editorial=bool(number % 5),
                        is_content=not number % 4,
                        content=content,
                    )

    def _write_what_is_removed(self) -> None:
        """Of each kind a record that is no longer there: what it said, and that it was removed."""
        Revision = self.apps.get_model("records", "Revision")
        for label in history.RECORDS:
            for each in Revision.objects.filter(kind=label, number=1)[:20]:
                each.pk, each.record = None, each.record + 1_000_000
                each.save(force_insert=True)
                each.pk, each.number, each.status, each.content = None, 2, "removed", {}
                each.save(force_insert=True)


def relations(model: Any) -> list:
    return [field for field in model._meta.concrete_fields if field.is_relation]


def rows_of(model: Any) -> int:
    """So many that every choice of every column has its turn."""
    if model._meta.label == "records.DataVersion":
        return 1
    choices = [len(field.choices) for field in model._meta.concrete_fields if field.choices]
    return max(choices, default=0) if _has_few_rows(model) else max(AT_LEAST, *choices, 0)


def _has_few_rows(model: Any) -> bool:
    """Whether its constraints allow no more rows than it has choices; and the rows of a relation are never empty."""
    fields = model._meta.concrete_fields
    is_single = model._meta.label == "records.DataVersion"
    return is_single or any(field.unique and field.choices for field in fields)


def value_of(field: Any, place: int, number: int) -> Any:
    """Another value for each number; later numbers are later days."""
    makers: list[tuple[type, Any]] = [
        (Bound, lambda: None),
        (models.BooleanField, lambda: place % 2 == 0),
        (models.DateTimeField, lambda: moment(number)),
        (models.DateField, lambda: moment(number).date()),
        (models.DecimalField, lambda: Decimal(number) + Decimal("0.25")),
        (models.UUIDField, lambda: UUID(int=number)),
        (models.IntegerField, lambda: number % 30_000 + 1),
        (models.EmailField, lambda: f"p{number}@example.org"),
        (models.URLField, lambda: f"https://example.org/{number}?q=%20#ü"),
        (models.SlugField, lambda: f"slug-{number}"),
        (models.CharField, lambda: text(field, place, number)),
        (models.TextField, lambda: f"{number} {field.name}\n“quoted”, 'apostrophe' 100 % اردو 中文\\n"),
    ]
    return next(make for kind, make in makers if isinstance(field, kind))()


def text(field: Any, place: int, number: int) -> str:
    if type(field).__name__ == "EDTFField":
        day = date(2001, 1, 1) + timedelta(days=number)
        return NOTATIONS[place % len(NOTATIONS)].format(day, day + timedelta(days=2))
    if field.max_length <= 3:
        return chr(ord("A") + place) * field.max_length
    return f"{number} {field.name} “é” اردو 中文"[: field.max_length].strip()


def moment(number: int) -> datetime:
    return datetime(2020, 1, 1, 12, 30, 15, 123456, tzinfo=UTC) + timedelta(days=number % 2000, minutes=number)


def may_be_empty(field: Any) -> bool:
    return not field.primary_key and (
        field.null or (field.blank and field.empty_strings_allowed) or field.has_default()
    )


def empty(field: Any) -> Any:
    if field.null:
        return None
    return "" if field.blank and field.empty_strings_allowed else field.get_default()


def assign(row: Any, values: dict[Any, Any]) -> None:
    for field, value in values.items():
        setattr(row, field.attname, value)
    for field in values:
        if isinstance(field, Bound):
            field.pre_save(row, True)


def broken_by(row: Any) -> list:
    found = []
    for constraint in row._meta.constraints:
        try:
            constraint.validate(type(row), row)
        except ValidationError:
            found.append(constraint)
    return found


def columns_of(constraint: CheckConstraint | UniqueConstraint) -> set[str]:
    """The columns that it speaks of; of a bound, the notation that it follows from."""
    names = set(getattr(constraint, "fields", ()))
    condition: Any = constraint.condition
    for name in condition.referenced_base_fields if condition else ():
        names |= {name, name.removesuffix("_earliest").removesuffix("_latest")}
    return names
