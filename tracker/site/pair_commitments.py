"""The commitments of a pair: how many there are of which kind, and the first of them by the meeting that made them."""

from functools import cached_property
from itertools import groupby

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from meetings.models import Commitment, Headline, Progress, Schedule
from meetings.registers import COMMITMENTS
from tracker.records.public import public
from tracker.registers.beginning import Beginning
from tracker.registers.register import by_day
from tracker.registers.templatetags.registers import list_url

from .headline import OF_THE_HEADLINE
from .shared_records import SharedRecords

Standing = Commitment.Standing
COUNTED = ("standing", "schedule", "progress", "strength", "completed", "assessment")
# Those that firm commitments can have.
SCHEDULES = [schedule for schedule in Schedule if schedule != Schedule.PASSED]


class PairCommitments:
    """The published commitments that involve two countries, as of ``today``."""

    def __init__(self, one, other, today, version=None):
        self.today = today
        self._shared = SharedRecords(COMMITMENTS, (one, other), today, version)
        self._address = {
            standing: list_url("commitment", one.code, other.code, standing=standing.value) for standing in Standing
        }

    @property
    def records(self):
        return self._shared.among(Commitment.objects.published()).order_by()

    @property
    def keys_of_all_and_firm(self):
        """For conditions ``__in``."""
        shared = self._shared
        firm = shared.having("standing", Standing.FIRM) if shared.index else None
        return shared.keys_of(self.records), shared.keys_of(self.records.firm(), firm)

    @cached_property
    def _numbers(self):
        """``[({column: code}, number)]``, by the database."""
        rows = self.records.with_schedule(self.today).with_answers().values_list(*COUNTED).annotate(Count("pk"))
        return [(dict(zip(COUNTED, codes, strict=True)), number) for *codes, number in rows]

    def number(self, **values):
        """How many have each of these values."""
        if self._shared.index:
            return self._shared.index.number(values, within=self._shared.keys)
        return sum(number for codes, number in self._numbers if values.items() <= codes.items())

    @property
    def total(self):
        return self.headline.firm + self.headline.soft

    @cached_property
    def headline(self):
        return Headline(**{name: self.number(**values) for name, values in OF_THE_HEADLINE.items()})

    @property
    def crosstab(self):
        """``[(progress, [(schedule, number of firm commitments)], number of proposals)]``"""
        return [
            (progress, self._schedules(progress), self.number(standing="soft", progress=progress))
            for progress in Progress
        ]

    def _schedules(self, progress):
        return [
            (schedule, self.number(standing="firm", progress=progress, schedule=schedule)) for schedule in SCHEDULES
        ]

    @property
    def strengths(self):
        """``[(strength, number)]`` of those there are, the firmest first."""
        numbers = ((strength, self.number(strength=strength)) for strength in Commitment.Strength)
        return [(strength, number) for strength, number in numbers if number]

    def first(self, most):
        """The first of the firm ones, and of the others: what is overdue, then what was made last."""
        records = Commitment.objects.published().with_status(self.today)
        records = records.select_related("meeting__forum", "meeting__working_group", "agreement")
        first = self._first_by_index if self._shared.index else self._first_by_database
        return list(records.filter(pk__in=first(most)))

    def _first_by_index(self, most):
        overdue = self._shared.having("schedule", Schedule.OVERDUE)
        ordered = [
            self._shared.newest("made", self._shared.having("standing", standing), before=overdue)
            for standing in Standing
        ]
        return [key for keys in ordered for key in keys[:most]]

    def _first_by_database(self, most):
        records = self.records.with_schedule(self.today).with_answers()
        is_late = Case(When(schedule=Schedule.OVERDUE, then=Value(1)), default=Value(0))
        order = [is_late.desc(), by_day("made").desc(nulls_last=True), F("pk").desc()]
        place = Window(RowNumber(), partition_by=F("standing"), order_by=order)
        return records.annotate(place_in_order=place).filter(Q(place_in_order__lte=most)).values("pk")

    def beginning(self, standing, rows):
        """Those of the ``rows`` that have the standing, of all that have it."""
        shown = [record for record in rows if record.is_firm == (standing == Standing.FIRM)]
        return Beginning(shown, self._address[standing], number=self.number(standing=standing), most=len(shown))


def by_meeting(commitments):
    """``[(meeting or None, [commitment])]``, newest meetings first. One that is hidden is none: last stand those that
    were made in agreements, and the others."""
    groups = groupby(sorted(commitments, key=_place), key=_occasion)
    return [(meeting, list(rows)) for (meeting, _is_in_agreement), rows in groups]


def _occasion(commitment):
    meeting = public(commitment.meeting)
    return meeting, not meeting and bool(public(commitment.agreement))


def _place(commitment):
    meeting, is_in_agreement = _occasion(commitment)
    day = meeting and (meeting.held_earliest or meeting.held_latest)
    occasion = (not meeting, not day, -day.toordinal() if day else 0, -meeting.pk if meeting else 0)
    return *occasion, not is_in_agreement, commitment.position, commitment.pk
