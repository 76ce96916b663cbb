"""What became of a commitment, in one word, and when it was last heard of: expressions over commitments, for a day."""

from datetime import date

from django.db import models
from django.db.models import Case, CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .assessment import Assessment, Progress
from .headline import IS_COMPLETED


class Implementation(models.TextChoices):
    """What became of a commitment, as far as anything was reported of it: each has one of these on a day.

    ``REPORTED``: there is a report, but none that it was begun. ``NOT_YET_DUE`` and ``NO_REPORT`` are those of which
    no report was seen: its date is still to come, or not.
    """

    NO_REPORT = "no_report", pgettext_lazy("commitment", "no report seen")
    NOT_YET_DUE = "not_yet_due", _("not yet due, no report seen")
    REPORTED = "reported", _("reported on, no start reported")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", pgettext_lazy("commitment", "done")
    DONE_CLAIMED = "done_claimed", _("done, by its own account")
    ENDED = "ended", _("ended without completion")


# Nothing was reported of these; and these are open: something is still to come of them.
UNREPORTED = (Implementation.NO_REPORT, Implementation.NOT_YET_DUE)
OPEN = (*UNREPORTED, Implementation.REPORTED, Implementation.UNDER_WAY)

LAST_FIRST = (F("as_of_latest").desc(nulls_last=True), "-pk")
IS_CLAIMED = Q(progress=Progress.COMPLETE, assessment=Assessment.CLAIMED)
IS_UNDER_WAY = Q(progress__in=[Progress.STARTED, Progress.LIMITED, Progress.SUBSTANTIAL])


def implementation_case(published: QuerySet, today: date) -> Case:
    """The code of an ``Implementation``; ``published`` are the updates of progress that the public may read."""
    is_reported = ~Q(progress=Progress.NO_INFORMATION) | Exists(published.filter(commitment=OuterRef("pk")))
    return Case(
        When(~Q(closure="") & ~Q(closure="completed"), then=Value(Implementation.ENDED.value)),
        When(IS_COMPLETED & IS_CLAIMED, then=Value(Implementation.DONE_CLAIMED.value)),
        When(IS_COMPLETED, then=Value(Implementation.DONE.value)),
        When(IS_UNDER_WAY, then=Value(Implementation.UNDER_WAY.value)),
        When(is_reported, then=Value(Implementation.REPORTED.value)),
        When(due_latest__gte=today, then=Value(Implementation.NOT_YET_DUE.value)),
        default=Value(Implementation.NO_REPORT.value),
        output_field=CharField(),
    )


def last_word(published: QuerySet) -> dict:
    """What the last report says, and of which day, in the notation of EDTF; empty where there is none."""
    last = published.filter(commitment=OuterRef("pk")).order_by(*LAST_FIRST)
    return {f"heard_{name}": Subquery(last.values(name)[:1]) for name in ("as_of", "text", "answer")}


def heard(published: QuerySet, made: Case, edge: str) -> Case:
    """One bound of the day of the last word: of the last report, or of the promise itself where there is none. Empty
    where no report bears a date: then nobody can tell for how long nothing was heard."""
    reports = published.filter(commitment=OuterRef("pk"))
    last = reports.order_by(*LAST_FIRST).values(f"as_of_{edge}")
    return Case(When(Exists(reports), then=Subquery(last[:1])), default=made, output_field=DateField())
