"""What changed last in public: agreements, meetings and commitments, the newest first, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from agreements.registers import AGREEMENTS
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records import edtf
from tracker.records.models import first_published
from tracker.registers.feed import newest
from tracker.registers.listing import Listing
from tracker.registers.plan import model_of
from tracker.registers.prepared import records_of_page
from tracker.registers.register import Register

REGISTERS = (AGREEMENTS, MEETINGS, COMMITMENTS)
# What all three are filtered by.
FILTERS = ("country", "forum", "theme")
MOST = 50


@dataclass(frozen=True)
class PublicChange:
    """``line`` says where the record stands now; ``is_new`` is whether it was published for the first time."""

    record: Model
    register: Register
    made_at: datetime
    is_new: bool
    line: str

    @property
    def happened(self) -> str:
        return what_happened(self.is_new)

    @property
    def day(self) -> date:
        """In the time zone of the site."""
        return localtime(self.made_at).date()


def what_happened(is_new: bool) -> str:
    """To a record that changed last, in words."""
    return _("newly published") if is_new else _("changed")


class Changes:
    """Of the records that the filters of ``params`` leave; ``version`` is the data version read for this answer."""

    def __init__(self, params: QueryDict, today: date, version: int | None = None) -> None:
        self.params, self.today = params, today
        self.listings = [Listing(register, known(params), today, version) for register in REGISTERS]

    @property
    def errors(self) -> dict[str, list[str]]:
        """``{parameter: [message]}``; only where it is empty are there changes."""
        return {name: messages for listing in self.listings for name, messages in listing.errors.items()}

    @property
    def chips(self) -> list[dict[str, Any]]:
        return self.listings[0].chips

    @property
    def filters_query(self) -> str:
        """What all of them are narrowed by."""
        return self.listings[0].filters_query

    @property
    def feeds(self) -> list[dict[str, Any]]:
        """What ``components/formats.html`` shows: the same of each register as a feed."""
        return [{"label": str(each.register.title), "url": each.feed_url} for each in self.listings]

    @cached_property
    def days(self) -> list[tuple[str, list[PublicChange]]]:
        """``[(day in words, changes)]``, the newest first; no more changes than ``MOST``."""
        found = sorted(self._told(), key=lambda change: (change.made_at, change.record.pk), reverse=True)
        grouped = groupby(found, key=lambda change: change.day)
        return [(edtf.in_words(day.isoformat()), list(changes)) for day, changes in grouped]

    def _told(self) -> Iterator[PublicChange]:
        for register, moments in self._newest().items():
            published = first_published(model_of(register), list(moments))
            for record in records_of_page(register, self.today, list(moments)):
                made_at, line = moments[record.pk], register.line(record, self.today)
                yield PublicChange(record, register, made_at, published.get(record.pk) == made_at, line)

    def _newest(self) -> dict[Register, dict[int, datetime]]:
        """Of all registers together, when those that changed last did so."""
        moments = [
            (change.made_at, key, listing.register)
            for listing in self.listings
            for key, change in newest(listing).items()
        ]
        found: dict[Register, dict[int, datetime]] = {}
        for made_at, key, register in sorted(moments, key=itemgetter(0, 1), reverse=True)[:MOST]:
            found.setdefault(register, {})[key] = made_at
        return found


def known(params: QueryDict) -> QueryDict:
    """Only what all of the registers read."""
    found = QueryDict(mutable=True)
    for name in FILTERS:
        found.setlist(name, params.getlist(name))
    return found
