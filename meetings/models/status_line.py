"""One line that says honestly where a commitment is: *agreed 2021 · not yet due · no report seen in 5 years*.

It says no more than the record does, and is the same wherever the commitment is named. Commitments come with what it
needs from ``CommitmentQuerySet.with_status(today)``.
"""

from datetime import date
from typing import NamedTuple

from django.db.models import CharField, DateField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import name_column
from tracker.records import edtf
from tracker.records.languages import capfirst, compose, written
from tracker.records.public import public
from tracker.records.remembering import Remembered

from .assessment import Assessment, Progress
from .schedule import Schedule, schedule_case

DAYS_OF_A_YEAR, DAYS_OF_A_MONTH = 365.25, 30.44


def annotations(updates, today: date) -> dict:
    """What ``status_line`` needs besides the columns: the schedule, the last report, and who speaks in it."""
    latest = _published(updates, "pk")
    said = latest.exclude(progress="")
    name = name_column()
    of_a_side = said.filter(side__isnull=False).exclude(side=_last_side(updates))
    return {
        "schedule": schedule_case(today),
        "read_on": Value(today, DateField()),
        "reports": Subquery(latest.values("pk")[:1]),
        "speaker": Subquery(said.values(word=_speaker(name))[:1]),
        "assessor": Subquery(said.values(word=NullIf("assessor", Value("")))[:1]),
        "other_progress": Subquery(of_a_side.values("progress")[:1]),
        "other_as_of": Subquery(of_a_side.values("as_of")[:1]),
        "other_speaker": Subquery(of_a_side.values(f"side__{name}")[:1]),
    }


def _published(updates, path):
    """Published updates of the commitment that ``path`` of the outer query leads to, the last one first."""
    return updates.filter(commitment=OuterRef(path), state="published").order_by(
        F("as_of_latest").desc(nulls_last=True), "-pk"
    )


def _last_side(updates):
    """The side that spoke last; for a query of updates."""
    return Subquery(_published(updates, "commitment").exclude(progress="").values("side")[:1])


def _speaker(name):
    """Whose word an update is: that of the side named, or of the country of the person who answered."""
    return Coalesce(f"side__{name}", f"answered_by__country__{name}", output_field=CharField())


class Clause(NamedTuple):
    """One clause of the line; ``kind`` and ``code`` name its glyph and colour, as in ``components/status.html``."""

    text: str
    kind: str = ""
    code: str = ""


def status_line(commitment) -> list[str]:
    """Return the clauses of the line, in the active language; the first begins with a capital letter."""
    return [part.text for part in status_parts(commitment)]


def status_parts(commitment) -> list[Clause]:
    """Return the clauses with what their glyphs are."""
    first = Clause(capfirst(_promised(commitment)))
    rest = (*(_ended(commitment) or _open(commitment)), _other_word(commitment))
    return [first, *(part for part in rest if part.text)]


def _promised(commitment):
    """The strength, with the year in which it was promised where that is certain."""
    return _promised_in(commitment.get_strength_display(), promised_year(commitment))


@Remembered
def _promised_in(strength, year):
    return _("%(strength)s %(year)s") % {"strength": strength, "year": year} if year else str(strength)


def promised_year(commitment) -> int | None:
    """The year of the meeting or the agreement at which it was made; None where that is not certain."""
    earliest, latest = _promised_between(commitment)
    return earliest.year if earliest and latest and earliest.year == latest.year else None


def _promised_between(commitment):
    if meeting := public(commitment.meeting):
        return meeting.held_earliest, meeting.held_latest
    if agreement := public(commitment.agreement):
        return agreement.signed_or_adopted_earliest, agreement.signed_or_adopted_latest
    return None, None


def _ended(commitment):
    """What ended it; empty while it is open."""
    if commitment.closure and commitment.closure != "completed":
        words = _with_date(commitment.get_closure_display(), commitment.closed_on)
        return [Clause(words, "schedule", Schedule.CLOSED.value)]
    is_said = commitment.progress == Progress.COMPLETE
    if not (is_said or commitment.closure):
        return []
    late = _how_late(commitment)
    words = _("completed") if late else _with_date(_("completed"), commitment.completed_on)
    # Where a closure says so and the last report does not, it is on nobody's word but the site's.
    words = _said(commitment, words) if is_said else words
    return [Clause(words, "progress", Progress.COMPLETE.value), Clause(late)]


