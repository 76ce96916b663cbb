"""A rule of recurrence in words of the active language: ``FREQ=MONTHLY;INTERVAL=2`` is “every 2 months”."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from tracker.records import edtf, typography

from .due import SHORTEST_MONTH, parts_of

EVERY = {"DAILY": _("every day"), "WEEKLY": _("every week"), "MONTHLY": _("every month"), "YEARLY": _("every year")}
EVERY_FEW = {
    "DAILY": _("every %(count)s days"),
    "WEEKLY": _("every %(count)s weeks"),
    "MONTHLY": _("every %(count)s months"),
    "YEARLY": _("every %(count)s years"),
}
DAYS = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}


def recurrence_in_words(rule: str) -> str | None:
    """Return the rule in words, or None where we have none for some part of it. Empty for no rule."""
    if not rule:
        return ""
    parts = parts_of(rule)
    parts.pop("WKST", None)
    until, count = parts.pop("UNTIL", ""), parts.pop("COUNT", "")
    try:
        words = _on(parts.pop("FREQ"), int(parts.pop("INTERVAL", "1")), parts)
        if until:
            day = edtf.in_words(date.fromisoformat(until[:8]).isoformat())
            words = pgettext("recurrence", "%(every)s until %(date)s") % {"every": words, "date": day}
        if count:
            pattern = ngettext("%(every)s, %(count)s time", "%(every)s, %(count)s times", int(count))
            words = pattern % {"every": words, "count": count}
    except (LookupError, ValueError):
        return None
    return words


def _on(frequency, interval, parts):
    """When it recurs, without its end."""
    every = str(EVERY[frequency]) if interval == 1 else str(EVERY_FEW[frequency]) % {"count": interval}
    if not parts:
        return every
    match frequency, sorted(parts):
        case "WEEKLY", ["BYDAY"]:
            return _on_days(every, typography.names(DAYS[day] for day in parts["BYDAY"].split(",")))
        case "MONTHLY", ["BYMONTHDAY"]:
            return _on_day_of_month(every, int(parts["BYMONTHDAY"]))
        case "YEARLY", ["BYMONTH"]:
            month = MONTHS[int(parts["BYMONTH"])]
            return pgettext("recurrence", "%(every)s in %(month)s") % {"every": every, "month": month}
        case "YEARLY", ["BYMONTH", "BYMONTHDAY"]:
            return _on_day_of_year(every, int(parts["BYMONTH"]), int(parts["BYMONTHDAY"]))
    raise LookupError(frequency)


def _on_day_of_month(every, day):
    if day == -1:
        return pgettext("recurrence", "%(every)s on the last day of the month") % {"every": every}
    if not 1 <= day <= 31:
        raise LookupError(day)
    words = pgettext("recurrence", "%(every)s on day %(day)s") % {"every": every, "day": day}
    return _or_the_last(words) if day > SHORTEST_MONTH else words


def _on_day_of_year(every, month, day):
    if day == -1:
        pattern = pgettext("recurrence", "%(every)s on the last day of %(month)s")
        return pattern % {"every": every, "month": MONTHS[month]}
    known = date(2000, month, day)  # a leap year, so that 29 February can be worded
    words = _on_days(every, format_date(known, pgettext("day and month", "j F")))
    return _or_the_last(words) if (month, day) == (2, 29) else words


def _on_days(every, days):
    return pgettext("recurrence", "%(every)s on %(days)s") % {"every": every, "days": days}


def _or_the_last(words):
    return pgettext("recurrence", "%(every)s, or the last day of a shorter month") % {"every": words}
