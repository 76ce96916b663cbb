"""How often a forum meets, as far as the days of its sessions are known: the median of the gaps between sessions whose
numbers follow each other, and whether it is now beyond that. Computed, and said as such: no session is ever overdue by
it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting
from tracker.records.ages import months_between

# Of fewer gaps nobody could tell what is usual.
LEAST_GAPS = 3
# Between the bounds of a date from which a gap can be told in months.
MOST_OPEN = timedelta(days=31)
DAYS_OF_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Rhythm:
    """``gaps`` are in months; ``beyond`` is by how many whole months the time since the last session exceeds the usual
    interval, 0 where it does not. ``last`` is the day of that session; None where it is not known to a month."""

    gaps: tuple[int, ...]
    beyond: int
    last: date | None = None

    @property
    def usual(self) -> int:
        return round(median(self.gaps))

    @property
    def usual_span(self) -> tuple[date, date] | None:
        """The usual interval after the last session."""
        return (self.last, self.last + timedelta(days=round(self.usual * DAYS_OF_A_MONTH))) if self.last else None

    @property
    def in_words(self) -> str:
        """“About 13 months lie between two sessions: the median of nine gaps, of 9 to 23 months.”"""
        least, most = min(self.gaps), max(self.gaps)
        words = {
            "usual": ngettext("%(n)s month", "%(n)s months", self.usual) % {"n": self.usual},
            "number": len(self.gaps),
            "least": least,
            "most": most,
        }
        if least == most:
            return _("Between two sessions lie about %(usual)s: the median of %(number)s gaps.") % words
        return (
            _("Between two sessions lie about %(usual)s: the median of %(number)s gaps, of %(least)s–%(most)s months.")
            % words
        )

    @property
    def beyond_in_words(self) -> str:
        if not self.beyond:
            return ""
        words = ngettext(
            "It is now %(n)s month beyond this interval.",
            "It is now %(n)s months beyond this interval.",
            self.beyond,
        )
        return words % {"n": self.beyond}


def rhythm_of(sessions: Sequence[Any], today: date) -> Rhythm | None:
    """Return the rhythm of the sessions of a forum, or of what says as much of each; None where too few of their days
    are known."""
    held = {each.session_number: _day(each) for each in sessions if each.session_number and _is_dated(each)}
    gaps = tuple(
        round((held[later] - held[earlier]).days / DAYS_OF_A_MONTH)
        for earlier, later in pairwise(sorted(held))
        if later == earlier + 1 and held[later] > held[earlier]
    )
    if len(gaps) < LEAST_GAPS:
        return None
    last = max(each.session_number for each in sessions if each.session_number and each.status == Meeting.Status.HELD)
    since = months_between(held[last], today) if last in held else 0
    return Rhythm(gaps, max(0, since - round(median(gaps))), held.get(last))


def _is_dated(session):
    if session.status != Meeting.Status.HELD or not (session.held_earliest and session.held_latest):
        return False
    return session.held_latest - session.held_earliest <= MOST_OPEN


def _day(session):
    return session.held_latest
