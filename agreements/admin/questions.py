"""What the index of the desk asks of agreements."""

from django.utils.translation import gettext_lazy as _

from tracker.records.admin.questions import Group, Question

OF_AGREEMENTS = (
    Question(
        group=Group.DUE,
        label=_("Targets of agreements near"),
        nothing=_("targets of agreements near"),
        models=("agreements.agreement",),
        value="target_near",
        rests_on_data=True,
        since="target_day",
        is_ahead=True,
    ),
    Question(
        group=Group.DUE,
        label=_("Notice periods near"),
        nothing=_("notice periods near"),
        models=("agreements.agreement",),
        value="notice_period_ends",
        rests_on_data=True,
        is_put_anew=True,
    ),
)
