"""How long ago a day was, in words: whole months that have passed, never more."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .remembering import Remembered

MONTHS_OF_A_YEAR = 12


def months_between(first: date, last: date) -> int:
    """Return the whole months from one day to a later one."""
    months = (last.year - first.year) * MONTHS_OF_A_YEAR + last.month - first.month
    return months - (last.day < first.day)


def age_in_words(since: date, today: date) -> str:
    """Return “5 years 2 months”; of less than a month, the days."""
    months = months_between(since, today)
    return age_of_months(months) if months > 0 else _days_in_words((today - since).days)


@Remembered
def age_of_months(months: int) -> str:
    """The same of so many months."""
    years, months = divmod(months, MONTHS_OF_A_YEAR)
    in_years = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    in_months = ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    if not (years and months):
        return in_years if years else in_months
    return _("%(years)s %(months)s") % {"years": in_years, "months": in_months}


@Remembered
def _days_in_words(days):
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
