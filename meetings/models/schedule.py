"""Whether a commitment is late: what each word means, stated once, for many in SQL and for one in Python."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

DUE_SOON = timedelta(days=30)


class Schedule(models.TextChoices):
    """Whether a commitment is late. Computed for a day, never stored."""

    OVERDUE = "overdue", _("overdue")
    PASSED = "passed", _("only proposed; its date has passed")
    DUE_SOON = "due_soon", _("due soon")
    NOT_YET_DUE = "not_yet_due", _("not yet due")
    NO_DEADLINE = "no_deadline", _("no deadline")
    CLOSED = "closed", _("completed or closed")


# Of what is open and has a due date: where the last day that the date allows lies, in days from today, both ends
# included and None where there is none. Late means after that day.
FROM_TODAY = {
    Schedule.OVERDUE: (None, timedelta(days=-1)),
    Schedule.PASSED: (None, timedelta(days=-1)),
    Schedule.DUE_SOON: (timedelta(), DUE_SOON),
    Schedule.NOT_YET_DUE: (DUE_SOON + timedelta(days=1), None),
}
# What was only proposed, wished for or talked about binds nobody: its date may be over, and yet nobody is late.
FIRM = ("agreed", "agreed_in_principle", "committed", "announced")
STANDING = {Schedule.OVERDUE: Q(strength__in=FIRM), Schedule.PASSED: ~Q(strength__in=FIRM)}
IS_CLOSED = ~Q(closure="") | Q(progress="complete")


def falls_into(schedule: Schedule, today: date) -> Q:
    """The condition that an open commitment has this schedule on ``today``."""
    first, last = FROM_TODAY[schedule]
    from_first = Q(due_latest__gte=today + first) if first is not None else Q()
    to_last = Q(due_latest__lte=today + last) if last is not None else Q()
    return from_first & to_last & STANDING.get(schedule, Q())


def schedule_case(today: date) -> Case:
    """The schedule as of ``today`` as an expression over commitments (the code of a ``Schedule``)."""
    return Case(
        When(IS_CLOSED, then=Value(Schedule.CLOSED.value)),
        When(due_latest__isnull=True, then=Value(Schedule.NO_DEADLINE.value)),
        *(When(falls_into(schedule, today), then=Value(schedule.value)) for schedule in FROM_TODAY),
        output_field=models.CharField(),
    )


def schedule_of(is_closed: bool, due_latest: date | None, today: date, *, is_firm: bool = True) -> Schedule:
    """The schedule as of ``today`` of one commitment."""
    if is_closed:
        return Schedule.CLOSED
    if due_latest is None:
        return Schedule.NO_DEADLINE
    away = due_latest - today
    return next(
        schedule
        for schedule, (first, last) in FROM_TODAY.items()
        if (first is None or away >= first)
        and (last is None or away <= last)
        and schedule != (Schedule.PASSED if is_firm else Schedule.OVERDUE)
    )
