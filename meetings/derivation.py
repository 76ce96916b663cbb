"""What follows for meetings and commitments from changes of other records (see ``tracker.records.models.change``)."""

from itertools import chain

from django.db.models import Q

from agreements.models import Agreement, Forum, Organisation, WorkingGroup
from tracker.records.models import follows

from .models import Commitment, Meeting


@follows(Forum)
def meetings_of_the_forum(forum, names):
    """Where few countries are known to have met, the members of the forum at the time are involved."""
    return Meeting.objects.filter(forum=forum)


@follows(WorkingGroup)
def meetings_of_the_group(group, names):
    """Meetings of a group are meetings of its forum, where it has one; its members at the time may be involved."""
    return Meeting.objects.filter(working_group=group)


@follows(Organisation)
def meetings_and_commitments_it_takes_part_in(organisation, names):
    """Its country is involved wherever the organisation, once published, came or promised, or belongs to the group that
    met."""
    if names.isdisjoint({"country", "state"}):
        return ()
    takes_part = Q(delegations__organisation=organisation) | Q(working_group__members__organisation=organisation)
    meetings = Meeting.objects.filter(takes_part).distinct()
    commitments = Commitment.objects.filter(parties__organisation=organisation).distinct()
    return chain(meetings, commitments)


@follows(Agreement)
def commitments_of_the_agreement(agreement, names):
    """They take its forum, and the next session is the first one after its signature."""
    return Commitment.objects.filter(agreement=agreement)


@follows(Agreement)
def commitments_counted_from_the_agreement(agreement, names):
    """Due a period after one of its events."""
    return Commitment.objects.filter(due_event__agreement=agreement)


@follows(Meeting)
def commitments_counted_from_the_meeting(meeting, names):
    """Due a period after it was held."""
    return Commitment.objects.filter(due_meeting=meeting)


@follows(Meeting)
def commitments_of_the_meeting(meeting, names):
    """They take its forum; a party in words stands for the countries that met. Neither, while it is hidden."""
    made_there = Commitment.objects.filter(meeting=meeting)
    is_for_all = not names.isdisjoint({"countries", "state"})
    return made_there if is_for_all else made_there.exclude(forum=meeting.forum_id)


@follows(Meeting)
def commitments_due_by_the_meeting(meeting, names):
    """Due by the next session: those for which it is that session, was it, or may be it now."""
    awaiting = Commitment.objects.filter(due_rule=Commitment.DueRule.NEXT_SESSION)
    may_await = Q(due_session=meeting)
    if meeting.forum_id:
        may_await |= Q(forum=meeting.forum_id)
    elif meeting.working_group_id:
        may_await |= Q(meeting__working_group=meeting.working_group_id)
    return awaiting.filter(may_await)
