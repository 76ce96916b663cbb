"""How a commitment is put to the person who is asked about it, in the mail and on the answer page alike.

Nothing here may come from a record that is not public: mail leaves the house.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Commitment, CommitmentParty, ProgressUpdate

Side = CommitmentParty.Side


@dataclass(frozen=True)
class Report:
    """The last word of one side, or of an assessor, on a commitment."""

    progress: str
    level: str
    side: str
    as_of: str
    text: str


def for_wording(commitments, now: datetime):
    """Add to a queryset of commitments all that the functions below read."""
    parties = CommitmentParty.objects.select_related("country", "organisation")
    reports = ProgressUpdate.objects.published().exclude(progress="").select_related("side")
    return commitments.select_related(
        "meeting__forum", "meeting__working_group", "agreement", "forum"
    ).prefetch_related(
        Prefetch("parties", parties, to_attr="told_parties"), Prefetch("progress_updates", reports, to_attr="reports")
    )


def occasion(commitment: Commitment, now: datetime) -> tuple[str, str] | None:
    """Return what the commitment was made in, a meeting with its date or else an agreement, after the word for it; None
    if neither is public."""
    meeting, agreement = commitment.meeting, commitment.agreement
    if meeting is not None and meeting.is_public:
        return _("Meeting"), _(", ").join(filter(None, [meeting.headline, meeting.held_in_words]))
    if agreement is not None and agreement.is_public:
        return _("Agreement"), agreement.headline
    return None


def undertaking(commitment: Commitment) -> str:
    """Return who promised whom: “Pakistan to Sri Lanka”, “Pakistan, Sri Lanka to each other”."""
    by, to = (_names(commitment.told_parties, side) for side in (Side.BY, Side.TO))
    if by == to and by:
        return _("%(names)s to each other") % {"names": by}
    if by and to:
        return _("%(by)s to %(to)s") % {"by": by, "to": to}
    return by


def _names(parties: Iterable[CommitmentParty], side):
    return _(", ").join(party.name for party in parties if party.side == side)


def last_reports(commitment: Commitment) -> list[Report]:
    """Return the latest published report of each side; two sides may differ, and both are told."""
    latest = {update.side_id: update for update in commitment.reports}
    return [
        Report(
            update.progress,
            update.get_progress_display(),
            str(update.side or update.assessor),
            update.as_of_in_words,
            update.text,
        )
        for update in latest.values()
    ]


def when(commitment: Commitment, today: date) -> str:
    """Return how late or how soon a commitment with a due date is."""
    return when_due(commitment.due_latest, today)


def when_due(due_on: date, today: date) -> str:
    """Return how late or how soon: “12 days overdue”, “due today”, “due in 7 days”."""
    days = (due_on - today).days
    if days < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        return _("due today")
    return ngettext("due in %(days)s day", "due in %(days)s days", days) % {"days": days}
