"""By which values the index counts what a headline says of commitments."""

from meetings.models import Commitment, Headline

from .subset import Subset

OF_THE_HEADLINE = {
    "firm": {"standing": "firm"},
    "soft": {"standing": "soft"},
    "overdue": {"schedule": "overdue"},
    "soft_past": {"schedule": "passed"},
    "completed": {"standing": "firm", "completed": "yes"},
    "claimed": {"standing": "firm", "completed": "yes", "progress": "complete", "assessment": "claimed"},
    "confirmed": {"standing": "firm", "completed": "yes", "progress": "complete", "assessment": "confirmed"},
}


def headline_of(commitments: Subset) -> Headline:
    """The numbers of the commitments that involve some countries."""
    if not commitments.index:
        return commitments.among(Commitment.objects.published()).headline(commitments.today)
    return Headline(**{name: commitments.number(**values) for name, values in OF_THE_HEADLINE.items()})
