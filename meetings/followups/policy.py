"""When a commitment calls for a notice: stages counted in days from its due date. Pure rules, no database, no clock.

A stage is due *on or before* a day, never by equality of dates: after an outage the latest one stands for all that
were missed.
"""

from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Commitment, FollowUpPolicy
from meetings.models.followup import days_of

# Without a day to count from there is nothing to be late for; a condition counts once it has one.
NEVER_DUE = (Commitment.DueRule.NONE, Commitment.DueRule.CONTINUOUS)
# People want to hear of the day itself and the day after, however lately they were written to.
WITHOUT_REST = (0, 1)


def stage(policy: FollowUpPolicy, due_latest: date | None, today: date) -> int | None:
    """Return the latest stage reached by ``today`` (-30 … 0 … 7, 30, 60 …); None before the window or without a date.

    ``due_latest`` is the last day that the due date allows.
    """
    if due_latest is None:
        return None
    elapsed = (today - due_latest).days
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


def has_rested(policy: FollowUpPolicy, last_mail: date | None, today: date) -> bool:
    """Whether the last mail lies ``rest_days`` back: after one on the 10th, five days' rest end on the 15th."""
    return last_mail is None or (today - last_mail).days >= policy.rest_days


def reason(policy: FollowUpPolicy, stage: int) -> str:
    """Return the rule behind a stage in words, for whoever asks why a mail goes out."""
    name = _("policy of %(forum)s") % {"forum": policy.forum} if policy.forum_id else _("default policy")
    return f"{_rule(policy, stage)} ({name})"


def _rule(policy, stage):
    if stage == -policy.window_days:
        return ngettext("within %(days)s day of the due date", "within %(days)s days of the due date", -stage) % {
            "days": -stage
        }
    if stage < 0:
        return ngettext("%(days)s day before the due date", "%(days)s days before the due date", -stage) % {
            "days": -stage
        }
    if stage == 0:
        return _("on the due date")
    return ngettext("%(days)s day after the due date", "%(days)s days after the due date", stage) % {"days": stage}
