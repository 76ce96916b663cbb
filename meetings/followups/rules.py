"""When a record calls for a reminder: stages counted in days from the day that it is about. Rules only, no clock.

A stage is due *on or before* a day, never by equality of dates: after an outage the latest one stands for all that
were missed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement
from agreements.models.validity import last_day_of_notice
from meetings.models import Commitment, FollowUpPolicy, Meeting, Reminder, Schedule
from meetings.models.due import recurrence_around, recurrences
from meetings.models.followup import days_of
from meetings.models.schedule import schedule_of

# People want to hear of the day itself and the day after, however lately they were written to.
WITHOUT_REST = (0, 1)
LONGEST_LOOK_AHEAD = 800  # days
MOST_TIMES = 50_000  # every day for more than a hundred years
# An answer is missing, whether or not anybody is late.
HAS_PASSED = (Schedule.OVERDUE, Schedule.PASSED)
DueRule = Commitment.DueRule
Role = Reminder.Role


@dataclass(frozen=True)
class DueReminder:
    """One thing that one person is to be told now, ``stage`` days from ``due_on``, and the policy that says so.

    ``round`` counts the answers of this person, or of those who answer with them, that editors returned. It
    ``asks_back`` as long as the last question of an editor has no answer. ``sharing``: the primary keys of those who
    read the same mailbox and would be told otherwise.
    """

    role: Role
    subject: Commitment | Meeting | Agreement
    due_on: date
    stage: int
    policy: FollowUpPolicy
    round: int = 0
    asks_back: bool = False
    sharing: frozenset[int] = frozenset()

    @property
    def is_exempt_from_rest(self):
        """Whether it is about a day that will not wait. What comes at intervals will."""
        if self.role == Role.ASKED and is_at_intervals(self.subject):
            return self.asks_back
        is_about_a_day = self.role in (Role.ASKED, Role.NOTICE_WINDOW)
        return self.asks_back or (is_about_a_day and self.stage in WITHOUT_REST)

    @property
    def reason(self) -> str:
        """The rule behind the reminder in words, for whoever asks why a mail goes out."""
        policy = self.policy
        name = _("policy of %(forum)s") % {"forum": policy.forum} if policy.forum_id else _("default policy")
        return f"{self._rule()} ({name})"

    def row(self, person, delivery, day):
        """Return the row, not saved, that says that the person is told so by this delivery."""
        return Reminder(
            **{self.subject._meta.model_name: self.subject},
            person=person,
            role=self.role,
            due_on=self.due_on,
            stage=self.stage,
            due_version=getattr(self.subject, "due_version", 1),
            round=self.round,
            delivery=delivery,
            day=day,
        )

    def next_day(self, today):
        """Return the day after ``today`` on which the next stage of a question comes; None where none is in sight."""
        if self.role != Role.ASKED:
            return None
        for ahead in range(1, LONGEST_LOOK_AHEAD):
            day = today + timedelta(days=ahead)
            if due_stage(self.policy, self.subject, day) not in (None, (self.due_on, self.stage)):
                return day
        return None

    def _rule(self):
        days = {"days": abs(self.stage)}
        if self.asks_back:
            return _("an editor sent the answer back with a question")
        if self.role in (Role.SUPERVISOR, Role.SECRETARIAT):
            return self._unanswered() % days
        if self.role == Role.ASKED and is_at_intervals(self.subject):
            every = self.policy.continuous_every
            return ngettext("asked every %(days)s day", "asked every %(days)s days", every) % {"days": every}
        if self.stage == 0:
            text = _("on the due date")
        elif self.stage == -self.policy.window_days:
            text = ngettext("within %(days)s day of the due date", "within %(days)s days of the due date", -self.stage)
        elif self.stage < 0:
            text = ngettext("%(days)s day before the due date", "%(days)s days before the due date", -self.stage)
        else:
            text = ngettext("%(days)s day after the due date", "%(days)s days after the due date", self.stage)
        return text % days

    def _unanswered(self):
        if self.subject.is_firm:
            return ngettext("%(days)s day overdue, no answer", "%(days)s days overdue, no answer", self.stage)
        return ngettext("%(days)s day past its date, no answer", "%(days)s days past its date, no answer", self.stage)


def stage(policy: FollowUpPolicy, due: date | None, today: date) -> int | None:
    """Return the latest stage reached by ``today`` (-30 … 0 … 7, 30, 60 …); None before the window or without a date.

    ``due`` is the last day that the due date allows.
    """
    if due is None:
        return None
    elapsed = (today - due).days
    stages = _stages(policy.window_days, policy.days_before, policy.on_the_day, policy.days_after)
    last = stages[-1]
    if elapsed > last and policy.then_every:
        return last + (elapsed - last) // policy.then_every * policy.then_every
    return max((offset for offset in stages if offset <= elapsed), default=None)


@lru_cache(maxsize=1000)
def _stages(window, before, on_the_day, after):
    """The stages of a policy in ascending order. The first is the entry into the window; none lies before it."""
    ahead = {-days for days in days_of(before) if days < window}
    return sorted({-window} | ahead | ({0} if on_the_day else set()) | set(days_of(after)))


def due_stage(policy: FollowUpPolicy, commitment: Commitment, today: date) -> tuple[date, int] | None:
    """Return the day that a question of ``today`` is about, with its stage; None where nothing is to be asked.

    What recurs is asked about time by time. What goes on without a due date is asked about at the policy's interval.
    """
    due = due_on(policy, commitment, today)
    if due is None:
        return None
    reached = 0 if is_at_intervals(commitment) else stage(policy, due, today)
    return None if reached is None else (due, reached)


def due_on(policy: FollowUpPolicy, commitment: Commitment, today: date) -> date | None:
    """Return the due date, the time of a recurring commitment, or the end of an interval, that ``today`` is about."""
    if commitment.recurrence:
        return _recurrence(policy, commitment, today)
    if commitment.due_rule == DueRule.CONTINUOUS:
        start = _made_on(commitment)
        intervals = (today - start).days // policy.continuous_every if start and policy.continuous_every else 0
        return start + timedelta(days=intervals * policy.continuous_every) if intervals > 0 else None
    return None if commitment.due_rule == DueRule.NONE else commitment.due_latest


def is_at_intervals(commitment: Commitment) -> bool:
    """Whether it is asked about now and then, rather than before and after a day on which something is due."""
    return commitment.due_rule == DueRule.CONTINUOUS and not commitment.recurrence


def happens_again(commitment: Commitment) -> bool:
    """Whether “done” means this time only."""
    return bool(commitment.recurrence) or commitment.due_rule == DueRule.CONTINUOUS


def _recurrence(policy, commitment, today):
    """The coming time once it is nearer than the window, or than half the way from the last one (or from the promise);
    else the last one."""
    made_on = _made_on(commitment)
    start = recurs_from(commitment)
    if start is None:
        return None
    last, coming = recurrence_around(commitment.recurrence, start, today)
    if last == start and commitment.due_latest is None:
        last = None  # the day on which it was promised is not yet a time at which it was due
    if coming is None:
        return last
    previous = last or made_on
    half_way = (coming - previous).days // 2 if previous else policy.window_days
    return coming if (coming - today).days <= min(policy.window_days, half_way) else last


def recurs_from(commitment: Commitment) -> date | None:
    """Return the day from which it recurs: the last that its due date allows, else the day of the promise."""
    return commitment.due_latest or _made_on(commitment)


def next_times(commitment: Commitment, today: date, number: int) -> list[date]:
    """Return the next times of a recurring commitment, saved or not, from ``today`` on; raise one of ``UNREADABLE``."""
    start = recurs_from(commitment)
    days = recurrences(commitment.recurrence, start or today)
    if start is None:
        return []
    coming = (day for day in islice(days, MOST_TIMES) if day >= today)
    return list(islice((day for day in coming if commitment.due_latest or day != start), number))


def _made_on(commitment):
    meeting, agreement = commitment.meeting, commitment.agreement
    return (meeting and meeting.held_latest) or (agreement and agreement.signed_or_adopted_latest) or None


def has_rested(policy: FollowUpPolicy, last_mail: date | None, today: date) -> bool:
    """Whether the last mail lies ``rest_days`` back: after one on the 10th, five days' rest end on the 15th."""
    return last_mail is None or (today - last_mail).days >= policy.rest_days


