"""Pages of meetings and commitments."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.records import typography
from tracker.records.languages import Composed, capfirst, written
from tracker.records.models import is_published, with_claims
from tracker.records.public import public, public_name
from tracker.registers.past.days import day_of
from tracker.registers.prepared import OfRecord, RowsOf
from tracker.registers.record import fact, find, linked, redirects_moved, render_record

from .followups.history import days_asked
from .linked_data import commitment_as_thing, meeting_as_thing
from .models import (
    Assessment,
    Commitment,
    CommitmentFigureClaim,
    CommitmentParty,
    Comparator,
    Delegate,
    DelegateClaim,
    Delegation,
    Meeting,
    MeetingFigureClaim,
    ScheduleChangeClaim,
)
from .models.completion import assessment, side_of
from .models.recurrence import recurrence_in_words
from .registers import COMMITMENTS, COUNTED_FROM, MEETINGS

DAYS_SHOWN = 5
Rule = Commitment.DueRule
# The others only repeat what the due date says, or that there is none.
WORTH_SAYING = (Rule.NEXT_SESSION, Rule.RELATIVE, Rule.CONDITIONAL, Rule.CONTINUOUS)

# What belongs to a meeting, as its page reads it.
CHANGES = RowsOf(
    Meeting.schedule_changes,
    lambda rows: rows.select_related("source", "country").prefetch_related(with_claims(ScheduleChangeClaim)),
)
OUTCOMES = RowsOf(Meeting.outcomes, lambda rows: rows.select_related("source", "working_group", "agreement"))
FIGURES = RowsOf(
    Meeting.figures,
    lambda rows: rows.select_related("source", "said_by", "agreement").prefetch_related(
        with_claims(MeetingFigureClaim)
    ),
)
STATEMENTS = RowsOf(Meeting.statements, lambda rows: rows.with_voices())
SIDES = RowsOf(Meeting.delegations, lambda rows: rows.select_related("country", "organisation__country", "invited_by"))
DELEGATES = OfRecord(
    lambda meetings: (
        Delegate.objects.filter(delegation__meeting__in=meetings)
        .select_related("person")
        .prefetch_related(with_claims(DelegateClaim))
    )
)
AGREEMENT_LINKS = RowsOf(
    Meeting.agreement_links, lambda rows: rows.filter(is_published("agreement__")).select_related("agreement")
)
CITATIONS = RowsOf(Meeting.citations, lambda rows: rows.select_related("source"))
AGENDA = RowsOf(Meeting.agenda)
PROMISES = OfRecord(
    lambda meetings, today: COMMITMENTS.shown(COMMITMENTS.records(today).filter(meeting__in=meetings)).order_by(
        "position", "pk"
    )
)
# The same of a commitment.
UPDATES = RowsOf(
    Commitment.progress_updates,
    lambda rows: rows.filter(is_published()).select_related("source", "side", "answered_by__country"),
)
PARTIES_OF_COMMITMENT = RowsOf(Commitment.parties, lambda rows: rows.select_related("country", "organisation"))
DUE_CHANGES = RowsOf(Commitment.due_changes, lambda rows: rows.select_related("source"))
FIGURES_OF_COMMITMENT = RowsOf(
    Commitment.figures,
    lambda rows: rows.select_related("source", "said_by").prefetch_related(with_claims(CommitmentFigureClaim)),
)
STATEMENTS_ON_COMMITMENT = RowsOf(Commitment.statements, lambda rows: rows.with_voices())
CITATIONS_OF_COMMITMENT = RowsOf(Commitment.citations, lambda rows: rows.select_related("source"))


@require_safe
@redirects_moved
def meeting_detail(request, reference):
    today = day_of(request)
    meeting = find(
        MEETINGS.records(today).select_related(
            "forum",
            "working_group",
            "host",
            "preparatory_for__forum",
            "preparatory_for__working_group",
        ),
        reference=reference,
    )
    changes, outcomes, figures, statements = (rows(meeting) for rows in (CHANGES, OUTCOMES, FIGURES, STATEMENTS))
    delegates = DELEGATES(meeting)
    return render_record(
        request,
        "meetings/meeting_detail.html",
        meeting,
        register=MEETINGS,
        thing=meeting_as_thing(meeting),
        today=today,
        facts=_meeting_facts(meeting),
        citations=CITATIONS(meeting),
        parts=[*delegates, *changes, *outcomes, *figures, *statements],
        changes=changes,
        outcomes=outcomes,
        figures=figures,
        agenda=AGENDA(meeting),
        statements=statements,
        **_attendance(meeting, _with_delegates(SIDES(meeting), delegates)),
        prepared_by=_preparing(meeting, today),
        agreement_links=AGREEMENT_LINKS(meeting),
        headline=meeting.commitments.published().headline(today),
        commitments=PROMISES(meeting, today),
        themes=meeting.themes.all(),
        neighbours=_neighbours(meeting),
    )


def _meeting_facts(meeting):
    day = _("Held") if meeting.status == Meeting.Status.HELD else _("Planned for")
    held = written(meeting.held_reason) or (meeting.get_held_basis_display() if meeting.held_basis != "stated" else "")
    organisers = meeting.organisers.published()
    facts = [
        linked(_("Body"), meeting.body),
        fact(_("Session"), _session(meeting)) if meeting.session_number else None,
        fact(_("Kind"), meeting.get_kind_display()),
        linked(_("Prepares"), public(meeting.preparatory_for)),
        fact(day, meeting.held_in_words, basis=held),
        fact(_("Place"), written(meeting.place), basis=written(meeting.place_note)),
        fact(_("Mode"), meeting.get_mode_display()),
        fact(_("Host"), meeting.host and meeting.host.local_name),
        fact(_("Organised by"), typography.names(map(public_name, organisers))) if organisers else None,
        fact(_("Occasion"), written(meeting.occasion)) if meeting.occasion else None,
        fact(_("Participants"), _participants(meeting)),
        fact(_("Last looked"), meeting.last_looked_in_words) if meeting.last_looked_on else None,
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
        parts.append(Comparator(meeting.participants_comparator).before(meeting.participants))
    if meeting.participants_expected is not None:
        expected = Comparator(meeting.participants_expected_comparator).before(meeting.participants_expected)
        parts.append(_("%(number)s expected") % {"number": expected})
    if meeting.participants_words:
        parts.append(written(meeting.participants_words))
    return typography.statements(parts)


def _with_delegates(delegations, delegates):
    by_delegation = {}
    for delegate in delegates:
        by_delegation.setdefault(delegate.delegation_id, []).append(delegate)
    return [(delegation, by_delegation.get(delegation.pk, [])) for delegation in delegations]


def _preparing(meeting, today):
    """The published meetings that prepared it."""
    records = MEETINGS.records(today).filter(preparatory_for=meeting)
    return records.select_related("forum", "working_group").newest_first()


def _attendance(meeting, delegations):
    """What the page says of who came: the delegations named as present, the others, and the members of the body that
    are involved for want of delegations."""
    came = [each for each in delegations if each[0].attendance == Delegation.Attendance.CAME]
    named = {delegation.from_country for delegation, _delegates in delegations}
    members = [country for country in meeting.countries.order_by("name") if country not in named]
    group = meeting.working_group
    return {
        "delegations": came,
        "absences": [each for each in delegations if each not in came],
        "members_only": members,
        "is_of_group": bool(members) and group is not None and group.members.exists(),
    }


def _neighbours(meeting):
    """The published sessions before and after in the same series; numbered series may have holes."""
    if not meeting.session_number:
        return None, None
    series = Meeting.objects.published().filter(forum=meeting.forum_id, working_group=meeting.working_group_id)
    series = series.select_related("forum", "working_group").order_by("session_number")
    before = series.filter(session_number__lt=meeting.session_number).last()
    return before, series.filter(session_number__gt=meeting.session_number).first()


@require_safe
@redirects_moved
def commitment_detail(request, reference):
    today = day_of(request)
    commitment = find(
        COMMITMENTS.records(today).select_related(
            "forum",
            "meeting__forum",
            "meeting__working_group",
            "agreement",
            "working_group",
            "spoken_by",
            *COUNTED_FROM,
        ),
        reference=reference,
    )
    updates, parties = UPDATES(commitment), PARTIES_OF_COMMITMENT(commitment)
    _tell_on_whose_word(updates, parties)
    changes, figures = DUE_CHANGES(commitment), FIGURES_OF_COMMITMENT(commitment)
    statements = STATEMENTS_ON_COMMITMENT(commitment)
    asked = days_asked(commitment, today)
    others = Commitment.objects.published().with_status(today)
    return render_record(
        request,
        "meetings/commitment_detail.html",
        commitment,
        register=COMMITMENTS,
        thing=commitment_as_thing(commitment, parties),
        today=today,
        facts=_commitment_facts(commitment),
        citations=CITATIONS_OF_COMMITMENT(commitment),
        parts=[*updates, *changes, *figures, *statements],
        sides=_sides(parties),
        updates=updates,
        changes=changes,
        figures=figures,
        statements=statements,
        days_asked=asked[:DAYS_SHOWN],
        earlier_days_asked=len(asked[DAYS_SHOWN:]),
        themes=commitment.themes.all(),
        earlier=commitment.lineage.filter(is_published("earlier__")).prefetch_related(Prefetch("earlier", others)),
        later=commitment.later.filter(is_published("commitment__")).prefetch_related(Prefetch("commitment", others)),
    )


def _sides(parties):
    labels = ((CommitmentParty.Side.BY, _("By")), (CommitmentParty.Side.TO, _("To")))
    return [(label, [party for party in parties if party.side == side]) for side, label in labels]


def _tell_on_whose_word(updates, parties):
    """Set who says it, and whether that is a side that promised, as the derived ``assessment`` does for the last."""
    by = [party for party in parties if party.side == party.Side.BY]
    bodies = [party.country or public(party.organisation) for party in by]
    promised = {getattr(body, "country_id", body.pk) for body in bodies if body} - {None}
    for update in updates:
        country = update.side or (update.answered_by and update.answered_by.country)
        update.said_by = country and country.local_name
        word = assessment(side_of(update), promised) if update.progress else ""
        update.rests_on = Assessment(word).label if word else ""


def _commitment_facts(commitment):
    facts = [
        fact(_("Strength"), commitment.get_strength_display()),
        fact(_("Kind"), commitment.get_kind_display()),
        fact(_("Scope"), commitment.get_scope_display()),
        _due(commitment),
        fact(capfirst(_("rule of the due date")), *_deadline(commitment))
        if commitment.due_rule in WORTH_SAYING
        else None,
        _repeats(commitment.recurrence) if commitment.recurrence else None,
        fact(_("Condition"), written(commitment.condition)) if commitment.condition else None,
        linked(_("Meeting"), public(commitment.meeting)),
        linked(_("Agreement"), public(commitment.agreement)),
        linked(_("Working group"), public(commitment.working_group)),
        linked(_("Spoken by"), commitment.spoken_by),
        fact(_("Part of the set"), written(commitment.group)) if commitment.group else None,
        fact(_("Completed"), commitment.completed_on_in_words) if commitment.completed_on else None,
        fact(_("Days late"), _days_late(commitment)) if commitment.days_late_most is not None else None,
        fact(_("Closed because"), commitment.get_closure_display()) if commitment.closure else None,
        fact(_("Closed on"), commitment.closed_on_in_words) if commitment.closed_on else None,
        fact(_("Last looked"), commitment.last_looked_in_words) if commitment.last_looked_on else None,
        fact(_("Permanent reference"), commitment.reference),
    ]
    return [line for line in facts if line]


def _days_late(commitment):
    least, most = commitment.days_late_least, commitment.days_late_most
    if least == most:
        return typography.grouped(most) if most else _("none: it was in time")
    values = {"least": typography.grouped(least), "most": typography.grouped(most)}
    return _("between %(least)s and %(most)s") % values


def _due(commitment):
    basis = written(commitment.due_reason)
    return fact(_("Due"), commitment.due_in_words, basis=basis, unknown=_("No deadline is recorded"))


def _deadline(commitment):
    """The rule of the due date in words, and where what it counts from is to be found."""
    event = commitment.due_event
    start = public(commitment.due_meeting or (event and event.agreement))
    return capfirst(commitment.rule_in_words), start.get_absolute_url() if start else ""


def _repeats(rule):
    words = recurrence_in_words(rule)
    return fact(_("Repeats"), words) if words else fact(_("Repeats"), _("recurs by a rule of its own"), title=rule)
