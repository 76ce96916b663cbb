"""Due dates that follow another day: of the next session, or counted from an event: “180 days after the entry into
force”."""

from django.core.exceptions import ValidationError
from django.db.models import SET_NULL, F
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.models import AgreementEvent
from tracker.records import durations, edtf
from tracker.records.languages import compose
from tracker.records.public import public

from .due import next_session


def followed_due(commitment) -> dict:
    """Return the columns of a due date that follows another day, as ``store_derived`` takes them.

    Due by the next session means due on its day, and due a period after an event so much later than it, once that is
    known; where a session is put off without a new day, or the event has no date any more, the day is unknown again.
    An editor's date stands as long as neither is known, and under any other rule.
    """
    rule, rules = commitment.due_rule, commitment.DueRule
    session = next_session(commitment) if rule == rules.NEXT_SESSION else None
    counted = counted_due(commitment) if rule == rules.RELATIVE else ""
    was_known = {rules.NEXT_SESSION: commitment.due_session_id, rules.RELATIVE: commitment.due_is_counted}
    due = session.held if session else counted
    if not due and not was_known.get(rule):
        due = commitment.due
    return {
        "due": due,
        "due_version": commitment.due_version + (due != commitment.due),
        "due_session_id": session and session.pk,
        "due_is_counted": bool(counted),
    }


def counted_due(commitment) -> str:
    """Return the EDTF notation of the day on which a commitment is due by its period; empty until that is known.

    A period counts from what happened: a target, or a meeting that was only planned, starts none. Nor does what is not
    public.
    """
    start = _start(commitment)
    return later(start, commitment.due_period) if start and commitment.due_period else ""


def _start(commitment):
    """The notation of the date from which the period counts."""
    meeting, event = commitment.due_meeting, commitment.due_event
    if meeting is not None:
        is_known = commitment.read(meeting) and meeting.status == meeting.Status.HELD
        return meeting.held if is_known else ""
    if event is None or commitment.read(event.agreement) is None:
        return ""
    return _as_it_happened(event).on


def _as_it_happened(event):
    """The event; or, where it is a target, the same thing once it has happened."""
    if not event.is_planned:
        return event
    actor = {name: getattr(event, name) for name in ("country_id", "organisation_id", "person_id")}
    same = AgreementEvent.objects.filter(agreement=event.agreement_id, kind=event.kind, is_planned=False, **actor)
    return same.exclude(on="").first() or AgreementEvent()


def later(notation: str, period: str) -> str:
    """Return the EDTF notation of the days that lie a period after those that a notation allows; empty if too late.

    It is as exact as the date that it is counted from: where that is not known to the day, it is one day of several.
    """
    start, end = (day and durations.later(day, period).isoformat() for day in edtf.bounds(notation))
    if start and end:
        doubt = "?" if any(mark in notation for mark in "?~%") else ""
        counted = f"{start}{doubt}" if start == end else f"[{start}..{end}]"
    else:
        counted = f"{start or '..'}/{end or '..'}" if start or end else ""
    try:
        edtf.validate(counted)
    except ValidationError:
        return ""
    return counted


def rule_in_words(commitment) -> str:
    """Return from what its period counts: “180 days after the entry into force of AGR-0003”. What is not public is not
    named."""
    names = {"period": commitment.due_period_in_words}
    meeting, event = commitment.due_meeting, commitment.due_event
    if meeting is not None:
        names["event"] = meeting.headline if public(meeting) else _("a meeting not published here")
    elif event is not None:
        names["event"] = _event_in_words(event)
    else:
        return ""
    if not commitment.due_period:
        return compose(pgettext("a due date", "after %(event)s"), **names)
    return compose(pgettext("a due date", "%(period)s after %(event)s"), **names)


def _event_in_words(event):
    if not public(event.agreement):
        return _("an event of an agreement not published here")
    names = {"event": event.get_kind_display(), "agreement": event.agreement.reference}
    if event.country_id is None:
        return compose(pgettext("counted from", "the %(event)s of %(agreement)s"), **names)
    names["country"] = event.country.local_name
    return compose(pgettext("counted from", "the %(event)s of %(agreement)s by %(country)s"), **names)


def counted_day_unknown_again(collector, field, commitments, using):
    """The ``on_delete`` of what a period counts from: a due date that was computed from it goes with it."""
    SET_NULL(collector, field, commitments, using)
    counted = list(commitments.filter(due_is_counted=True))
    unknown = {"due": "", "due_earliest": None, "due_latest": None, "due_is_counted": False}
    for name, value in (unknown | {"due_version": F("due_version") + 1}).items():
        collector.add_field_update(field.model._meta.get_field(name), value, counted)