def _how_late(commitment):
    """How late it was completed: no source says so, it is reckoned from both dates. Empty where nobody can tell."""
    least, most = commitment.days_late_least, commitment.days_late_most
    if least:
        is_certain = _is_one(least, most)
        words = _("%(period)s late by our reckoning") if is_certain else _("at least %(period)s late by our reckoning")
        return words % {"period": period_in_words(least)}
    return _("in time by our reckoning") if most == 0 else ""


def _is_one(least, most):
    return period_in_words(least) == period_in_words(most)


def _with_date(words, notation):
    return compose(_("%(what)s, %(date)s"), what=words, date=edtf.in_words(notation)) if notation else str(words)


def _said(commitment, words):
    """With who says so, where that is known; what a side says of its own promise is a claim."""
    name = commitment.speaker or (written(commitment.assessor) if commitment.assessor else "")
    if not name:
        return words
    is_confirmed = commitment.assessment == Assessment.CONFIRMED
    sentence = _("%(what)s, confirmed by %(name)s") if is_confirmed else _("%(what)s, says %(name)s")
    return compose(sentence, what=words, name=name)


def _open(commitment):
    return [_lateness(commitment), _report(commitment)]


def _lateness(commitment):
    has_passed = commitment.schedule in (Schedule.OVERDUE, Schedule.PASSED)
    return _late(commitment.schedule, (commitment.read_on - commitment.due_latest).days if has_passed else 0)


@Remembered
def _late(schedule, days):
    if schedule == Schedule.NO_DEADLINE:
        return Clause("")
    if schedule not in (Schedule.OVERDUE, Schedule.PASSED):
        return Clause(str(Schedule(schedule).label), "schedule", schedule)
    period = {"period": period_in_words(days)}
    if schedule == Schedule.OVERDUE:
        return Clause(_("overdue by %(period)s") % period, "schedule", schedule)
    return Clause(_("its date passed %(period)s ago") % period)


def _report(commitment):
    """What was last reported; and where nothing was, that the site has seen nothing, which is all that it knows."""
    if commitment.progress != Progress.NO_INFORMATION:
        words = _("progress: %(progress)s") % {"progress": commitment.get_progress_display()}
        return Clause(_said(commitment, words), "progress", commitment.progress)
    if commitment.reports:
        return Clause(_("a report was seen, which does not say how far it is"), "progress", commitment.progress)
    return Clause(commitment.unless_seen(_no_report(commitment)), "progress", commitment.progress)


def _other_word(commitment):
    """What another side said last, where that is something else than what was said after it."""
    if commitment.other_progress in (None, commitment.progress):
        return Clause("")
    words = {
        "name": commitment.other_speaker,
        "progress": Progress(commitment.other_progress).label,
        "date": edtf.in_words(commitment.other_as_of),
    }
    said = _("%(name)s said, %(date)s: %(progress)s") if words["date"] else _("%(name)s said: %(progress)s")
    return Clause(said % words)


def _no_report(commitment):
    """That no report was seen, and for how long."""
    since = _promised_between(commitment)[1]
    return _no_report_in(int((commitment.read_on - since).days / DAYS_OF_A_YEAR) if since else 0)


@Remembered
def _no_report_in(years):
    words = _("no report seen")
    if years:
        words = ngettext("no report seen in %(n)s year", "no report seen in %(n)s years", years) % {"n": years}
    return words


@Remembered
def period_in_words(days: int) -> str:
    """Whole years from two years on, whole months from two months on, else days: never more than passed."""
    if days >= 2 * DAYS_OF_A_YEAR:
        number = int(days / DAYS_OF_A_YEAR)
        return ngettext("%(n)s year", "%(n)s years", number) % {"n": number}
    if days >= 2 * DAYS_OF_A_MONTH:
        number = int(days / DAYS_OF_A_MONTH)
        return ngettext("%(n)s month", "%(n)s months", number) % {"n": number}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
