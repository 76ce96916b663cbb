"""The text by which each record is found, as words that both databases compare alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, reduce
from hashlib import sha256
from operator import or_
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ..languages import OF_EDITORS, Written
from ..words import normalised, words_of

Key = tuple[type[models.Model], int]
PUBLIC = "published"
# Moves where the same text would be stored as other words: all entries are written anew at the next migration.
EDITION = 1
PUBLIC = "published"
AT_ONCE = 500


@dataclass(frozen=True)
class FoundBy:
    """By which of its columns, and those of its rows (``titles__title``), a record of a kind is found: what it is
    called, what else it says, choices, whose words count in every language, and words that go without saying.

    ``languages`` are those of columns that are not in the language of the editors; of rows, a column says it.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    words: tuple[Any, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Texts:
    """What a record is called and what else it says, as it stands on its page; words beside these, as search sees them;
    and its state."""

    names: list[Written]
    texts: list[Written]
    words: list[str]
    state: str


class SearchEntryQuerySet(models.QuerySet):
    def of(self, model):
        return self.filter(kind=model._meta.label_lower)

    def public(self):
        """A kind without a state is public where a published record names it, which its register knows."""
        return self.filter(state=PUBLIC)

    def having(self, term, columns, is_exact=False):
        """Those with the term in one of the columns."""
        conditions = [Q(**{f"{column}__contains": term.asked(is_exact)}) for column in columns]
        return self.filter(reduce(or_, conditions))


class SearchEntry(models.Model):
    """The words of one record, as ``tracker.records.words`` makes them of its texts.

    ``names`` is a line for each name, with a line break before and after it; ``texts`` is one line.
    """

    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()
    state = models.CharField(max_length=10)
    names = models.TextField()
    texts = models.TextField(blank=True)
    # Of what the words were made: see ``_edition``.
    edition = models.CharField(max_length=8)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="search_entry_unique")]

    def __str__(self):
        return f"{self.kind} {self.record}"


def search_entries(model: type[models.Model]) -> SearchEntryQuerySet:
    """The entries of the records of a kind, of whatever state."""
    return SearchEntry.objects.of(model)


def write_search_entries(touched: Iterable[Key]) -> None:
    """Bring the entries of these records up to date, and remove those of records that are no more."""
    keys: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, key in touched:
        if found_by(model):
            keys[model].append(key)
    for model, changed in keys.items():
        entries = list(_entries(model, changed))
        SearchEntry.objects.bulk_create(
            entries,
            AT_ONCE,
            update_conflicts=True,
            unique_fields=["kind", "record"],
            update_fields=["state", "names", "texts", "edition"],
        )
        if gone := set(changed) - {entry.record for entry in entries}:
            SearchEntry.objects.of(model).filter(record__in=gone).delete()


def fill_search_entries() -> None:
    """Write the entries that are missing, or were made of other columns or by other rules."""
    for model in searched_models():
        of_today = SearchEntry.objects.of(model).filter(edition=_edition(model)).values("record")
        missing = list(model._base_manager.exclude(pk__in=of_today).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(missing), AT_ONCE):
            write_search_entries((model, key) for key in missing[start : start + AT_ONCE])


def found_by(model: type[models.Model]) -> FoundBy | None:
    return getattr(model, "FOUND_BY", None)


def searched_models() -> Iterator[Any]:
    return filter(found_by, apps.get_models())


def texts_of(model: type[models.Model], keys: Collection[int]) -> dict[int, Texts]:
    """Return ``{key: texts}`` of those records that exist: one statement for them, and one for each kind of row."""
    declared: Any = found_by(model)
    columns = [name for name in (*declared.names, *declared.texts, *declared.choices) if "__" not in name]
    state = ["state"] if hasattr(model, "state") else []
    found = {}
    for key, *values in model._base_manager.filter(pk__in=keys).values_list("pk", *columns, *state):
        said = dict(zip([*columns, *state], values, strict=True))
        found[key] = Texts(
            [line for name in declared.names for line in _lines(declared, name, said.get(name))],
            [Written(said[name], _language(declared, name)) for name in declared.texts if said.get(name)],
            [*_words_unsaid(model), *_words_of_choices(model, said)],
            said.get("state", PUBLIC),
        )
    for accessor, names in _rows(declared).items():
        for key, language, *values in _values_of_rows(model, accessor, names, found):
            for name, value in zip(names, values, strict=True):
                lines = found[key].names if f"{accessor}__{name}" in declared.names else found[key].texts
                lines += [Written(value, language)] if value else []
    return found


def _entries(model, keys):
    for key, each in texts_of(model, keys).items():
        yield SearchEntry(
            kind=model._meta.label_lower,
            record=key,
            state=each.state,
            names="\n".join(["", *filter(None, dict.fromkeys(map(normalised, each.names))), ""]),
            texts=" ".join(["", *words_of(" ".join(each.texts)), *each.words, ""]),
            edition=_edition(model),
        )


def _lines(declared, name, value):
    """A column may hold a name a line."""
    return [Written(line, _language(declared, name)) for line in str(value or "").splitlines()]


def _language(declared, name):
    return declared.languages.get(name, OF_EDITORS)


def _rows(declared):
    """``{accessor of the rows: [column]}``"""
    found = defaultdict(list)
    for path in (*declared.names, *declared.texts):
        accessor, _separator, name = path.rpartition("__")
        if accessor:
            found[accessor].append(name)
    return found


def _values_of_rows(model, accessor, names, keys):
    relation: Any = model._meta.get_field(accessor)
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": list(keys)})
    language = F("language") if hasattr(relation.related_model, "language") else Value(OF_EDITORS)
    return rows.order_by("pk").annotate(told_in=language).values_list(relation.field.attname, "told_in", *names)


def _words_of_choices(model, said):
    return [word for name in found_by(model).choices for word in _words_of_choice(model, name, said[name])]


@cache
def _words_of_choice(model, name, code):
    """Those of the code and of what the site calls it, in every language."""
    return [*words_of(code), *in_every_language(dict(model._meta.get_field(name).flatchoices).get(code, ""))]


def in_every_language(text: Any) -> list[str]:
    """The words of a text that is translated, in each language of the site."""
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found += words_of(str(text))
    return found


@cache
def _words_unsaid(model):
    declared: Any = found_by(model)
    return [word for text in declared.words for word in in_every_language(text)]


@cache
def _edition(model):
    """A short mark of the declaration and of the words that come from it."""
    declared: Any = found_by(model)
    choices = [(name, code) for name in declared.choices for code, _words in model._meta.get_field(name).flatchoices]
    words = [_words_of_choice(model, *choice) for choice in choices] + [_words_unsaid(model)]
    return sha256(repr((EDITION, declared.names, declared.texts, words)).encode()).hexdigest()[:8]
