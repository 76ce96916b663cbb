"""Pages of meetings and commitments."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from tracker.records.languages import Composed, statements_in_a_row, written
from tracker.records.models import is_published
from tracker.registers.record import fact, find, redirects_moved, render_record

from .followups.history import days_asked
from .models import Commitment, Delegate, Meeting, Schedule
from .registers import COMMITMENTS

DAYS_SHOWN = 5


@require_safe
@redirects_moved
def meeting_detail(request, reference):
    today = localdate()
    meeting = find(
        Meeting.objects.published().select_related("forum", "working_group", "host", "preparatory_for"),
        reference=reference,
    )
    changes = list(meeting.schedule_changes.select_related("source", "country"))
    outcomes = list(meeting.outcomes.select_related("source", "working_group"))
    figures = list(meeting.figures.select_related("source", "said_by"))
    delegates = Delegate.objects.filter(delegation__meeting=meeting).select_related("person")
    links = meeting.agreement_links.filter(agreement__in=Agreement.objects.published())
    return render_record(
        request,
        "meetings/meeting_detail.html",
        meeting,
        today=today,
        facts=_meeting_facts(meeting),
        citations=meeting.citations.select_related("source"),
        parts=[*changes, *outcomes, *figures],
        shown=[("date", meeting.held), ("place", meeting.place), ("number", str(meeting.session_number or ""))],
        changes=changes,
        outcomes=outcomes,
        figures=figures,
        agenda=meeting.agenda.all(),
        delegations=_with_delegates(meeting.delegations.select_related("country", "organisation"), delegates),
        agreement_links=links.select_related("agreement"),
        commitments=COMMITMENTS.shown(COMMITMENTS.records(today).filter(meeting=meeting).order_by("position", "pk")),
        themes=meeting.themes.all(),
        neighbours=_neighbours(meeting),
    )


def _meeting_facts(meeting):
    body = meeting.working_group or meeting.forum
    held = written(meeting.held_reason) or (meeting.get_held_basis_display() if meeting.held_basis != "stated" else "")
    facts = [
        fact(_("Body"), written(body.name), body.get_absolute_url() if body.is_public else "") if body else None,
        fact(_("Session"), _session(meeting)) if meeting.session_number else None,
        fact(_("Kind"), meeting.get_kind_display()),
        fact(_("Held"), meeting.held_in_words, basis=held),
        fact(_("Place"), written(meeting.place), basis=written(meeting.place_note)),
        fact(_("Mode"), meeting.get_mode_display()),
        fact(_("Host"), meeting.host and meeting.host.local_name),
        fact(_("Participants"), _participants(meeting)),
        fact(_("Permanent reference"), meeting.reference),
    ]
    return [line for line in facts if line]


def _session(meeting):
    suffix = f" ({meeting.session_suffix})" if meeting.session_suffix else ""
    return Composed([str(meeting.session_number), written(suffix)])


def _participants(meeting):
    """The number with its comparator, the expected number, and the words of the source, as far as known."""
    parts = []
    if meeting.participants is not None:
        comparator = meeting.get_participants_comparator_display() if meeting.participants_comparator else ""
        parts.append(f"{comparator} {meeting.participants}".strip())
    if meeting.participants_expected is not None:
        parts.append(_("%(number)s expected") % {"number": meeting.participants_expected})
    if meeting.participants_words:
        parts.append(written(meeting.participants_words))
    return statements_in_a_row(parts)


def _with_delegates(delegations, delegates):
    by_delegation = {}
    for delegate in delegates:
        by_delegation.setdefault(delegate.delegation_id, []).append(delegate)
    return [(delegation, by_delegation.get(delegation.pk, [])) for delegation in delegations]


def _neighbours(meeting):
    """The published sessions before and after in the same series; numbered series may have holes."""
    if not meeting.session_number:
        return None, None
    series = Meeting.objects.published().filter(forum=meeting.forum, working_group=meeting.working_group)
    series = series.select_related("forum", "working_group").order_by("session_number")
    before = series.filter(session_number__lt=meeting.session_number).last()
    return before, series.filter(session_number__gt=meeting.session_number).first()


@require_safe
@redirects_moved
def commitment_detail(request, reference):
    today = localdate()
    commitment = find(
        COMMITMENTS.records(today).select_related(
            "forum", "meeting__forum", "meeting__working_group", "agreement", "working_group", "spoken_by"
        ),
        reference=reference,
    )
    updates = list(commitment.progress_updates.filter(is_published()).select_related("source", "side"))
    changes = list(commitment.due_changes.select_related("source"))
    figures = list(commitment.figures.select_related("source", "said_by"))
    asked = days_asked(commitment)
    public = Commitment.objects.published()
    return render_record(
        request,
        "meetings/commitment_detail.html",
        commitment,
        today=today,
        facts=_commitment_facts(commitment),
        citations=commitment.citations.select_related("source"),
        parts=[*updates, *changes, *figures],
        shown=[("due", commitment.due)],
        schedule=Schedule(commitment.schedule),
        parties=list(commitment.parties.select_related("country", "organisation")),
        updates=updates,
        changes=changes,
        figures=figures,
        days_asked=asked[:DAYS_SHOWN],
        earlier_days_asked=len(asked[DAYS_SHOWN:]),
        themes=commitment.themes.all(),
        earlier=commitment.lineage.filter(earlier__in=public).select_related("earlier"),
        later=commitment.later.filter(commitment__in=public).select_related("commitment"),
    )


def _commitment_facts(commitment):
    meeting, agreement, group = commitment.meeting, commitment.agreement, commitment.working_group
    due = commitment.due_in_words or written(commitment.due_words)
    facts = [
        fact(_("Strength"), commitment.get_strength_display()),
        fact(_("Kind"), commitment.get_kind_display()),
        fact(_("Scope"), commitment.get_scope_display()),
        fact(_("Due"), due, basis=written(commitment.due_reason), unknown=_("No deadline stated")),
        fact(_("Repeats"), commitment.recurrence) if commitment.recurrence else None,
        fact(_("Condition"), written(commitment.condition)) if commitment.condition else None,
        fact(_("Meeting"), *_origin(meeting)) if meeting and meeting.is_public else None,
        fact(_("Agreement"), *_origin(agreement)) if agreement and agreement.is_public else None,
        fact(_("Working group"), *_origin(group)) if group and group.is_public else None,
        fact(_("Spoken by"), written(commitment.spoken_by.name)) if commitment.spoken_by else None,
        fact(_("One of"), written(commitment.group)) if commitment.group else None,
        fact(_("Closed because"), commitment.get_closure_display()) if commitment.closure else None,
        fact(_("Closed on"), commitment.closed_on_in_words) if commitment.closed_on else None,
        fact(_("Permanent reference"), commitment.reference),
    ]
    return [line for line in facts if line]


def _origin(record):
    return written(getattr(record, "headline", record)), record.get_absolute_url()
