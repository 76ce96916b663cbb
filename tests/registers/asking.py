"""Questions about a register at random, and what is answered to them by its index and by the database."""

import numpy as np
from django.http import QueryDict
from django.utils.http import urlencode

from tracker.records.models import SearchEntry
from tracker.records.words import terms_of
from tracker.registers import facets
from tracker.registers.filters import DayField
from tracker.registers.finding import Finder
from tracker.registers.listing import Listing
from tracker.registers.parts import UNKNOWN, Order, Values
from tracker.registers.word_parts import Links, Words

DAYS = ("1950", "2010", "2015-06", "2019-03-01", "2021", "2024-02-29", "2026", "2026-11", "2030")


def asked_at_random(register, chance, number):
    """Query strings, the empty one first, of values that there are; each is drawn from all the filters of the list."""
    yield ""
    names = register.filterset.base_filters
    values = {name: _values(filter_) for name, filter_ in names.items() if name != "q"}
    for _time in range(number - 1):
        chosen = chance.sample(list(names), min(len(names), chance.choice((1, 1, 2, 3))))
        pairs = [
            (name, value) for name in chosen if name in values for value in _some(values[name], chance, names[name])
        ]
        if "q" in chosen or chance.random() < 0.3:
            pairs.append(("q", words_at_random(chance)))
        yield urlencode([*pairs, ("sort", chance.choice(register.sort_choices))])


def words_at_random(chance):
    """A word or two that stand in the entry of a record, whole or begun, or two in a row in quotation marks."""
    entry = chance.choice(SearchEntry.objects.order_by("pk")[:2000])
    words = f"{entry.names} {entry.texts}".split()
    place = chance.randrange(len(words))
    if chance.random() < 0.2:
        return f'"{" ".join(words[place : place + 2])}"'
    others = [chance.choice(words)] if chance.random() < 0.4 else []
    return " ".join([words[place][: chance.choice((2, 4, 20))], *others])


def _some(values, chance, filter_):
    many = 1 if filter_.field_class is DayField else chance.choice((1, 1, 2))
    return chance.sample(values, min(many, len(values)))


def _values(filter_):
    if filter_.field_class is DayField:
        return list(DAYS)
    if "queryset" in filter_.extra:
        return list(filter_.extra["queryset"](None).values_list(filter_.extra["to_field_name"], flat=True))
    return [code for code, _label in filter_.extra["choices"]]


def told(register, query, today, index=None, others=None):
    """What is said to a query: the numbers by what they are told apart, each value of each facet with its name and
    number, and all keys in their order. Where words are asked for, ``others`` has the indexes of other registers."""
    listing = Listing(register, QueryDict(query), today)
    assert listing.errors == {}, query
    if index is None:
        numbers, options = facets.count(register.facets, listing.filterset, register.apart)
        keys = list(listing.records.values_list("pk", flat=True))
    else:
        found = index.found(listing.filterset, _words_found(listing, index, others))
        numbers, options = found.counts(register.facets, register.apart)
        keys = found.slice(listing.sort, 0, len(index.all))
    # A value of which there is none is not told; nor is what has no value.
    shown = {facet.name: _shown(facet, options[facet.name]) for facet in register.facets}
    return {code: number for code, number in numbers.items() if number}, shown, keys


def _words_found(listing, index, others):
    words = listing.filterset.form.cleaned_data["q"]
    if not words:
        return {}
    registers = {each.path: each.register() for each in index.register.related if each.register}
    finder = Finder(index, {path: others[register] for path, register in registers.items()})
    return {"q": finder.with_all(terms_of(words))}


def _shown(facet, rows):
    return {code: (number, label if not facet.choices else None) for code, label, number in rows if code}


def same(one, other):
    """Whether two indexes of a register hold the same."""
    return one.all == other.all and all(_alike(one.parts[name], other.parts[name]) for name in other.parts)


def _alike(one, other):
    if isinstance(one, Values):
        return (one.keys, one.names) == (other.keys, other.names)
    if isinstance(one, Words):
        return one.by_word() == other.by_word()
    if isinstance(one, Order):
        return one.unvalued == other.unvalued and np.array_equal(one.keys, other.keys)
    if isinstance(one, Links):
        return _pairs(one) == _pairs(other)
    return (_known(one.earliest), _known(one.latest)) == (_known(other.earliest), _known(other.latest))


def _pairs(links):
    return set(zip(links.keys.tolist(), links.others.tolist(), strict=True))


def _known(days):
    keys = np.flatnonzero(days != UNKNOWN)
    return dict(zip(keys.tolist(), days[keys].tolist(), strict=True))
