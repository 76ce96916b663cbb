"""A listing a page at a time, by cursors: who reads it to its end reads every record that was there all the time, once,
whatever else is published or withdrawn meanwhile.

A cursor names a point between two records: the value by which a record stands in the order, and its key. The point
stays where it is when that very record is withdrawn, or moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from .listing import Listing
from .register import Register

VALUE = "value_in_the_order"


class BadCursor(Exception):
    """It was not made for this order, or not by us."""


@dataclass(frozen=True)
class Cursor:
    """The point just after, or with ``is_backward`` just before, where the record of this key and value stands."""

    value: object
    key: int
    is_backward: bool = False

    def written(self, register: Register, sort: str) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value
        return _signer(register, sort).sign_object([value, self.key, self.is_backward])

    @classmethod
    def read(cls, text: str, register: Register, sort: str) -> "Cursor":
        """Raise ``BadCursor``. What is signed is what we wrote: nothing else can be wrong with it."""
        try:
            return cls(*_signer(register, sort).unsign_object(text))
        except (BadSignature, ValueError) as error:
            raise BadCursor from error


def _signer(register, sort):
    return Signer(salt=f"tracker.registers.paging {register.name} {sort}")


@dataclass(frozen=True)
class KeysOfPage:
    """The keys of one page, how many there are on all, and the cursors of its neighbours."""

    keys: Sequence[int]
    total: int
    following: Cursor | None
    previous: Cursor | None


def page_of(listing: Listing, cursor: Cursor | None, size: int) -> KeysOfPage:
    """Within ``one_reading``: the page, the values of its ends and what is shown of it are of one state of the data. An
    index that another thread has moved on beyond it meanwhile is not asked."""
    found = listing.found_by_index
    is_of_this_state = found is not None and found.index.version == listing.version
    reader = _OfIndex(listing, found) if is_of_this_state else _OfDatabase(listing)
    # One more than asked for: it tells whether there is a further page.
    if cursor is not None and cursor.is_backward:
        keys = reader.before(cursor, size + 1)
        has_previous, has_following, keys = len(keys) > size, True, keys[-size:]
    else:
        keys = reader.after(cursor, size + 1)
        has_previous, has_following, keys = cursor is not None, len(keys) > size, keys[:size]
    if not keys:
        turned = cursor and Cursor(cursor.value, cursor.key, not cursor.is_backward)
        following, previous = (turned, None) if cursor and cursor.is_backward else (None, turned)
        return KeysOfPage(keys, reader.total(), following, previous)
    values = dict(_with_value(listing).filter(pk__in={keys[0], keys[-1]}).values_list("pk", VALUE))
    following = Cursor(values[keys[-1]], keys[-1]) if has_following else None
    previous = Cursor(values[keys[0]], keys[0], True) if has_previous else None
    return KeysOfPage(keys, reader.total(), following, previous)


def _with_value(listing):
    """All records of the register, with what the order goes by."""
    expression = listing.register.sorts[listing.sort.removeprefix("-")]
    return listing.filterset.queryset.order_by().annotate(**{VALUE: expression})


def _beyond(cursor, is_falling, is_after):
    """The records on one side of the point, that of its own key left out; those without a value are last."""
    has_none = Q(**{f"{VALUE}__isnull": True})
    further = "lt" if is_falling == is_after else "gt"
    further_key = Q(**{f"pk__{further}": cursor.key})
    if cursor.value is None:
        return (has_none & further_key) if is_after else (~has_none | (has_none & further_key))
    same = Q(**{VALUE: cursor.value}) & further_key
    beyond = Q(**{f"{VALUE}__{further}": cursor.value}) | same
    return (beyond | has_none) if is_after else beyond


class _OfDatabase:
    """Keys around a point, as the database finds them."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.is_falling = listing.sort.startswith("-")

    def after(self, cursor, number):
        return list(self._beyond(cursor, True)[:number])

    def before(self, cursor, number):
        return list(self._beyond(cursor, False).reverse()[:number])[::-1]

    def _beyond(self, cursor, is_after):
        expression = self.listing.register.sorts[self.listing.sort.removeprefix("-")]
        records = self.listing.records.annotate(**{VALUE: expression})
        if cursor is not None:
            records = records.filter(_beyond(cursor, self.is_falling, is_after))
        return records.values_list("pk", flat=True)

    def total(self):
        return self.listing.filterset.narrowed().order_by().count()


class _OfIndex:
    """The same from the index; the database tells where the point is, should its record have gone from there."""

    def __init__(self, listing, found):
        self.listing, self.found = listing, found
        self.is_falling = listing.sort.startswith("-")

    def after(self, cursor, number):
        start = 0 if cursor is None else self._place(cursor, True)
        return self.found.slice(self.listing.sort, start, start + number)

    def before(self, cursor, number):
        stop = self._place(cursor, False)
        return self.found.slice(self.listing.sort, max(0, stop - number), stop)

    def total(self):
        return len(self.found)

    def _place(self, cursor, is_after):
        """How many of the records found stand before the point."""
        records = _with_value(self.listing)
        there = Q(**{VALUE: cursor.value}) if cursor.value is not None else Q(**{f"{VALUE}__isnull": True})
        if records.filter(there, pk=cursor.key).exists():
            return self.found.number_before(self.listing.sort, cursor.key, is_with_it=is_after)
        beyond = records.filter(_beyond(cursor, self.is_falling, True))
        key = beyond.order_by(*self.listing.register.order(self.listing.sort)).values_list("pk", flat=True).first()
        return len(self.found) if key is None else self.found.number_before(self.listing.sort, key)
