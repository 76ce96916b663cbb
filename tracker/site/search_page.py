"""The page of the search: what all registers have to some words, in the order in which it is likely to be meant."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from agreements.registers import AGREEMENTS, COUNTRIES, FORUMS, ORGANISATIONS, THEMES, WORKING_GROUPS
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records.languages import written
from tracker.records.words import Term, terms_of
from tracker.registers import keeping
from tracker.registers.filters import limit_words
from tracker.registers.finding import Phrases
from tracker.registers.index import in_order
from tracker.registers.marking import pieces_of
from tracker.registers.reasons import Reason, reasons
from tracker.registers.register import Register
from tracker.registers.search import Answer, answer
from tracker.registers.suggesting import suggestion

from .people import PEOPLE
from .registers import SOURCES

# Of what is found alike, bodies come before papers.
SEARCHED = (
    *(COUNTRIES, FORUMS, WORKING_GROUPS, ORGANISATIONS, PEOPLE, THEMES),
    *(AGREEMENTS, MEETINGS, COMMITMENTS, SOURCES),
)
MOST_OPTIONS = 12
UNKNOWN = _("“%(value)s” is not a known value here.")


class SearchForm(forms.Form):
    q = forms.CharField(max_length=200, required=False)
    register = forms.ChoiceField(
        choices=[(register.name, register.title) for register in SEARCHED],
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )
    country = forms.CharField(required=False, validators=[RegexValidator(r"\A[A-Z]{3}\Z", UNKNOWN)])
    year = forms.CharField(required=False, validators=[RegexValidator(r"\A[12][0-9]{3}\Z", UNKNOWN)])

    clean_q = limit_words


@dataclass(frozen=True)
class Result:
    """One record that was found, with why."""

    record: Any
    register: Register
    reasons: list[Reason]
    terms: list[Term]

    @property
    def kind(self):
        return capfirst(self.record._meta.verbose_name)

    @property
    def name(self):
        """In pieces, of which those that meet a term are marked."""
        return pieces_of(written(getattr(self.record, "headline", self.record)), self.terms)

    @property
    def day(self):
        return getattr(self.record, f"{self.register.day}_in_words", "") if self.register.day else ""


class SearchPage:
    """``params`` are ``q``, and of which ``register``, ``country`` and ``year`` what is found must be."""

    def __init__(self, params: QueryDict, today: date, version: int | None = None) -> None:
        self.params, self.today, self.version = params, today, version
        self.form = SearchForm({name: params.get(name, "") for name in SearchForm.base_fields})

    @cached_property
    def errors(self):
        """``{parameter: [message]}``"""
        twice = [name for name in self.form.fields if len(set(self.params.getlist(name))) > 1]
        return dict(self.form.errors) | {name: [_("Give one value only.")] for name in twice}

    @property
    def text(self):
        return self.params.get("q", "").strip()

    @cached_property
    def terms(self):
        return terms_of(self.text)

    @property
    def is_asked(self):
        """Whether there is something to look for."""
        return not self.errors and bool(self.terms)

    @cached_property
    def _answers(self) -> list[Answer]:
        phrases: Phrases = {}
        searched = SEARCHED if self.is_asked else ()
        return [answer(register, self.text, self.today, self.version, phrases) for register in searched]

    def _narrowed(self, each: Answer, keys: BitMap) -> BitMap:
        """Of some keys of an answer those that are of what is chosen beside the words."""
        chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        if chosen.get("register", each.register.name) != each.register.name:
            return BitMap()
        if "country" in chosen:
            keys = keys & each.of_country(chosen["country"])
        if "year" in chosen:
            keys = keys & each.of_year(int(chosen["year"]))
        return keys

    @cached_property
    def _found(self) -> list[tuple[Answer, BitMap]]:
        """What is found, in the order of the page: of each tier each register."""
        columns = [[(each, self._narrowed(each, keys)) for keys in each.tiers] for each in self._answers]
        return [(each, keys) for each, keys in chain.from_iterable(zip(*columns, strict=True)) if keys]

    @property
    def found(self) -> dict[Register, BitMap]:
        """The keys of all that is found, by register."""
        keys: dict[Register, BitMap] = {}
        for each, some in self._found:
            keys[each.register] = keys.get(each.register, BitMap()) | some
        return keys

    def __len__(self) -> int:
        return sum(len(keys) for _answer, keys in self._found)

    def __getitem__(self, places: slice) -> list[Result]:
        return list(self._results(places.start, places.stop))

    def _results(self, start, stop) -> Iterator[Result]:
        chosen: list[tuple[Register, int]] = []
        for each, keys in self._found:
            if start < len(keys) and stop > 0:
                taken = each.slice(keys, max(start, 0), stop)
                chosen += [(each.register, key) for key in taken]
            start, stop = start - len(keys), stop - len(keys)
        records, why = {}, {}
        for register in dict.fromkeys(register for register, _key in chosen):
            own = [key for of, key in chosen if of is register]
            public = register.records(self.today)
            records |= {(register, record.pk): record for record in in_order(register.shown(public), own)}
            why |= {(register, key): each for key, each in reasons(register, public, own, self.terms).items()}
        for place in chosen:
            if place in records:
                yield Result(records[place], place[0], why.get(place, []), self.terms)

    @property
    def total_in_words(self):
        return ngettext("%(n)s record", "%(n)s records", len(self)) % {"n": len(self)}

    @property
    def facets(self):
        """``[{title, options: [{label, count, address}]}]``; what is chosen already is a chip."""
        chosen = self.form.cleaned_data
        facets = {"register": (_("Register"), self._registers), "country": (_("Country"), self._countries)}
        facets["year"] = (_("Year"), self._years)
        for name, (title, options) in facets.items():
            if not chosen[name] and (found := list(options())):
                yield {"title": title, "options": [self._option(name, *option) for option in found[:MOST_OPTIONS]]}

    def _option(self, name, value, label, number):
        return {"label": label, "count": number, "address": self.address(**{name: value})}

    def _registers(self):
        for each in self._answers:
            if number := len(self._narrowed(each, each.keys)):
                yield each.register.name, each.register.title, number

    def _countries(self):
        numbers: Counter[str] = Counter()
        for each, keys in self._whole:
            if ("values", "country") in each.index.parts:
                found = each.index.values("country").keys
                numbers.update({code: found[code].intersection_cardinality(keys) for code in found})
        by_number = sorted(numbers, key=lambda code: (-numbers[code], code))
        return ((code, self._names_of_countries[code], numbers[code]) for code in by_number if numbers[code])

    @cached_property
    def _names_of_countries(self) -> dict[str, str]:
        """In the language of the page."""
        parts = [each.index.parts.get(("values", "country")) for each in self._answers]
        called = [part.names for part in parts if part]
        languages = [names.get(get_language()) or names.get(settings.LANGUAGE_CODE) or {} for names in called]
        return {code: name for names in languages for code, name in names.items()}

    def _years(self):
        numbers: Counter[int] = Counter()
        for each, keys in self._whole:
            numbers.update(each.by_year(keys))
        return ((str(year), str(year), numbers[year]) for year in sorted(numbers, reverse=True))

    @property
    def _whole(self):
        return [(each, self._narrowed(each, each.keys)) for each in self._answers]

    @property
    def chips(self):
        """What ``components/chips.html`` shows."""
        labels = {"register": _("Register"), "country": _("Country"), "year": _("Year")}
        names = dict(self.form.fields["register"].choices) | self._names_of_countries
        return [
            {
                "label": label,
                "value": names.get(self.params[name], self.params[name]),
                "remove_url": self.address(**{name: ""}),
            }
            for name, label in labels.items()
            if self.params.get(name)
        ]

    def address(self, **changes):
        """The query string of a neighbouring search."""
        given = {name: self.params.get(name, "") for name in self.form.fields}
        return "?" + urlencode({name: value for name, value in {**given, **changes}.items() if value})

    @property
    def query(self):
        return self.address().removeprefix("?")

    @property
    def clear_url(self):
        """The address of the same words alone, where they are narrowed."""
        return self.address(register="", country="", year="") if self.chips else ""

    @property
    def suggestion(self):
        """Other words that find something, where these find nothing: ``{text, address}``."""
        indexes = [keeping.ready(register, self.today, self.version) for register in SEARCHED]
        text = suggestion(self.text, [index for index in indexes if index])
        other = SearchPage(QueryDict(urlencode({"q": text})), self.today, self.version)
        return {"text": text, "address": other.address()} if text and len(other) else None
