"""The sentence at the top: of what was firmly promised, how much is known to be done, and of how much nothing is known.

Each firm commitment is counted in one state. Numbers stay numbers: a session promises too little for percentages.
"""

from collections.abc import Mapping

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tracker.records import typography

from ..models import Assessment, Meeting, Progress
from ..models.headline import IS_COMPLETED
from ..models.schedule import IS_CLOSED

UNDER_WAY = (Progress.STARTED, Progress.LIMITED, Progress.SUBSTANTIAL)
_IS_OPEN = ~IS_CLOSED
_IS_UNTOLD = _IS_OPEN & Q(progress=Progress.NO_INFORMATION)
# The state of each commitment is one of these.
STATES = ("done", "ended", "under_way", "not_started", "untold", "silent")


def _states(has_update):
    """The condition of each; ``has_update``, that some report of the commitment is published."""
    return {
        "done": IS_COMPLETED,
        "ended": IS_CLOSED & ~IS_COMPLETED,
        "under_way": _IS_OPEN & Q(progress__in=UNDER_WAY),
        "not_started": _IS_OPEN & Q(progress=Progress.NOT_STARTED),
        "untold": _IS_UNTOLD & Q(has_update),
        "silent": _IS_UNTOLD & ~Q(has_update),
    }


FURTHER = {
    "all": Q(),
    "claimed": IS_COMPLETED & Q(progress=Progress.COMPLETE, assessment=Assessment.CLAIMED),
    "overdue": Q(schedule="overdue"),
    "dated": Q(due_latest__isnull=False),
}


def counts(has_update):
    """``{name: expression}`` over the commitments of one standing."""
    conditions = FURTHER | _states(has_update)
    return {f"counted_{name}": Count("pk", filter=each) for name, each in conditions.items()}


def counted(promises) -> dict[str, int]:
    """The numbers, from any commitment of this standing; all 0 where there is none."""
    first = next(iter(promises), None)
    return {name: getattr(first, f"counted_{name}", 0) for name in (*FURTHER, *STATES)}


def of_firm(number: Mapping[str, int]) -> str:
    """“Of 6 firm commitments 1 is done, on 5 we have seen no report.”"""
    if not number["all"]:
        return _("No firm commitment is recorded.")
    if number["all"] == 1:
        (state,) = (name for name in STATES if number[name])
        return _of_one(state, claimed=bool(number["claimed"]))
    if number["silent"] == number["all"]:
        words = _("On none of the %(number)s firm commitments have we seen a report.")
        return words % {"number": typography.grouped(number["all"])}
    states = typography.clauses(_of_many(name, number) for name in STATES if number[name])
    return _("Of %(number)s firm commitments %(states)s.") % {
        "number": typography.grouped(number["all"]),
        "states": states,
    }


def _of_many(state, number):
    words = _clause(state, number[state]) % {"n": typography.grouped(number[state])}
    if state != "done" or not number["claimed"]:
        return words
    claimed = _("%(n)s claimed by a side that promised") % {"n": typography.grouped(number["claimed"])}
    return _("%(states)s (%(further)s)") % {"states": words, "further": claimed}


def _clause(state, n):
    return {
        "done": ngettext("%(n)s is done", "%(n)s are done", n),
        "ended": ngettext("%(n)s was closed without completion", "%(n)s were closed without completion", n),
        "under_way": ngettext("%(n)s is under way", "%(n)s are under way", n),
        "not_started": ngettext("%(n)s is not started", "%(n)s are not started", n),
        "untold": ngettext(
            "%(n)s has a report that does not say how far it is",
            "%(n)s have reports that do not say how far they are",
            n,
        ),
        "silent": ngettext("on %(n)s we have seen no report", "on %(n)s we have seen no report", n),
    }[state]


def _of_one(state, claimed):
    if state == "done" and claimed:
        return _("The only firm commitment is done, as a side that promised it claims.")
    return {
        "done": _("The only firm commitment is done."),
        "ended": _("The only firm commitment was closed without completion."),
        "under_way": _("The only firm commitment is under way."),
        "not_started": _("The only firm commitment is not started."),
        "untold": _("On the only firm commitment there is a report that does not say how far it is."),
        "silent": _("On the only firm commitment we have seen no report."),
    }[state]


def of_dates(number: Mapping[str, int]) -> str:
    """How many are overdue; where no day by which one is due is known, that none can be."""
    if number["overdue"]:
        words = ngettext("%(n)s is overdue.", "%(n)s are overdue.", number["overdue"])
        return words % {"n": typography.grouped(number["overdue"])}
    if number["all"] and not number["dated"]:
        return _("No due date is known, so nothing is overdue.")
    return ""


def of_soft(number: int) -> str:
    """How many proposals and statements there are; empty where there is none."""
    if not number:
        return ""
    words = ngettext("%(n)s proposal or statement is recorded.", "%(n)s proposals and statements are recorded.", number)
    return words % {"n": typography.grouped(number)}


def report_title(meeting: Meeting) -> str:
    """What the paper is called; a session is a meeting of a numbered series."""
    if meeting.session_number is not None:
        return pgettext("what came of it", "Report of the session")
    return pgettext("what came of it", "Report of the meeting")
