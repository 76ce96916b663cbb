"""What follows for records of this floor from changes of others (see ``tracker.records.models.change``)."""

from itertools import chain

from tracker.records.models import follows

from .models import Agreement, Forum, Organisation, Theme, WorkingGroup


@follows(Theme)
def themes_below(theme, names):
    """Who looks for a theme also finds what stands under the themes under it."""
    return theme.children.all() if "covered_by" in names else ()


@follows(Organisation)
def records_it_takes_part_in(organisation, names):
    """Its country is involved wherever the organisation, once published, is a party or a member."""
    if names.isdisjoint({"country", "state"}):
        return ()
    agreements = Agreement.objects.filter(parties__organisation=organisation).distinct()
    forums = Forum.objects.filter(memberships__organisation=organisation).distinct()
    groups = WorkingGroup.objects.filter(members__organisation=organisation).distinct()
    return chain(agreements, forums, groups)


@follows(Forum)
def groups_of_the_forum(forum, names):
    """Its countries are those of its groups that have no members of their own."""
    return WorkingGroup.objects.filter(forum=forum)


@follows(Agreement)
def groups_it_founded(agreement, names):
    """Its countries are those of the groups that it founded and that stand alone, without members of their own."""
    return WorkingGroup.objects.filter(founding_agreement=agreement, forum=None)
