"""How sessions slip: from the day first announced to the day on which they were held."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, ScheduleChange
from tracker.records.ages import age_in_words
from tracker.registers.register import by_day

# Looked at, the newest first; and shown, those that slipped most.
MOST_MEETINGS, MOST_SHOWN = 300, 12


@dataclass(frozen=True)
class SessionSlip:
    """From the day first announced to the meeting: the bounds of both dates."""

    key: int
    announced: tuple[date | None, date]
    held: tuple[date | None, date | None]

    @property
    def least(self) -> int:
        """Days, as far as both dates allow; 0 where it need not have met later."""
        return max(0, (self.held[0] - self.announced[1]).days) if self.held[0] else 0

    @property
    def most(self) -> int | None:
        """None where nobody can tell."""
        if self.held[1] is None or self.announced[0] is None:
            return None
        return (self.held[1] - self.announced[0]).days

    @property
    def in_words(self) -> str:
        if self.held[0] and self.least:
            age = age_in_words(self.announced[1], self.held[0])
            return age if self.least == self.most else _("at least %(age)s") % {"age": age}
        if self.most is not None and self.most <= 0:
            return _("not later")
        return _("not known whether later")


class Slips:
    """Of the published meetings that were held and whose date was announced before."""

    def __init__(self, today: date) -> None:
        self.today = today

    @cached_property
    def all(self) -> list[SessionSlip]:
        """Those that slipped most come first."""
        # As ``ScheduleChange.Meta`` orders them.
        told = Coalesce("reported_on_latest", "planned_for_latest")
        changes = ScheduleChange.objects.filter(meeting=OuterRef("pk")).exclude(planned_for_latest=None)
        first = changes.order_by(told.asc(nulls_last=True), "pk")
        held = Meeting.objects.published().filter(Exists(changes), status=Meeting.Status.HELD)
        rows = held.order_by(by_day("held").desc(nulls_last=True), "-pk").values_list(
            "pk",
            Subquery(first.values("planned_for_earliest")[:1]),
            Subquery(first.values("planned_for_latest")[:1]),
            "held_earliest",
            "held_latest",
        )
        found = [SessionSlip(key, (one, other), (start, end)) for key, one, other, start, end in rows[:MOST_MEETINGS]]
        return sorted(found, key=lambda slip: (-slip.least, slip.key))

    @property
    def is_cut(self) -> bool:
        """Whether older ones were not looked at."""
        return len(self.all) == MOST_MEETINGS

    @property
    def most_looked_at(self) -> int:
        return MOST_MEETINGS

    @cached_property
    def shown(self) -> list[tuple[Meeting, ScheduleChange, str, str]]:
        """``[(meeting, first announcement, how much later in words, width of its bar in hundredths)]``"""
        slips = self.all[:MOST_SHOWN]
        meetings = Meeting.objects.select_related("forum", "working_group").prefetch_related("schedule_changes")
        found = meetings.in_bulk([slip.key for slip in slips])
        greatest = max((slip.least for slip in slips), default=0) or 1
        return [
            (found[slip.key], _first(found[slip.key]), slip.in_words, f"{100 * slip.least / greatest:.1f}")
            for slip in slips
        ]

    @property
    def more(self) -> int:
        return len(self.all) - len(self.shown)

    @property
    def number(self) -> int:
        return len(self.all)

    @property
    def number_later(self) -> int:
        return sum(bool(slip.least) for slip in self.all)

    @property
    def title(self) -> str:
        """The finding."""
        words = ngettext(
            "%(later)s of %(n)s meeting with a date announced beforehand met later than first announced",
            "%(later)s of %(n)s meetings with a date announced beforehand met later than first announced",
            self.number,
        )
        return words % {"later": self.number_later, "n": self.number}


def _first(meeting):
    return next(change for change in meeting.schedule_changes.all() if change.planned_for_latest)
