"""The forums of a pair, each with its sessions and its clock."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, OuterRef, Subquery, Value, Window
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from agreements.models import Forum
from meetings.models import Delegate, Meeting
from tracker.records.ages import age_in_words
from tracker.registers.beginning import Beginning
from tracker.registers.templatetags.registers import list_url

from .pair_limits import Limits
from .pair_meetings import sessions_of
from .rhythm import rhythm_of
from .session_clock import SessionClock


@dataclass
class ForumCard:
    """A forum of the pair with its sessions, also those at which others met, and its clock.

    Where the ``limits`` allow no more, ``sessions`` are those with the highest numbers, and the last one that was held.
    """

    forum: Forum
    sessions: list
    limits: Limits
    today: date

    @property
    def is_of_many(self):
        """Whether others belong to it too, so that a session need not be one of both."""
        return self.forum.number_of_countries > 2

    @cached_property
    def shown(self):
        """The sessions in the table; none where there is no room for it."""
        return self._beginning(self.sessions, self.limits.sessions)

    @property
    def drawn(self):
        """The sessions in the strip."""
        drawn = [session for _number, session, _state in self.strip if session]
        return self._beginning(drawn, len(drawn))

    def _beginning(self, sessions, most):
        address = list_url("meeting", forum=self.forum.slug)
        return Beginning(sessions, address, number=self.forum.number_of_sessions, most=most)

    @property
    def numbers_in_words(self):
        """“14 sessions are numbered; 11 are known as held.”"""
        highest = max(self._numbered, default=0)
        if not highest:
            return ""
        held = ngettext("%(n)s is known as held.", "%(n)s are known as held.", self.forum.number_held)
        words = ngettext("%(number)s number; %(held)s", "%(number)s numbers; %(held)s", highest)
        return words % {"number": highest, "held": held % {"n": self.forum.number_held}}

    @property
    def last_age(self):
        """How long ago the last session was; empty where nobody can tell."""
        day = self.last and self.last.held_latest
        return age_in_words(day, self.today) if day and day <= self.today else ""

    @cached_property
    def rhythm(self):
        """None where it cannot be told."""
        return rhythm_of(self.sessions, self.today)

    @cached_property
    def clock(self):
        return SessionClock(self.sessions, self.next, self.rhythm, self.today)

    @cached_property
    def last(self):
        """The latest session that was held."""
        held = [session for session in self.sessions if session.status == Meeting.Status.HELD]
        return max(held, key=lambda session: session.session_number or 0, default=None)

    @property
    def promised(self):
        """The date first announced for the last session; None where nothing was."""
        changes = [change for change in self.last.schedule_changes.all() if change.planned_for] if self.last else []
        return changes[0] if changes else None

    @property
    def next(self):
        """The next session, where one is expected."""
        number = self.last.session_number if self.last else 0
        later = [session for session in self.sessions if (session.session_number or 0) > (number or 0)]
        expected = [session for session in later if self._cell_state(session) == "expected"]
        return min(expected, key=lambda session: session.session_number, default=None)

    @cached_property
    def _numbered(self):
        return {session.session_number: session for session in self.sessions if session.session_number}

    @property
    def first_number(self):
        """The number with which the strip begins: 1, or the first of as many as it has room for."""
        return max(1, max(self._numbered, default=0) - self.limits.numbers + 1)

    @property
    def strip(self):
        """``[(number, session or None, state)]`` to the last number; holes have no session.

        The state of one that was held is the ``Exactness`` of its date.
        """
        cells = []
        for number in range(self.first_number, max(self._numbered, default=0) + 1):
            session = self._numbered.get(number)
            cells.append((number, session, self._cell_state(session)))
        return cells

    @staticmethod
    def _cell_state(session):
        if session is None:
            return "missing"
        if session.status != Meeting.Status.HELD:
            is_planned = session.status in (Meeting.Status.TENTATIVE, Meeting.Status.CONFIRMED)
            return "expected" if is_planned and not session.report else "not-held"
        return session.held_exactness


def with_most_sessions(meetings, most):
    """``(forums, number of all)``: as many of a ``PairMeetings`` as have most sessions, each with
    ``number_of_sessions``, ``number_held`` and ``number_of_countries``."""
    sessions = sessions_of(forum=OuterRef("pk")).values("forum").annotate(number=Count("pk")).values("number")
    links = Forum.countries.through.objects.filter(forum=OuterRef("pk")).order_by()
    numbered = sessions_of(forum=OuterRef("pk"), session_number__isnull=False)
    held = numbered.filter(status=Meeting.Status.HELD).values("forum")
    held = held.annotate(number=Count("pk")).values("number")
    members = links.values("forum").annotate(number=Count("pk")).values("number")
    found = meetings.forums.annotate(
        number_of_all=Window(Count("pk")),
        number_of_sessions=Coalesce(Subquery(sessions), Value(0)),
        number_held=Coalesce(Subquery(held), Value(0)),
        number_of_countries=Coalesce(Subquery(members), Value(0)),
    ).order_by("-number_of_sessions", "name", "pk")
    forums = list(found[:most])
    return forums, forums[0].number_of_all if forums else 0


def give_heads(sessions):
    """Set the ``heads`` of the delegations to each of the sessions."""
    roles = [Delegate.Role.HEAD, Delegate.Role.CO_CHAIR]
    delegates = Delegate.objects.filter(role__in=roles, delegation__meeting__in=[session.pk for session in sessions])
    heads = defaultdict(list)
    for delegate in delegates.select_related("person", "delegation").order_by("delegation", "pk"):
        heads[delegate.delegation.meeting_id].append(delegate)
    for session in sessions:
        session.heads = heads[session.pk]
