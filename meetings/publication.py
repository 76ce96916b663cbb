"""What a meeting produced does not go public before the meeting at a moment that was set."""

from django.utils.translation import gettext as _

from agreements.models import Agreement
from tracker.records.publication import waiting_rule

from .models import Commitment, Meeting

State = Meeting.State


@waiting_rule
def waits_for_its_meeting(record) -> str:
    """Commitments of a meeting, and agreements signed or announced there, wait for its moment; those that have a moment
    of their own wait for any meeting that is not public yet."""
    results = {Commitment: "commitments", Agreement: "agreements"}
    if type(record) not in results:
        return ""
    meetings = Meeting.objects.filter(state__in=[State.DRAFT, State.IN_REVIEW], **{results[type(record)]: record})
    if record.publish_at is None:
        meetings = meetings.filter(publish_at__isnull=False)
    meeting = meetings.first()
    return _("It waits for %(meeting)s, which is to be published first.") % {"meeting": meeting} if meeting else ""
