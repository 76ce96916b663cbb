"""Due dates that follow from something else: the next session of a body, or a rule of recurrence."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice

from dateutil.rrule import rrule, rrulestr
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .meeting import Meeting

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# What the library raises for text that is no rule.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
# With these alone it goes from day to day: it would look for a 30 February on every day until the year 9999.
OFTEN, WITH_OFTEN = ("DAILY", "WEEKLY"), {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
BY_OTHER_THINGS = {"BYDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER", "BYSETPOS"}
SHORTEST_MONTH = 28


def next_session(commitment) -> Meeting | None:
    """Return the first published session after the one that made the commitment, of the same body, whose day is known.

    For a commitment of an agreement: the first session of its forum after it was signed or adopted.
    """
    made_in, agreement = commitment.read(commitment.meeting), commitment.read(commitment.agreement)
    body = {"forum_id": commitment.forum_id, "working_group_id": made_in and made_in.working_group_id}
    if not any(body.values()):
        return None
    sessions = Meeting.objects.published().filter(**body, held_latest__isnull=False)
    sessions = sessions.exclude(status=Meeting.Status.CANCELLED).exclude(kind=Meeting.Kind.PREPARATORY)
    after = made_in.held_latest if made_in else agreement.signed_or_adopted_latest
    if after is not None:
        later = Q(held_latest__gt=after)
    elif made_in and made_in.session_number is not None:
        later = Q(session_number__gt=made_in.session_number)
    else:
        return None
    return sessions.filter(later).exclude(pk=made_in and made_in.pk).order_by("held_latest", "pk").first()


def day_unknown_again(collector, field, commitments, using):
    """The ``on_delete`` of the session on whose day commitments are due: its day was theirs, and goes with it."""
    unknown = {field.name: None, "due": "", "due_earliest": None, "due_latest": None}
    for name, value in (unknown | {"due_version": F("due_version") + 1}).items():
        collector.add_field_update(field.model._meta.get_field(name), value, commitments)


def recurrences(rule: str, start: date) -> Iterator[date]:
    """Yield the days on which an RFC 5545 rule recurs from ``start`` on.

    A day that a month does not have is taken to be its last: so SKIP=BACKWARD of RFC 7529, section 4.1. Without it what
    is due every month from the 31st on would be due seven times a year.

    Raise one of ``UNREADABLE`` for text that is no such rule, or one that recurs more often than every day, or never.
    """
    parts = parts_of(rule)
    _refuse(parts)
    rules = rrulestr(rule, dtstart=_midnight(start), ignoretz=True)
    if not isinstance(rules, rrule):
        raise ValueError("One rule, not several")
    days = _days_of_month(parts, start)

    def found():
        is_in_every_month = max(days, default=0) <= SHORTEST_MONTH
        return (moment.date() for moment in rules) if is_in_every_month else _at_ends_of_months(parts, start, days)

    # 30 February is a slip of the pen; the 31st on which it begins is none, whatever its months.
    if next(found(), None) is None or ("BYMONTHDAY" in parts and next(iter(rules), None) is None):
        raise ValueError("It never recurs")
    return found()


def _refuse(parts):
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(f"FREQ is one of {', '.join(FREQUENCIES)}")
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & parts.keys():
        raise ValueError("It recurs on days, not at hours")
    if any(int(parts.get(name, 1)) < 1 for name in ("INTERVAL", "COUNT")):  # the library would never come to an end
        raise ValueError("INTERVAL and COUNT are 1 or more")
    if parts["FREQ"] in OFTEN and parts.keys() - WITH_OFTEN:
        raise ValueError("Months and days of the month go with FREQ=MONTHLY or FREQ=YEARLY")


def parts_of(rule: str) -> dict[str, str]:
    """Return the parts of a rule by their names, in capitals."""
    return dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)


def _midnight(day):
    return datetime.combine(day, time())


def _days_of_month(parts, start):
    """The days of the month that a rule names, or takes from its start; none where it goes by other things."""
    if parts["FREQ"] in OFTEN or BY_OTHER_THINGS & parts.keys():
        return set()
    return {int(day) for day in parts["BYMONTHDAY"].split(",")} if "BYMONTHDAY" in parts else {start.day}


def _at_ends_of_months(parts, start, days):
    """Those days of each month, of which one that the month does not have is its last."""
    kept = {name: value for name, value in parts.items() if name != "COUNT"}
    if parts["FREQ"] == "YEARLY" and not {"BYMONTH", "BYMONTHDAY"} & parts.keys():
        kept["BYMONTH"] = str(start.month)
    near = days | set(range(SHORTEST_MONTH, max(days) + 1))
    kept["BYMONTHDAY"] = ",".join(map(str, sorted(near)))
    text = ";".join(f"{name}={value}" for name, value in kept.items())

    def is_meant(day):
        last = monthrange(day.year, day.month)[1]
        return {day.day, day.day - last - 1} & days or (day.day == last and max(days) > last)

    found = (moment.date() for moment in rrulestr(text, dtstart=_midnight(start), ignoretz=True))
    return islice(filter(is_meant, found), int(parts["COUNT"]) if "COUNT" in parts else None)


@lru_cache(maxsize=10_000)
def recurrence_around(rule: str, start: date, day: date) -> tuple[date | None, date | None]:
    """Return the last recurrence on or before ``day`` and the first after it; None where there is none.

    What cannot be read as a rule happens once, at the start: it must not stop the mail about anything else.
    """
    last = None
    try:
        for recurrence in recurrences(rule, start):
            if recurrence > day:
                return last, recurrence
            last = recurrence
    except UNREADABLE:
        return (start, None) if start <= day else (None, start)
    return last, None


def validate_recurrence(rule: str):
    try:
        recurrences(rule, date(2000, 1, 1))
    except UNREADABLE as error:
        text = _("Not a rule of recurrence: %(error)s. Write it as in FREQ=MONTHLY;INTERVAL=2.")
        raise ValidationError(text % {"error": error}) from error