class Policies:
    """The policies in use: one query."""

    def __init__(self):
        in_use = FollowUpPolicy.objects.in_use().select_related("forum")
        self._by_forum = {policy.forum_id: policy for policy in in_use}
        self.longest_window = max((policy.window_days for policy in in_use), default=0)
        self.longest_rest = max((policy.rest_days for policy in in_use), default=0)

    def of_forum(self, forum_id: int | None) -> FollowUpPolicy | None:
        return self._by_forum.get(forum_id) or self._by_forum.get(None)

    def each(self) -> Iterator[tuple[FollowUpPolicy, Q]]:
        """Yield each policy with the condition on ``forum`` that it is the one to follow."""
        own = self._by_forum.keys() - {None}
        for forum_id, policy in self._by_forum.items():
            yield policy, Q(forum=forum_id) if forum_id else Q(forum__isnull=True) | ~Q(forum__in=own)


def urgency(due_on: date, today: date, *, is_firm: bool = True) -> str:
    """Return whether something is ``overdue`` or, where it was only proposed, its date has ``passed``; ``due`` today or
    due ``soon``."""
    schedule = schedule_of(False, due_on, today, is_firm=is_firm)
    if schedule in HAS_PASSED:
        return schedule.value
    return "due" if due_on == today else "soon"


# What the records of a forum lack, and what ends in them


def without_outcomes(meetings, policies: Policies, today: date):
    """Narrow a queryset to meetings held so long ago that their policy expects outcomes, and that have none."""
    is_time = Q(pk__in=[])
    for policy, is_followed in policies.each():
        if policy.outcomes_after:
            is_time |= is_followed & Q(held_latest__lte=today - timedelta(days=policy.outcomes_after))
    return meetings.without_results().exclude(kind=Meeting.Kind.PREPARATORY).filter(is_time)


def with_notice_period(agreements, today: date):
    """Narrow a queryset to agreements in force to which notice can be given until a day that can be computed.

    They are taken as they stood on the day before: on its very last day an agreement counts as expired.
    """
    in_force = agreements.with_status(today - timedelta(days=1)).filter(status=Agreement.Status.IN_FORCE)
    limited = in_force.exclude(validity="").exclude(notice="")
    return limited.prefetch_related("events").order_by("pk")


def notice_window(agreement: Agreement, policy: FollowUpPolicy, today: date) -> DueReminder | None:
    """Before the last day on which notice can be given, and on it; afterwards it is too late to say anything."""
    due_on = last_day_of_notice(agreement, today)
    reached = stage(policy, due_on, today)
    if reached is None or reached > 0:
        return None
    return DueReminder(Role.NOTICE_WINDOW, agreement, due_on, reached, policy)
