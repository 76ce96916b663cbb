"""A moment to come, typed as a day and an hour."""

from datetime import UTC, datetime, tzinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.records.edtf.typed import tidy

# As browsers send what is chosen; and with the seconds that some add.
FORMATS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
NO_SUCH_HOUR = _("The clocks of %(zone)s change then: there is no %(hour)s on that day, or two. Give another hour.")


def read_moment(day: str, hour: str, zone: tzinfo) -> datetime | None:
    """Return the moment, to the minute; None where it cannot be read, or no database could keep it.

    Raise ``ValidationError`` for an hour that a change of the clocks leaves out, or brings twice: nobody could say
    which moment is meant.
    """
    text = tidy(f"{day} {hour}")
    typed = next(filter(None, (_parsed(text, pattern) for pattern in FORMATS)), None)
    if typed is None:
        return None
    try:
        first, second = (typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError:
        return None
    if first != second:
        raise ValidationError(NO_SUCH_HOUR, params={"zone": str(zone), "hour": f"{typed:%H:%M}"})
    return first


def _parsed(text, pattern):
    try:
        return datetime.strptime(text, pattern).replace(second=0)
    except ValueError:
        return None
