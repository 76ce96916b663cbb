"""What the index of the desk asks of meetings, commitments, answers and those who are asked."""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from tracker.records.admin.questions import Group, Question

from .filters import AwaitingFilter

ANSWERS: dict[str, Any] = {
    "models": ("meetings.progressupdate",),
    "parameter": "work",
    "value": AwaitingFilter.WAITING,
    "rests_on_data": True,
    "said": Concat("commitment__reference", Value(" "), "commitment__title"),
}
MEETINGS: dict[str, Any] = {"models": ("meetings.meeting",), "group": Group.DUE, "rests_on_data": True}
COMMITMENTS: dict[str, Any] = {"models": ("meetings.commitment",)}

OF_MEETINGS = (
    Question(
        **ANSWERS,
        group=Group.REVIEW,
        label=_("Answers to accept"),
        nothing=_("answers to accept"),
        right="publish",
        since=F("created_at"),
        quote=F("text"),
    ),
    Question(
        **ANSWERS,
        group=Group.SENT_ON,
        label=_("Answers that wait for a reviewer"),
        nothing=_("answers that wait for a reviewer"),
        not_with="publish",
        since=F("created_at"),
    ),
    Question(
        **COMMITMENTS,
        group=Group.DUE,
        label=_("Overdue, firm"),
        nothing=_("overdue commitments"),
        value="overdue",
        rests_on_data=True,
        since=F("due_latest"),
        is_late=True,
    ),
    Question(
        **COMMITMENTS,
        group=Group.DUE,
        label=_("Due within 60 days"),
        nothing=_("commitments due within 60 days"),
        value="due_near",
        rests_on_data=True,
        since=F("due_latest"),
        is_ahead=True,
    ),
    Question(
        **MEETINGS,
        label=_("Meetings past, not said to be held"),
        nothing=_("meetings past and not said to be held"),
        value="past_but_not_held",
        since=F("held_latest"),
    ),
    Question(
        **MEETINGS,
        label=_("Meetings held, no outcomes"),
        nothing=_("meetings held without outcomes"),
        value="held_without_results",
        is_put_anew=True,
        since=F("held_latest"),
    ),
)
OF_MAIL_TO_COME = (
    Question(
        **COMMITMENTS,
        group=Group.EVIDENCE,
        label=_("Nobody to ask"),
        nothing=_("commitments with nobody to ask"),
        value="nobody_to_ask",
        is_put_anew=True,
    ),
    Question(
        group=Group.FAILING,
        label=_("Focal points who cannot be reached"),
        nothing=_("focal points who cannot be reached"),
        parameter="unreachable",
        value="yes",
        said=F("person__name"),
    ),
)
