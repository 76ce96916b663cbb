"""What the home page tells: how much there is, what came of it, what is new and what is due."""

from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.registers import AGREEMENTS
from meetings.models import Meeting, counted_apart
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records import edtf
from tracker.registers.beginning import Beginning

from .implementation_chart import ImplementationChart
from .open_promises import DATED, OpenPromises
from .pair_matrix import SmallMatrix
from .pair_meetings import with_bodies
from .pairs import all_pairs
from .promises import FIRM, Promises
from .subset import Subset

NEWEST, DUE = 4, 4


class HomePage:
    """All that the home page shows on a day; ``version`` is the data version that was read for it."""

    def __init__(self, today: date, version: int) -> None:
        self.today, self.version = today, version
        self.promises = Promises(self._subset(COMMITMENTS))

    # How much there is

    @cached_property
    def _pairs(self):
        return all_pairs(self.today, self.version)

    @property
    def numbers(self):
        """``[(words, address)]`` of what was read so far."""
        headline = self.promises.headline
        pairs = ngettext("%(n)s pair of countries", "%(n)s pairs of countries", len(self._pairs))
        return [
            (pairs % {"n": f"{len(self._pairs):,}"}, reverse("pair-list")),
            (MEETINGS.counted(self._number(MEETINGS)), reverse("meeting-list")),
            (AGREEMENTS.counted(self._number(AGREEMENTS)), reverse("agreement-list")),
            (counted_apart({"firm": headline.firm}), self.promises.firm_address),
            *([(counted_apart({"soft": headline.soft}), self.promises.soft_address)] if headline.soft else ()),
        ]

    def _number(self, register):
        return self._subset(register).total

    @cached_property
    def matrix(self):
        return SmallMatrix(self._pairs)

    # What came of it

    @property
    def open(self):
        """What is open of all firm commitments, without naming any."""
        return OpenPromises(self.promises, Beginning([], ""))

    @cached_property
    def chart(self):
        """None where nothing was firmly promised."""
        return ImplementationChart(self.promises.implementation_by_year, self.today) if self.open.firm else None

    # What is new, and what is due

    @property
    def agreements(self):
        return self._subset(AGREEMENTS).first("-signed", NEWEST, as_listed)

    @property
    def meetings(self):
        held = self._subset(MEETINGS, status=[Meeting.Status.HELD.value])
        return held.first("-held", NEWEST, with_bodies)

    @cached_property
    def due(self):
        """Of the firm commitments that are open and have a day, those whose day comes first."""
        return self._dated().first("due", DUE, with_forum)

    @property
    def due_this_month(self):
        """“No firm commitment falls due in November 2026 at the latest.”"""
        month = f"{self.today:%Y-%m}"
        number = self._dated().number_between("due", *edtf.bounds(month))
        words = {"n": number, "month": edtf.in_words(month)}
        if not number:
            return _("No firm commitment falls due in %(month)s at the latest.") % words
        sentence = ngettext(
            "%(n)s firm commitment falls due in %(month)s at the latest.",
            "%(n)s firm commitments fall due in %(month)s at the latest.",
            number,
        )
        return sentence % words

    @property
    def number_dated(self):
        """How many of the open firm commitments have a due date."""
        return sum(self.promises.number(**FIRM, schedule=code) for code in DATED)

    def _dated(self):
        return self._subset(COMMITMENTS, standing=[FIRM["standing"]], schedule=DATED)

    def _subset(self, register, **chosen):
        return Subset(register, chosen, self.today, self.version)


# What an entry of each kind names beside its record.


def as_listed(agreements):
    return agreements


def with_forum(commitments):
    return commitments.select_related("forum")
