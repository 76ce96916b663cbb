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
    """Meetings of a group are meetings of its forum."""
    return Meeting.objects.filter(working_group=group).exclude(forum=group.forum_id)


@follows(Organisation)
def meetings_and_commitments_it_takes_part_in(organisation, names):
    """Its country is involved wherever the organisation, once published, came or promised."""
    if names.isdisjoint({"country", "state"}):
        return ()
    meetings = Meeting.objects.filter(delegations__organisation=organisation).distinct()
    commitments = Commitment.objects.filter(parties__organisation=organisation).distinct()
    return chain(meetings, commitments)


@follows(Agreement)
def commitments_of_the_agreement(agreement, names):
    """They take its forum, and the next session is the first one after its signature."""
    return Commitment.objects.filter(agreement=agreement)


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
    return awaiting.filter(Q(due_session=meeting) | Q(forum__isnull=False, forum=meeting.forum_id))
