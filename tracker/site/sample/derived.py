"""What follows for sample records from their rows, read from memory: what ``derive()`` reads from the database.

Whatever the models offer as a function of records at hand is called; their queries are said again here. That both come
to the same is tested on every record of a sample (``tests/site/test_make_sample_data.py``).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from agreements.models import Agreement, AgreementEvent, AgreementStatusPeriod, Membership
from agreements.models.event import date_of_adoption, date_of_signature
from agreements.models.status import status_periods
from agreements.models.target import open_targets
from agreements.models.validity import expiry
from meetings.models import Commitment, CommitmentParty, Delegation, Meeting, Progress, ProgressUpdate
from meetings.models.commitment import FEW_COUNTRIES
from meetings.models.completion import assessment, completed_on, days_late, side_of
from meetings.models.counted import counted_due
from tracker.records import edtf

BY = CommitmentParty.Side.BY.value
# In place of no day, where those come first.
LONG_AGO = date(1, 1, 1)


def countries_of(parties: Iterable[Any], record: Any) -> set[int]:
    """``agreements.models.countries_of`` of rows at hand."""
    found = set()
    for party in parties:
        organisation = party.organisation
        if organisation is not None and record.is_public and not organisation.is_public:
            continue
        found.add(party.country_id or (organisation and organisation.country_id))
    return found - {None}


def of_agreement(agreement: Agreement, parties: Iterable[Any], events: list[AgreementEvent]) -> dict[str, Any]:
    """The columns that ``Agreement.derive`` stores. Also notes which targets are open."""
    with_events(agreement, events)
    found = open_targets(agreement.events.all())
    for target in found:
        target.is_open = True
    signed = date_of_signature(agreement)
    return {
        "countries": countries_of(parties, agreement),
        "signed": signed,
        "signed_or_adopted": signed or date_of_adoption(agreement),
        "target_kind": found[0].kind if found else "",
        "target": found[0].on if found else "",
    }


def with_events(agreement: Agreement, events: list[AgreementEvent]) -> None:
    """As if they had been fetched, in the order of the model."""

    def place(event):
        is_undated = event.on_latest is None
        return (
            is_undated and event.is_planned,
            not is_undated,
            event.on_latest or LONG_AGO,
            event.pk,
        )

    agreement._prefetched_objects_cache = {"events": sorted(events, key=place)}  # type: ignore[attr-defined]


def periods_of(agreement: Agreement) -> list[AgreementStatusPeriod]:
    """What ``store_status_periods`` writes; after ``with_events``."""
    ends = None if agreement.renews_automatically else expiry(agreement)
    happened = [event for event in agreement.events.all() if not event.is_planned]
    return [
        AgreementStatusPeriod(agreement=agreement, status=status, start=start, end=end)
        for status, start, end in status_periods(happened, ends)
    ]


def countries_that_met(meeting: Meeting, delegations: Sequence[Delegation], body: Any) -> set[int]:
    """What ``Meeting.derive`` stores. ``body`` has the members of the forum and those of the group, as rows."""
    absent = Delegation.Attendance.ABSENT.value
    sides = [each for each in delegations if each.role != Delegation.Role.OBSERVER.value]
    involved = countries_of([each for each in sides if each.attendance != absent], meeting)
    if len(involved) < 2:
        members = _members(meeting, body)
        involved |= members - countries_of([each for each in sides if each.attendance == absent], meeting)
    return involved


def _members(meeting, body):
    group, forum = meeting.read(meeting.working_group), meeting.read(meeting.forum)
    if group and body.members_of(group):
        rows = body.members_of(group)
    elif forum:
        rows = [row for row in body.memberships if row.role in Membership.BELONGING and row.country_id]
    else:
        return set()
    return countries_of([row for row in rows if meeting._was_member(row)], meeting)


def next_session(commitment: Commitment, sessions: Sequence[Meeting]) -> Meeting | None:
    """``meetings.models.due.next_session`` among the meetings of the body, which are at hand."""
    made_in: Any = commitment.read(commitment.meeting)
    agreement: Any = commitment.read(commitment.agreement)
    body = (commitment.forum_id, made_in and made_in.working_group_id)
    after = made_in.held_latest if made_in else agreement and agreement.signed_or_adopted_latest
    number = made_in.session_number if made_in else None
    if not any(body) or (after is None and number is None):
        return None
    found = [
        session
        for session in sessions
        if (session.forum_id, session.working_group_id) == body
        and _may_be_next(session)
        and session is not made_in
        and (session.held_latest > after if after else (session.session_number or 0) > (number or 0))
    ]
    return min(found, key=lambda session: (session.held_latest, session.pk), default=None)


def _may_be_next(session):
    is_on = session.status != Meeting.Status.CANCELLED.value and session.kind != Meeting.Kind.PREPARATORY.value
    return session.is_public and session.held_latest is not None and is_on


def due_of(commitment: Commitment, sessions: Sequence[Meeting]) -> dict[str, Any]:
    """What ``followed_due`` returns when a commitment is saved for the first time."""
    rule = commitment.due_rule
    session = next_session(commitment, sessions) if rule == Commitment.DueRule.NEXT_SESSION.value else None
    counted = counted_due(commitment) if rule == Commitment.DueRule.RELATIVE.value else ""
    due = session.held if session else counted or commitment.due
    return {
        "due": due,
        "due_version": 1 + (due != commitment.due),
        "due_session_id": session and session.pk,
        "due_is_counted": bool(counted),
    }


def of_commitment(
    commitment: Commitment,
    parties: Sequence[CommitmentParty],
    updates: Sequence[ProgressUpdate],
    due: str,
    met: set[int],
) -> dict[str, Any]:
    """The other columns that ``Commitment.derive`` stores; ``met`` are the countries of its meeting."""
    latest = _latest(updates)
    completed = completed_on(commitment.closure, commitment.closed_on, latest)
    late = days_late(completed, edtf.bounds(due).latest)
    by = [party for party in parties if party.side == BY]
    involved = countries_of(parties, commitment)
    is_for_all = commitment.scope != Commitment.Scope.DOMESTIC.value and any(party.words for party in parties)
    if is_for_all and commitment.read(commitment.meeting) and len(met) <= FEW_COUNTRIES:
        involved |= met
    return {
        "progress": latest.progress if latest else Progress.NO_INFORMATION.value,
        "countries": involved,
        "completed_on": completed,
        "days_late_least": late.least,
        "days_late_most": late.most,
        "assessment": assessment(side_of(latest), countries_of(by, commitment)),
    }


def _latest(updates):
    """The last of those published, by the order of the model."""
    said = [update for update in updates if update.is_public and update.progress]
    return max(said, key=lambda update: (update.as_of_latest or LONG_AGO, update.pk), default=None)
