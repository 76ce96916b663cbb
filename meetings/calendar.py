"""The days that a meeting or a commitment names: when it is held, and until when it is due."""

from django.utils.translation import gettext as _

from tracker.records import edtf
from tracker.records.languages import compose
from tracker.records.models import with_sources
from tracker.registers.dated import DAY, WEEK, Certainty, DatedEntry, RegisterCalendar, of_a_date

from .models import Commitment, CommitmentCitation, Meeting, MeetingCitation

# Until somebody has reported that it was held, the day is a plan; that of one put off even more so.
CERTAINTY = {
    Meeting.Status.HELD: Certainty.CONFIRMED,
    Meeting.Status.CANCELLED: Certainty.CANCELLED,
}
PLANNED = (Meeting.Status.TENTATIVE, Meeting.Status.CONFIRMED)


def with_day_held(meetings):
    dated = meetings.filter(held_earliest__isnull=False, held_latest__isnull=False)
    cited = dated.select_related("forum", "working_group").prefetch_related(with_sources(MeetingCitation))
    return cited.prefetch_related("countries", "themes")


def days_of_meeting(meeting, today):
    when = of_a_date(meeting, "held", meeting.headline, today, DAY if meeting.status in PLANNED else None)
    if when is not None:
        certainty = CERTAINTY.get(meeting.status, Certainty.TENTATIVE)
        yield DatedEntry(certainty=certainty, place=meeting.place, **when)


def with_day_due(commitments):
    dated = commitments.filter(due_latest__isnull=False)
    return dated.prefetch_related(with_sources(CommitmentCitation), "countries", "themes")


def days_of_commitment(commitment, today):
    """The last day that its due date allows: only after that is it late, however coarse the date."""
    last = commitment.due_latest
    yield DatedEntry(
        name="due",
        first=last,
        last=last,
        summary=_summary(commitment),
        certainty=_certainty(commitment),
        alarm=WEEK if last > today and not commitment.is_closed else None,
    )


def _summary(commitment):
    is_one_day = commitment.due_earliest == commitment.due_latest
    if is_one_day and commitment.due_exactness == edtf.Exactness.EXACT:
        return compose(_("Due: %(title)s"), title=commitment.headline)
    sentence = _("Due at the latest: %(title)s – %(date)s")
    return compose(sentence, title=commitment.headline, date=commitment.due_in_words)


def _certainty(commitment):
    if commitment.closure not in ("", Commitment.Closure.COMPLETED):
        return Certainty.CANCELLED
    is_promised = commitment.is_closed or commitment.is_firm
    return Certainty.CONFIRMED if is_promised else Certainty.TENTATIVE


MEETING_CALENDAR = RegisterCalendar(dated=with_day_held, entries=days_of_meeting)
COMMITMENT_CALENDAR = RegisterCalendar(dated=with_day_due, entries=days_of_commitment)
