"""One line that says honestly where a commitment is: *agreed 2021 · not yet due · no report seen in 5 years*.

It says no more than the record does, and is the same wherever the commitment is named. Commitments come with what it
needs from ``CommitmentQuerySet.with_status(today)``.
"""

from datetime import date

from django.db.models import DateField, OuterRef, Subquery, Value
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from agreements.models import name_column
from tracker.records import edtf

from .assessment import Assessment, Progress
from .schedule import Schedule, schedule_case

DAYS_OF_A_YEAR, DAYS_OF_A_MONTH = 365.25, 30.44


def annotations(updates, today: date) -> dict:
    """What ``status_line`` needs besides the columns: the schedule, the last report, and who speaks in it."""
    latest = updates.filter(commitment=OuterRef("pk"), state="published").order_by("-as_of_latest", "-pk")
    said = latest.exclude(progress="")
    return {
        "schedule": schedule_case(today),
        "read_on": Value(today, DateField()),
        "reports": Subquery(latest.values("pk")[:1]),
        "speaker": Subquery(said.values(f"side__{name_column()}")[:1]),
    }


def status_line(commitment) -> list[str]:
    """Return the parts of the line, in the active language; the first begins with a capital letter."""
    parts = [_promised(commitment), *(_ended(commitment) or _open(commitment))]
    parts = [part for part in parts if part]
    return [capfirst(parts[0]), *parts[1:]] if parts else []


def _promised(commitment):
    """The strength, with the year in which it was promised where that is certain."""
    year = promised_year(commitment)
    strength = commitment.get_strength_display()
    return _("%(strength)s %(year)s") % {"strength": strength, "year": year} if year else str(strength)


def promised_year(commitment) -> int | None:
    """The year of the meeting or the agreement at which it was made; None where that is not certain."""
    earliest, latest = _promised_between(commitment)
    return earliest.year if earliest and latest and earliest.year == latest.year else None


def _promised_between(commitment):
    meeting, agreement = commitment.meeting, commitment.agreement
    if meeting and meeting.is_public:
        return meeting.held_earliest, meeting.held_latest
    if agreement and agreement.is_public:
        return agreement.signed_earliest, agreement.signed_latest
    return None, None


def _ended(commitment):
    """What ended it; empty while it is open."""
    if commitment.closure and commitment.closure != "completed":
        return [_with_date(commitment.get_closure_display(), commitment.closed_on)]
    if commitment.closure or commitment.progress == Progress.COMPLETE:
        return [_said(commitment, _completed(commitment))]
    return []


def _completed(commitment):
    least, most = commitment.days_late_least, commitment.days_late_most
    if least:
        words = _("completed %(period)s late") if _is_one(least, most) else _("completed at least %(period)s late")
        return words % {"period": period_in_words(least)}
    if most == 0:
        return _("completed in time")
    return _with_date(_("completed"), commitment.completed_on)


def _is_one(least, most):
    return period_in_words(least) == period_in_words(most)


def _with_date(words, notation):
    return _("%(what)s, %(date)s") % {"what": words, "date": edtf.in_words(notation)} if notation else str(words)


def _said(commitment, words):
    """With who says so, where that is known; what a side says of its own promise is a claim."""
    if not commitment.speaker:
        return words
    if commitment.assessment == Assessment.CONFIRMED:
        return _("%(what)s, confirmed by %(name)s") % {"what": words, "name": commitment.speaker}
    return _("%(what)s, says %(name)s") % {"what": words, "name": commitment.speaker}


def _open(commitment):
    return [_lateness(commitment), _report(commitment)]


def _lateness(commitment):
    if commitment.schedule == Schedule.NO_DEADLINE:
        return ""
    if commitment.schedule != Schedule.OVERDUE:
        return str(Schedule(commitment.schedule).label)
    period = {"period": period_in_words((commitment.read_on - commitment.due_latest).days)}
    # What was only proposed or wished for binds nobody: its date is over, and nobody is late.
    return _("overdue by %(period)s") % period if commitment.is_firm else _("its date passed %(period)s ago") % period


def _report(commitment):
    """What was last reported; and where nothing was, that the site has seen nothing, which is all that it knows."""
    if commitment.progress != Progress.NO_INFORMATION:
        words = _("progress: %(progress)s") % {"progress": commitment.get_progress_display()}
        return _said(commitment, words)
    return _("a report was seen, which does not say how far it is") if commitment.reports else no_report(commitment)


def no_report(commitment) -> str:
    """That no report was seen, for how long, and on which day an editor last looked."""
    since = _promised_between(commitment)[1]
    years = int((commitment.read_on - since).days / DAYS_OF_A_YEAR) if since else 0
    words = _("no report seen")
    if years:
        words = ngettext("no report seen in %(n)s year", "no report seen in %(n)s years", years) % {"n": years}
    if commitment.last_looked_on:
        day = date_format(commitment.last_looked_on, pgettext("day, month and year", "j F Y"))
        return _("%(words)s (last looked %(day)s)") % {"words": words, "day": day}
    return words


def period_in_words(days: int) -> str:
    """Whole years from two years on, whole months from two months on, else days: never more than passed."""
    if days >= 2 * DAYS_OF_A_YEAR:
        number = int(days / DAYS_OF_A_YEAR)
        return ngettext("%(n)s year", "%(n)s years", number) % {"n": number}
    if days >= 2 * DAYS_OF_A_MONTH:
        number = int(days / DAYS_OF_A_MONTH)
        return ngettext("%(n)s month", "%(n)s months", number) % {"n": number}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
