"""How long an agreement is valid, and until when notice can be given: as far as its text and its events say."""

from datetime import timedelta

from tracker.records.durations import earlier, later, months_later, parse
from tracker.records.edtf import Exactness

from .event import AgreementEvent, happened

Kind = AgreementEvent.Kind


def expiry(agreement):
    """Return the first day on which the agreement is no longer valid; None where that is unknown.

    It counts from the latest day of its entry into force. Each extension adds its own length. After one whose length is
    not stated, or that came after the end, so that nobody can say from which day it counts, the end is unknown.
    """
    end = _entered_on(agreement)
    if end is None:
        return None
    end = later(end, agreement.validity)
    for extension in _extensions(agreement):
        if not extension.extends_by or (extension.on_earliest and extension.on_earliest > end):
            return None
        end = later(end, extension.extends_by)
    return end


def expiry_known_to_the_day(agreement):
    """The same, where only one day can be meant; None for an agreement that renews itself, which has no such day."""
    entered = _entry_into_force(agreement)
    is_exact = entered is not None and entered.on_exactness == Exactness.EXACT
    return expiry(agreement) if is_exact and not agreement.renews_automatically else None


def _entered_on(agreement):
    """The day from which the validity counts; None where it, or the validity, is not known."""
    entered = _entry_into_force(agreement)
    return entered.on_latest if entered and agreement.validity else None


def _entry_into_force(agreement):
    return next((event for event in happened(agreement) if event.kind == Kind.IN_FORCE), None)


def _extensions(agreement):
    return [event for event in happened(agreement) if event.kind == Kind.EXTENDED]


def last_day_of_notice(agreement, today):
    """Return the last day on which a party can still give notice before the validity ends, or renews itself.

    None where that is unknown or there is no notice period. One that renews itself has such a day every time: then it
    is the next one from ``today`` on.
    """
    if not agreement.notice:
        return None
    if not agreement.renews_automatically:
        end = expiry(agreement)
        return end and earlier(end, agreement.notice)
    return _next_last_day_of_notice(agreement, today)


def _next_last_day_of_notice(agreement, today):
    entered = _entered_on(agreement)
    again = agreement.renewal or agreement.validity
    if entered is None or _extensions(agreement) or not any(parse(again)):
        return None
    renewals = 0
    while (last := earlier(_after(entered, agreement.validity, again, renewals), agreement.notice)) < today:
        renewals += 1
    return last


def _after(day, validity, again, renewals):
    """The day of the end after so many renewals, counted at once: else the ends of months would drift."""
    (months, days), (more_months, more_days) = map(_months_and_days, (validity, again))
    return months_later(day, months + renewals * more_months) + timedelta(days=days + renewals * more_days)


def _months_and_days(notation):
    period = parse(notation)
    return period.years * 12 + period.months, period.weeks * 7 + period.days
