"""What follows for records of this floor from changes of others (see ``tracker.records.models.change``)."""

from itertools import chain

from tracker.records.models import follows

from .models import Agreement, Forum, Organisation, Theme


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
    return chain(agreements, forums)
