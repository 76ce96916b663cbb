"""A register as one reader asked for it: the filters of an address, what they leave, and the addresses next to it."""

from contextlib import closing

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from pyroaring import BitMap

from tracker.records import edtf, typography
from tracker.records.languages import written
from tracker.records.public import public_name
from tracker.records.words import terms_of

from . import facets, keeping
from .calendar_file import ICS
from .filters import MOST_VALUES, RepeatedField
from .finding import Finder
from .formats import FORMATS
from .index import in_order
from .past.days import AS_OF, errors_of
from .prepared import records_of_page

PAGE_SIZE = 30
# Without an index: the database would take long to count on.
MOST_COUNTED = 10_000
# At once in memory.
MOST_KEYS = 20_000
# Of parameters that are not known; nobody reads a thousand messages.
MOST_NAMED = 10


class Listing:
    """``register`` narrowed by the query parameters ``params`` on the day ``today``.

    ``errors`` is empty where all parameters can be read; only then has the listing records, a total and facets.
    ``version`` is the data version, where it was read for this answer already. ``may_be_past`` is true where the view
    answers of a past day too, if the parameters name one.
    """

    def __init__(self, register, params, today, version=None, *, may_be_past=False):
        self.register = register
        self.name = register.name
        self.today = today
        self.version = version
        self.may_be_past = may_be_past
        self.filterset = register.filterset(params, register.records(today), related=register.related)
        self.params = self.filterset.params_of_today(params)
        if self.params is not params:
            self.filterset = register.filterset(self.params, register.records(today), related=register.related)
        self.sort = self.params.get("sort") or register.default_sort

    @cached_property
    def errors(self):
        """``{parameter: [message]}``"""
        errors = {name: list(messages) for name, messages in self.filterset.form.errors.items()}
        if self.sort not in self.register.sort_choices:
            errors["sort"] = [_("“%(value)s” is not a sort order of this list.") % {"value": self.sort[:40]}]
        errors |= {name: [_("Give one value only.")] for name in self._given_twice()}
        return errors | (errors_of(self.params) if self.may_be_past else {})

    def _given_twice(self):
        """Parameters that hold one value, but were given several: to take one of them would not be what was asked."""
        repeatable = {name for name, field in self.filterset.form.fields.items() if isinstance(field, RepeatedField)}
        return [name for name in self._names if name not in repeatable and len(set(self.params.getlist(name))) > 1]

    @property
    def unknown(self):
        """``{parameter: [message]}``"""
        return self.unknown_beside()

    def unknown_beside(self, *others):
        """The same where something else reads the ``others``."""
        return unread(self.params, [*self._names, *others])

    @property
    def _names(self):
        """The parameters that shape the list."""
        return [*self._names_of_today, AS_OF] if self.may_be_past else self._names_of_today

    @property
    def _names_of_today(self):
        return [*self.filterset.filters, "sort"]

    @cached_property
    def records(self):
        """The records in order, without what a row needs beside them; see ``Register.shown``."""
        return self.filterset.narrowed().order_by(*self.register.order(self.sort))

    @cached_property
    def _found(self):
        """The same, found by the index; None where the database must be asked."""
        index = keeping.ready(self.register, self.today, self.version)
        words = self.filterset.form.cleaned_data["q"]
        if index is None or not words:
            return index and index.found(self.filterset, {})
        finder = Finder.of(index, self.today, self.version)
        return finder and index.found(self.filterset, {"q": finder.with_all(terms_of(words))})

    @property
    def found_by_index(self):
        """The same, of a listing without errors."""
        return self._found

    def rows(self, start, stop, shown=None):
        """The records at these places, with what a row of the page reads, or what ``shown`` adds in place of that."""
        if self._found is None:
            return (shown or self.register.shown)(self.records)[start:stop]
        keys = self._found.slice(self.sort, start, stop)
        if shown is None:
            return records_of_page(self.register, self.today, keys)
        return in_order(shown(self.filterset.queryset), keys)

    def keys(self):
        """Yield the keys of all its records, in order."""
        if self._found is None:
            with closing(self.records.values_list("pk", flat=True).iterator(chunk_size=MOST_KEYS)) as keys:
                yield from keys
            return
        for start in range(0, len(self._found), MOST_KEYS):
            yield from self._found.slice(self.sort, start, start + MOST_KEYS)

    @property
    def found(self):
        """The keys of all its records, in no order; to know them costs nothing where the index is ready."""
        return BitMap(self.keys()) if self._found is None else self._found.keys

    @cached_property
    def _counts(self):
        if self._found is not None:
            return self._found.counts(self.register.facets, self.register.apart, self.params.getlist)
        return facets.count(self.register.facets, self.filterset, self.register.apart)

    @property
    def total(self):
        return sum(self._counts[0].values())

    @property
    def is_counted(self):
        """Whether the total is what was counted to the end, and every page can be reached."""
        return self._found is not None or self.total <= MOST_COUNTED

    @property
    def apart_in_words(self):
        """The total as what stands above the list says it: told apart, where the register does so."""
        if self.register.counted_apart is None or not self.is_counted:
            return self.total_in_words
        return self.register.counted_apart(self._counts[0])

    @property
    def total_in_words(self):
        if not self.is_counted:
            return _("more than %(number)s") % {"number": self.register.counted(MOST_COUNTED)}
        return self.register.counted(self.total)

    @property
    def facets(self):
        """What ``components/facet.html`` shows, in the order of the declaration."""
        for facet in self.register.facets:
            values = [value for value in self.params.getlist(facet.name) if value][:MOST_VALUES]
            chosen = {value: self._label(facet.name, value) for value in values}
            if self.errors:  # nothing is counted, but what was chosen stays in the form
                options = [option | {"count": None} for option in facet.options([], chosen)]
            else:
                options = facet.options(self._counts[1][facet.name], chosen)
            if options or facet.name in self.errors:
                yield {
                    "title": facet.title,
                    "name": facet.name,
                    "options": options,
                    "open": facet.is_open or bool(chosen),
                    "error": self.errors.get(facet.name),
                }

    @property
    def ranges(self):
        """The date filters of the register, two by two: ``[[{title, name, label, value, errors}]]``."""
        for names in self.register.date_ranges:
            yield [
                {
                    "title": self.filterset.filters[name].title,
                    "name": name,
                    "label": self.filterset.filters[name].label,
                    "value": self.params.get(name, ""),
                    "errors": self.errors.get(name),
                }
                for name in names
            ]

    @property
    def told_ids(self):
        """Where a live update puts what the date filters are told: as its template lists such places."""
        return "".join(f",#{name}-told" for names in (*self.register.date_ranges, (AS_OF,)) for name in names)

    @property
    def unseen(self):
        """``[(name, value)]`` of the filters in use that the form has no field for; it must send them along."""
        ranges = [name for names in self.register.date_ranges for name in names]
        seen = {"q", *ranges, *(facet.name for facet in self.register.facets)}
        names = [name for name in self.filterset.filters if name not in seen]
        return [(name, value) for name in names for value in self.params.getlist(name) if value]

    @property
    def chips(self):
        """One for each value of a filter in use, and for the past day; its address takes that value away."""
        return list(self._chips())

    def _chips(self):
        yield from self._chips_of_today()
        if self.may_be_past and (day := self.params.get(AS_OF)):
            said = day if AS_OF in self.errors else edtf.in_words(day)
            yield {"label": _("As published on"), "value": said, "remove_url": self.address(without=(AS_OF, day))}

    def _chips_of_today(self):
        for name, filter_ in self.filterset.filters.items():
            values = [value for value in dict.fromkeys(self.params.getlist(name)) if value]
            # More are refused; a thousand chips, each with an address of a thousand values, would only cost time.
            for value in values[:MOST_VALUES]:
                yield {
                    "label": filter_.label,
                    "value": self._label(name, value),
                    "remove_url": self.address(without=(name, value)),
                }

    def _label(self, name, value):
        """What chips and facets call a value: the name of the record, the words of a choice, or itself."""
        chosen = [] if name in self.errors else self.filterset.form.cleaned_data[name]
        for item in chosen if isinstance(chosen, list) else []:
            if value in (getattr(item, key, None) for key in ("code", "slug", "reference")):
                return public_name(item)
        choices = next((facet.choices for facet in self.register.facets if facet.name == name), ())
        return dict(choices).get(value, value)

    @property
    def headline(self):
        """What is listed: “Meetings: China, Pakistan”."""
        return self._headline(self._chips())

    @property
    def headline_of_today(self):
        """The same without the past day."""
        return self._headline(self._chips_of_today())

    def _headline(self, chips):
        title, chosen = self.register.title, [chip["value"] for chip in chips]
        return typography.labelled(title, typography.names(chosen)) if chosen else str(title)

    @property
    def known_query(self):
        """The parameters that this list reads, with the page, as the query string of its own address. The first page is
        the list itself."""
        return self._in_order([*self._names, "page"])

    @property
    def cited_query(self):
        """The same without the page."""
        return self._in_order(self._names)

    @property
    def filters_query(self):
        """The same without the order: what decides which records are listed."""
        return self._in_order([*self.filterset.filters])

    def _in_order(self, names):
        """One query for all that ask for the same, in whatever order."""
        known = dict.fromkeys(pair for pair in self._known(names) if pair != ("page", "1"))
        return urlencode(sorted(known, key=lambda pair: (names.index(pair[0]), pair[1])))

    @property
    def heads(self):
        """What ``components/sort_head.html`` shows: a click sorts, a click on the present order turns it round."""
        for head in self.register.heads:
            present = {head.sort: "ascending", f"-{head.sort}": "descending"}.get(self.sort) if head.sort else None
            turned = f"-{head.sort}" if present == "ascending" else head.sort
            yield {
                "label": head.label,
                "url": self.address(sort=turned) if head.sort else "",
                "direction": present or "",
                "numeric": head.is_numeric,
            }

    @property
    def formats(self):
        """What ``components/formats.html`` shows: this list, with its filters, in each other format."""
        return formats_of(self.register, self.query, self.query_of_today)

    @property
    def feed_url(self):
        return _address_as(self.register, "atom", self.query_of_today)

    def address_as(self, extension):
        """Where this list, with its filters, stands in another format."""
        return _address_as(self.register, extension, self.query)

    @property
    def tables(self):
        """What ``components/tables.html`` shows: what belongs to the records of this list."""
        query = f"?{self.query}" if self.query else ""
        list_address = reverse(f"{self.register.noun}-list")
        return [
            {"label": table.label, "url": f"{list_address}{table.address}.csv{query}"}
            for table in self.register.all_tables
        ]

    @property
    def query(self):
        """The parameters that shape the list, without the page, as a query string."""
        return urlencode(self._known(self._names))

    @property
    def query_of_today(self):
        """The same without the past day: what is new is told of today."""
        return urlencode(self._known(self._names_of_today))

    def address(self, *, without=None, **changes):
        """The query string of a neighbouring list: one value taken away, or some parameters set."""
        known = [pair for pair in self._known(self._names) if pair != without and pair[0] not in changes]
        return "?" + urlencode([*known, *changes.items()])

    def _known(self, names):
        """``[(name, value)]`` in the order in which they were given, without what is empty."""
        return [(name, value) for name, values in self.params.lists() if name in names for value in values if value]


def formats_of(register, query, query_of_today=None):
    """The list of a register, narrowed by a query string, in each other format: ``[{label, url}]``. Those that are to
    be followed are of today."""
    of_today = query if query_of_today is None else query_of_today
    files = [(format.label, format.extension, query) for format in FORMATS]
    files += [(ICS.label, ICS.extension, of_today)] if register.calendar else []
    return [
        {"label": written(label), "url": _address_as(register, extension, asked)}
        for label, extension, asked in [*files, ("Atom", "atom", of_today)]
    ]


def _address_as(register, extension, query):
    return reverse(f"{register.noun}-{extension}") + (f"?{query}" if query else "")


def unread(params, names):
    """``{parameter: [message]}`` of those beside ``names``, which a list does not read: a page passes over them, an
    export may not, as its head would name them beside records that they had no part in choosing."""
    texts = {"page": _("An export has no pages: leave out “page”.")}
    others = [name for name in params if name not in names]
    no_parameter = _("“%(name)s” is not a parameter of this list.")
    return {name: [texts.get(name) or no_parameter % {"name": name[:40]}] for name in others[:MOST_NAMED]}
