"""What the home page tells: how much there is, where it stands, what is new and what is due."""

from datetime import date
from functools import cached_property

from django.http import QueryDict
from django.utils.http import urlencode

from agreements.registers import AGREEMENTS
from meetings.models import Commitment, Headline, Meeting, Schedule
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.registers import keeping
from tracker.registers.listing import Listing

from .headline import OF_THE_HEADLINE
from .pairs import all_pairs

NEWEST = 6


class HomePage:
    """All that the home page shows on a day; ``version`` is the data version that was read for it."""

    def __init__(self, today: date, version: int) -> None:
        self.today, self.version = today, version

    @cached_property
    def pairs(self):
        return all_pairs(self.today, self.version)

    @property
    def figures(self):
        return {
            "pairs": len(self.pairs),
            "agreements": self._number(AGREEMENTS),
            "meetings": self._number(MEETINGS),
        }

    def _number(self, register):
        index = keeping.ready(register, self.today, self.version)
        return len(index.all) if index else register.records(self.today).count()

    @property
    def headline(self):
        """The numbers of all commitments."""
        index = keeping.ready(COMMITMENTS, self.today, self.version)
        if index is None:
            return Commitment.objects.published().headline(self.today)
        return Headline(**{name: index.number(values) for name, values in OF_THE_HEADLINE.items()})

    @property
    def agreements(self):
        return self._first(AGREEMENTS, (), sort="-signed")

    @property
    def meetings(self):
        return self._first(MEETINGS, ("forum", "working_group"), status=Meeting.Status.HELD.value, sort="-held")

    @property
    def due(self):
        """Of the firm commitments that are open and have a day, those whose day comes first."""
        schedule = [each.value for each in (Schedule.OVERDUE, Schedule.DUE_SOON, Schedule.NOT_YET_DUE)]
        return self._first(COMMITMENTS, ("forum",), standing="firm", schedule=schedule, sort="due")

    def _first(self, register, related, **filters):
        """The first records of a list, each with the ``related`` ones that its entry names."""
        listing = Listing(register, QueryDict(urlencode(filters, doseq=True)), self.today, self.version)
        if listing.errors:
            raise ValueError(listing.errors)
        return listing.rows(0, NEWEST, lambda records: records.select_related(*related) if related else records)
