"""What a meeting produced does not go public before the meeting at a moment that was set; and no group that nothing
founded."""

from django.utils.translation import gettext as _

from agreements.models import Agreement, WorkingGroup
from tracker.records.publication import waiting_rule

from .models import Commitment, Meeting, MeetingAgreement

State = Meeting.State


@waiting_rule
def waits_for_its_meeting(record, together) -> str:
    """Commitments of a meeting, and agreements signed or announced there, wait for its moment; those that have a moment
    of their own wait for any meeting that is not public yet."""
    published = [each.pk for each in together if isinstance(each, Meeting)]
    if isinstance(record, Commitment):
        if record.meeting_id is None or record.meeting_id in published:
            return ""
        meetings = Meeting.objects.filter(commitments=record)
    elif isinstance(record, Agreement):
        links = record.meeting_links.filter(role__in=MeetingAgreement.RESULTS)
        meetings = Meeting.objects.filter(agreement_links__in=links)
    else:
        return ""
    meetings = meetings.filter(state__in=[State.DRAFT, State.IN_REVIEW]).exclude(pk__in=published)
    if record.publish_at is None:
        meetings = meetings.filter(publish_at__isnull=False)
    meeting = meetings.first()
    return _("It waits for %(meeting)s, which is to be published first.") % {"meeting": meeting} if meeting else ""


@waiting_rule
def waits_for_its_origin(record, _together) -> str:
    """A group belongs to a forum or to another group, or something founded it: an agreement, or an outcome of a meeting
    that names it."""
    if not isinstance(record, WorkingGroup) or record.forum_id or record.parent_id or record.founding_agreement_id:
        return ""
    if record.pk and record.founding_outcomes.exists():
        return ""
    return _("Say where it comes from: its forum, its founding agreement, or the outcome of a meeting that names it.")
