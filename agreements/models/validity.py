"""How long an agreement is valid, and until when notice can be given: as far as its text and its events say."""

from calendar import monthrange

from .event import AgreementEvent, happened


def expiry(agreement):
    """Return the first day on which the agreement is no longer valid; None where its start or validity is unknown.

    After an extension it is unknown: the validity is that of the original text.
    """
    entered = _entered_on(agreement)
    return entered and months_later(entered, agreement.validity_months)


def _entered_on(agreement):
    """The day from which the validity of the original text counts, as long as that text says how long."""
    events = happened(agreement)
    entered = next((event for event in events if event.kind == AgreementEvent.Kind.IN_FORCE), None)
    is_extended = any(event.kind == AgreementEvent.Kind.EXTENDED for event in events)
    return entered.on_latest if entered and agreement.validity_months and not is_extended else None


def last_day_of_notice(agreement, today):
    """Return the last day on which a party can still give notice before the validity ends, or renews itself.

    None where that is unknown or there is no notice period. One that renews itself has such a day every time: then it
    is the next one from ``today`` on.
    """
    entered = _entered_on(agreement)
    if entered is None or agreement.notice_months is None:
        return None
    months = agreement.validity_months
    while True:
        last = months_later(months_later(entered, months), -agreement.notice_months)
        if last >= today or not agreement.renews_automatically:
            return last
        months += agreement.validity_months


def months_later(day, months):
    """Return the same day of the month so many months later, or the last of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
