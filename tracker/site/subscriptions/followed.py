"""What somebody can be told of: a register with its filters, one record of it, the search, or all changes; as an
address names it, in words, and the records that it has on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from pyroaring import BitMap

from tracker.records import typography
from tracker.records.merging.addresses import present_key
from tracker.registers.keys import these
from tracker.registers.listing import Listing
from tracker.registers.naming import title_of
from tracker.registers.record import find
from tracker.registers.register import Register

from ..changes import Changes
from ..registers import REGISTERS
from ..search_page import SEARCHED, SearchPage

BY_NAME = {register.name: register for register in REGISTERS}
SEARCH, CHANGES = "search", "changes"
# Beside the parameters of the list itself.
LIST, RECORD = "list", "record"


@dataclass(frozen=True)
class Followed:
    """``name`` is that of a register, ``SEARCH`` or ``CHANGES``; the others are those of a ``Subscription``."""

    name: str
    record: int
    query: str
    today: date
    version: int | None = None

    @property
    def identity(self) -> tuple[str, int, str]:
        return self.name, self.record, self.query

    @cached_property
    def _params(self) -> QueryDict:
        return QueryDict(self.query)

    @cached_property
    def _asked(self) -> Any:
        """The list, search or page that its parameters ask for."""
        raise NotImplementedError

    @property
    def _page(self) -> str:
        """The name of the address that shows it."""
        raise NotImplementedError

    @property
    def canonical(self) -> str:
        """Its query in one form for all that ask for the same."""
        raise NotImplementedError

    @property
    def errors(self) -> list[str]:
        """What is wrong with its filters; of what has errors there are no records and no words."""
        return [message for messages in self._asked.errors.values() for message in messages]

    @property
    def registers(self) -> tuple[Register, ...]:
        """Where its records are from."""
        raise NotImplementedError

    def among(self, register: Register, keys: Iterable[int]) -> BitMap:
        """Those of some keys that are of its records in a register; none where its filters cannot be read any more. Of
        a few records of a long list the database is asked: a worker needs no index of all of them."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """What it is called, in the language in force."""
        raise NotImplementedError

    @property
    def chips(self) -> list[dict[str, Any]]:
        """What it is narrowed by: ``[{label, value}]``."""
        return [] if self.errors else self._asked.chips

    @property
    def headline(self) -> str:
        """All of it in one line: “Meetings: China, Pakistan”."""
        chosen = [chip["value"] for chip in self.chips]
        return typography.labelled(self.title, typography.names(chosen)) if chosen else self.title

    @property
    def asking(self) -> str:
        """The query string by which the form is asked for it."""
        return following(self.name, self.query)

    @property
    def address(self) -> str:
        """The page that shows it, in the language in force."""
        query = f"?{self.query}" if self.query else ""
        return reverse(self._page) + query


class FollowedList(Followed):
    """A register with its filters."""

    @property
    def register(self) -> Register:
        return BY_NAME[self.name]

    @cached_property
    def _asked(self):
        return Listing(self.register, self._params, self.today, self.version)

    @property
    def _page(self):
        return f"{self.register.noun}-list"

    @property
    def registers(self):
        return (self.register,)

    def among(self, register, keys):
        return BitMap() if self.errors else _listed(self._asked, keys)

    @property
    def title(self):
        return str(self.register.title)

    @property
    def canonical(self):
        return self._asked.filters_query


class FollowedRecord(FollowedList):
    """One record, for as long as it is public."""

    @cached_property
    def _record(self):
        """Or the one that it was taken into."""
        records = self.register.records(self.today)
        return (
            records.filter(pk=self.record).first() or records.filter(pk=present_key(records.model, self.record)).first()
        )

    @property
    def errors(self):
        return [] if self._record else [_("This record is not published here now.")]

    def among(self, register, keys):
        return BitMap([self._record.pk] if self._record else []) & BitMap(keys)

    @property
    def title(self):
        return title_of(self._record) if self._record else super().title

    @property
    def chips(self):
        return []

    @property
    def asking(self):
        named = {RECORD: getattr(self._record, self.register.key)} if self._record else {}
        return following(self.name, **named)

    @property
    def address(self):
        return self._record.get_absolute_url() if self._record else reverse(self._page)


class FollowedSearch(Followed):
    """What is found by words in all registers."""

    @property
    def _page(self):
        return SEARCH

    @cached_property
    def _asked(self):
        return SearchPage(self._params, self.today, self.version)

    @property
    def errors(self):
        nothing = [] if self._asked.is_asked else [_("A search without words cannot be followed.")]
        return super().errors or nothing

    @property
    def registers(self):
        return SEARCHED

    def among(self, register, keys):
        return BitMap() if self.errors else self._asked.found.get(register, BitMap()) & BitMap(keys)

    @property
    def title(self):
        return _("Search for “%(words)s”") % {"words": self._asked.text}

    @property
    def canonical(self):
        return self._asked.query


class FollowedChanges(Followed):
    """Agreements, meetings and commitments together, as the page of changes has them."""

    @property
    def _page(self):
        return CHANGES

    @cached_property
    def _asked(self):
        return Changes(self._params, self.today, self.version)

    @property
    def registers(self):
        return tuple(each.register for each in self._asked.listings)

    def among(self, register, keys):
        (listing,) = (each for each in self._asked.listings if each.register is register)
        return BitMap() if self.errors else _listed(listing, keys)

    @property
    def title(self):
        return _("Agreements, meetings and commitments")

    @property
    def canonical(self):
        return self._asked.filters_query


def _listed(listing: Listing, keys: Iterable[int]) -> BitMap:
    listed = listing.records.filter(pk__in=these(keys)).order_by()
    return BitMap(list(listed.values_list("pk", flat=True)))


def followed(name: str, record: int, query: str, today: date, version: int | None = None) -> Followed:
    """What a subscription is of."""
    kinds = {SEARCH: FollowedSearch, CHANGES: FollowedChanges}
    kind = FollowedRecord if record else kinds.get(name, FollowedList)
    return kind(name, record, query, today, version)


def asked_for(params: QueryDict, today: date) -> Followed:
    """What the address of the form names, its query in one form for all that ask for the same. Raise ``Http404``, also
    as ``Gone``, where there is no such list or record, and ``Moved`` as the record's page does."""
    name, record = params.get(LIST, ""), params.get(RECORD, "")
    if name not in (*BY_NAME, SEARCH, CHANGES):
        raise Http404("There is no such list.")
    if record and name in BY_NAME:
        register = BY_NAME[name]
        found = find(register.records(today), **{register.key: record})
        return followed(name, found.pk, "", today)
    others = urlencode([(key, value) for key, values in params.lists() if key != LIST for value in values])
    asked = followed(name, 0, others, today)
    return followed(name, 0, asked.canonical, today) if not asked.errors else asked


def following(name: str, query: str = "", **record: str) -> str:
    """The query string by which the form is asked for a list or a record."""
    return urlencode({LIST: name, **record}) + (f"&{query}" if query else "")
