"""Due dates that follow from something else: the next session of a body, or a rule of recurrence."""

from datetime import date, datetime, time
from functools import lru_cache

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


def next_session(commitment) -> Meeting | None:
    """Return the first published session after the one that made the commitment, of the same body, whose day is known.

    For a commitment of an agreement: the first session of its forum after the signature.
    """
    made_in = commitment.meeting
    body = {"forum_id": commitment.forum_id, "working_group_id": made_in and made_in.working_group_id}
    if not any(body.values()):
        return None
    sessions = Meeting.objects.published().filter(**body, held_latest__isnull=False)
    sessions = sessions.exclude(status=Meeting.Status.CANCELLED).exclude(kind=Meeting.Kind.PREPARATORY)
    after = made_in.held_latest if made_in else commitment.agreement.signed_latest
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


def recurrences(rule: str, start: date) -> rrule:
    """Return the moments (midnights, without a zone) at which an RFC 5545 rule recurs from ``start`` on.

    Raise one of ``UNREADABLE`` for text that is no such rule, or one that recurs more often than every day, or never.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(f"FREQ is one of {', '.join(FREQUENCIES)}")
    if {"BYHOUR", "BYMINUTE", "BYSECOND"} & parts.keys():
        raise ValueError("It recurs on days, not at hours")
    if any(int(parts.get(name, 1)) < 1 for name in ("INTERVAL", "COUNT")):  # the library would never come to an end
        raise ValueError("INTERVAL and COUNT are 1 or more")
    if parts["FREQ"] in OFTEN and parts.keys() - WITH_OFTEN:
        raise ValueError("Months and days of the month go with FREQ=MONTHLY or FREQ=YEARLY")
    rules = rrulestr(rule, dtstart=datetime.combine(start, time()), ignoretz=True)
    if not isinstance(rules, rrule):
        raise ValueError("One rule, not several")
    if next(iter(rules), None) is None:
        raise ValueError("It never recurs")
    return rules


@lru_cache(maxsize=10_000)
def recurrence_around(rule: str, start: date, day: date) -> tuple[date | None, date | None]:
    """Return the last recurrence on or before ``day`` and the first after it; None where there is none.

    What cannot be read as a rule happens once, at the start: it must not stop the mail about anything else.
    """
    moment = datetime.combine(day, time())
    try:
        rules = recurrences(rule, start)
        before, after = rules.before(moment, inc=True), rules.after(moment)
    except UNREADABLE:
        return (start, None) if start <= day else (None, start)
    return before and before.date(), after and after.date()


def validate_recurrence(rule: str):
    try:
        recurrences(rule, date(2000, 1, 1))
    except UNREADABLE as error:
        text = _("Not a rule of recurrence: %(error)s. Write it as in FREQ=MONTHLY;INTERVAL=2.")
        raise ValidationError(text % {"error": error}) from error
