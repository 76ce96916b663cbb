"""When a record calls for a notice: stages counted in days from the day that it is about. Pure rules, no clock.

A stage is due *on or before* a day, never by equality of dates: after an outage the latest one stands for all that
were missed.
"""

from datetime import date, timedelta
from functools import lru_cache

from meetings.models import Commitment, FollowUpPolicy
from meetings.models.due import recurrence_around
from meetings.models.followup import days_of

# People want to hear of the day itself and the day after, however lately they were written to.
WITHOUT_REST = (0, 1)
DueRule = Commitment.DueRule


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
    start = commitment.due_latest or made_on
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


def _made_on(commitment):
    meeting, agreement = commitment.meeting, commitment.agreement
    return (meeting and meeting.held_latest) or (agreement and agreement.signed_latest) or None


def has_rested(policy: FollowUpPolicy, last_mail: date | None, today: date) -> bool:
    """Whether the last mail lies ``rest_days`` back: after one on the 10th, five days' rest end on the 15th."""
    return last_mail is None or (today - last_mail).days >= policy.rest_days


class Policies:
    """The policies in use: one query."""

    def __init__(self):
        in_use = FollowUpPolicy.objects.filter(is_active=True).select_related("forum")
        self._by_forum = {policy.forum_id: policy for policy in in_use}
        self.longest_window = max((policy.window_days for policy in in_use), default=0)
        self.longest_rest = max((policy.rest_days for policy in in_use), default=0)

    def of_forum(self, forum_id: int | None) -> FollowUpPolicy | None:
        return self._by_forum.get(forum_id) or self._by_forum.get(None)
