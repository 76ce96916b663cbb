"""The meetings of a pair: those that involve both, and all sessions of the forums to which both belong."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, ExtractYear, RowNumber
from pyroaring import BitMap

from agreements.models import Forum
from meetings.models import Delegation, Meeting
from meetings.registers import MEETINGS
from tracker.records.models import is_published
from tracker.registers.prepared import records_of_page
from tracker.registers.register import by_day

from .subset import Subset

Years = dict[int | None, int]
NEWEST_NUMBER_FIRST = [
    F("session_number").desc(nulls_last=True),
    by_day("held").desc(nulls_last=True),
    F("pk").desc(),
]


@dataclass
class MeetingNumbers:
    """How many there are: of ``both`` countries, of these the ``loose`` ones, which are no sessions of a forum of both,
    and of sessions and loose ones ``together``; and by year, those that were held."""

    both: int = 0
    loose: int = 0
    together: int = 0
    sessions_by_year: Years = field(default_factory=Counter)
    loose_by_year: Years = field(default_factory=Counter)


class PairMeetings:
    """The published meetings of two countries, as of ``today``."""

    def __init__(self, one, other, today, version=None):
        self.one, self.other, self.today = one, other, today
        self.subset = Subset(MEETINGS, {"country": (one, other)}, today, version)
        self.forums = Forum.objects.published().involving(one, other)

    @cached_property
    def sessions(self):
        """Of all forums of both, also those at which others met."""
        return sessions_of(forum__in=self.forums.order_by().values("pk"))

    @cached_property
    def _session_keys(self):
        return BitMap(list(self.sessions.values_list("pk", flat=True)))

    @cached_property
    def numbers(self):
        return self._counted_by_index() if self.subset.index else self._counted_by_the_database()

    def _counted_by_index(self):
        sessions, loose = self._session_keys, self.subset.keys - self._session_keys
        held = self.subset.index.values("status").keys.get(Meeting.Status.HELD, BitMap())
        return MeetingNumbers(
            both=len(self.subset.keys),
            loose=len(loose),
            together=len(sessions) + len(loose),
            sessions_by_year=self.subset.years("held", sessions & held),
            loose_by_year=self.subset.years("held", loose & held),
        )

    def _counted_by_the_database(self):
        sessions = self.sessions.values("pk")
        both = self.subset.among(Meeting.objects.order_by()).values("pk")
        records = Meeting.objects.published().order_by().filter(Q(pk__in=sessions) | Q(pk__in=both))
        rows = records.annotate(
            is_session=Case(When(pk__in=sessions, then=True), default=False),
            is_of_both=Case(When(pk__in=both, then=True), default=False),
            is_held=Case(When(status=Meeting.Status.HELD, then=True), default=False),
            year=ExtractYear(by_day("held")),
        ).values_list("is_session", "is_of_both", "is_held", "year")
        found = MeetingNumbers()
        for is_session, is_of_both, is_held, year, number in rows.annotate(number=Count("pk")):
            found.together += number
            found.both += number * is_of_both
            found.loose += number * (not is_session)
            if is_held:
                (found.sessions_by_year if is_session else found.loose_by_year)[year] += number
        return found

    def loose(self, most):
        """The newest of those that are no sessions of a forum of both: of groups, and ad hoc."""
        if self.subset.index:
            keys = self.subset.newest("held", self.subset.keys - self._session_keys)[:most]
            return records_of_page(MEETINGS, self.today, keys, with_bodies)
        records = self.subset.among(MEETINGS.records(self.today)).exclude(pk__in=self.sessions.values("pk"))
        return list(with_bodies(records.newest_first())[:most])

    def all_sessions(self):
        """The sessions of all forums of both, the highest numbers first, each with whether it ``is_of_both`` and
        whether a source ``names_both`` as present."""
        of_both = self.subset.among(Meeting.objects.order_by()).values("pk")
        records = self._in_order(self.sessions.values("pk")).annotate(
            is_of_both=Case(When(pk__in=of_both, then=True), default=False),
            names_both=Case(When(Exists(_present(self.one)) & Exists(_present(self.other)), then=True), default=False),
        )
        return list(records.select_related("forum"))

    def newest_sessions(self, forums, most):
        """The sessions of these forums, those with the highest numbers first; no more than ``most`` of each, the last
        one that was held and the next one that is expected."""
        order, keys = {"order_by": NEWEST_NUMBER_FIRST}, [forum.pk for forum in forums]
        ranked = sessions_of(forum__in=keys).annotate(
            place_in_forum=Window(RowNumber(), partition_by=F("forum"), **order),
            place_in_status=Window(RowNumber(), partition_by=[F("forum"), F("status")], **order),
        )
        is_last_held = Q(status=Meeting.Status.HELD, place_in_status=1)
        is_next = Q(pk__in=self._next_of(keys))
        found = list(self._in_order(ranked.filter(Q(place_in_forum__lte=most) | is_last_held | is_next).values("pk")))
        by_key = {forum.pk: forum for forum in forums}
        for session in found:
            session.forum = by_key[session.forum_id]
        return found

    def _next_of(self, forums):
        """The keys of the sessions that are expected next, as far as any are."""
        held = sessions_of(forum=OuterRef("forum"), status=Meeting.Status.HELD)
        last = held.values("forum").annotate(number=Max("session_number")).values("number")
        expected = sessions_of(forum=OuterRef("pk")).expected(self.today)
        later = expected.filter(session_number__gt=Coalesce(Subquery(last), Value(0))).order_by("session_number")
        found = Forum.objects.filter(pk__in=forums).order_by().annotate(next_session=Subquery(later.values("pk")[:1]))
        return [key for key in found.values_list("next_session", flat=True) if key]

    def _in_order(self, keys):
        records = Meeting.objects.published().with_report(self.today)
        return records.filter(pk__in=keys).order_by(*NEWEST_NUMBER_FIRST)


def with_bodies(meetings):
    return meetings.select_related("forum", "working_group")


def sessions_of(**forum):
    """The published sessions of forums: meetings of theirs that are not of a group."""
    # Said like this lest the database begins with all meetings that are of no group: most are.
    records = Meeting.objects.published().filter(**forum).annotate(any_group=Coalesce("working_group", Value(0)))
    return records.filter(any_group=0).order_by()


def _present(country):
    """The delegations of the country to a meeting that are named as present."""
    is_from = Q(country=country) | Q(is_published("organisation__"), organisation__country=country)
    return Delegation.objects.filter(is_from, meeting=OuterRef("pk"), attendance=Delegation.Attendance.CAME)
