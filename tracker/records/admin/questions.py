"""What the index of the desk asks of the lists: each question is one choice of a filter of a list, which shows exactly
the records that the index counts. Rooms above declare their own in a ``questions`` of theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Group(TextChoices):
    """Headings of the index, in their order."""

    MINE = "mine", _("For you")
    REVIEW = "review", _("Waits for your review")
    SENT_ON = "sent_on", _("Sent on, with others")
    FAILING = "failing", _("Failing")
    DUE = "due", _("Due")
    EVIDENCE = "evidence", _("Evidence")


@dataclass(frozen=True, kw_only=True)
class Question:
    """``parameter`` and ``value`` are those of the list's filter; without ``models`` (labels) it is asked of every list
    whose filter knows the value. ``nothing`` is how the line of what is zero names it.

    ``since`` is the column, annotation or expression with the day or moment from which each has waited, or, ahead, by
    which it must be done; the earliest is named first. ``with_since`` annotates it, where the filter does not.
    ``records`` narrows the list as the filter does, where to ask that would count what nobody wants to know here.
    ``said`` is the text that names what has no history, ``quote`` what somebody said of it. ``right`` is what somebody
    needs on the kind: to ``view`` it, to ``change`` or to ``publish``; who has the right ``not_with`` is not asked.
    A question ``is_put_anew`` each time where its condition says more than the person and the day; where the answer
    ``rests_on_data``, these two and nothing else, it is remembered as long as the data stay as they are.
    """

    group: Group
    label: Promise
    nothing: Promise
    value: str
    parameter: str = "todo"
    models: tuple[str, ...] = ()
    right: str = "view"
    not_with: str = ""
    since: Any = None
    with_since: Callable[[QuerySet], QuerySet] | None = None
    records: Callable[[QuerySet], QuerySet] | None = None
    said: Any = None
    quote: Any = None
    is_put_anew: bool = False
    rests_on_data: bool = False
    is_late: bool = False
    is_ahead: bool = False


def in_its_state_since(records):
    return records.with_state_since()


OF_RECORDS = (
    Question(
        group=Group.MINE,
        label=_("Returned to you"),
        nothing=_("returned to you"),
        value="returned_to_me",
        since=F("returned_at"),
        quote=F("returned_reason"),
    ),
    Question(
        group=Group.MINE,
        label=_("Your drafts"),
        nothing=_("your drafts"),
        value="my_drafts",
        with_since=in_its_state_since,
        since=F("state_since"),
    ),
    Question(
        group=Group.MINE,
        label=_("Comments to settle"),
        nothing=_("comments to settle"),
        value="commented",
        with_since=in_its_state_since,
        since=F("state_since"),
    ),
    Question(
        group=Group.REVIEW,
        label=_("Records in review"),
        nothing=_("records in review"),
        value="in_review_not_mine",
        rests_on_data=True,
        right="publish",
        with_since=in_its_state_since,
        since=F("state_since"),
    ),
    Question(
        group=Group.REVIEW,
        label=_("Changed in public, read by nobody else"),
        nothing=_("public changes without a second reader"),
        value="unread",
        right="publish",
    ),
    Question(
        group=Group.SENT_ON,
        label=_("Wait for a reviewer"),
        nothing=_("records that wait for a reviewer"),
        value="waits_for_others",
        rests_on_data=True,
        with_since=in_its_state_since,
        since=F("state_since"),
    ),
    Question(
        group=Group.FAILING,
        label=_("To be published by now, and not done"),
        nothing=_("publication due and not done"),
        value="publication_due",
        is_put_anew=True,
        since=F("publish_at"),
        is_late=True,
    ),
    Question(
        group=Group.EVIDENCE,
        label=_("Published without a good source"),
        nothing=_("published records without a good source"),
        value="without_good_source",
        rests_on_data=True,
    ),
    Question(
        group=Group.EVIDENCE,
        label=_("Claims undecided"),
        nothing=_("undecided claims"),
        value="claims_undecided",
        rests_on_data=True,
    ),
)
PROPOSALS: dict[str, Any] = {"models": ("records.proposedchange",), "said": F("title")}
OF_PROPOSALS = (
    Question(
        **PROPOSALS,
        group=Group.MINE,
        label=_("Proposed changes returned to you"),
        nothing=_("proposed changes returned to you"),
        value="returned",
        since=F("decided_at"),
        quote=F("reason"),
    ),
    Question(
        **PROPOSALS,
        group=Group.REVIEW,
        label=_("Proposed changes"),
        nothing=_("proposed changes to decide"),
        value="waiting",
        is_put_anew=True,
        since=F("sent_at"),
        quote=F("why"),
    ),
    Question(
        **PROPOSALS,
        group=Group.SENT_ON,
        label=_("Your proposed changes"),
        nothing=_("your proposed changes"),
        value="mine",
        since=F("sent_at"),
    ),
    Question(
        **PROPOSALS,
        group=Group.FAILING,
        label=_("Proposed changes to be switched by now, and not done"),
        nothing=_("proposed changes due and not switched"),
        value="overdue",
        is_put_anew=True,
        since=F("switch_at"),
        is_late=True,
    ),
)
OF_SOURCES = (
    Question(
        group=Group.EVIDENCE,
        label=_("Sources without a title"),
        nothing=_("sources without a title"),
        models=("records.source",),
        parameter="lacks",
        value="title",
        rests_on_data=True,
    ),
)
