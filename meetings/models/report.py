"""What is known of a planned meeting whose day has passed: stated once, for lists, pages, exports and mail."""

from datetime import date

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from tracker.records.languages import compose

PLANNED = ("tentative", "confirmed")


class Report(models.TextChoices):
    """Computed for a day, never stored. That nothing was read of a meeting does not say that it did not take place."""

    NO_REPORT = "no_report", _("no report that it was held")
    LATER_HELD = "later_held", _("no report that it was held, though a later session was")

    def in_words(self, planned_for):
        """In a sentence with the day that it was planned for, in words; empty where none is known."""
        if not planned_for:
            return str(self.label)
        if self == Report.NO_REPORT:
            text = _("announced for %(date)s; no report that it was held")
        else:
            text = _("announced for %(date)s; no report that it was held, though a later session was")
        return compose(str(text), date=planned_for)


def is_overdue(today: date) -> Q:
    """The condition that a meeting is planned still, though the last day that its date allows is over."""
    return Q(status__in=PLANNED, held_latest__lt=today)


def report_case(published: QuerySet, today: date) -> Case:
    """The ``Report`` as of ``today`` as an expression over meetings (its code, or empty).

    Among the ``published`` meetings may be a later session of the same numbered series: of a meeting that was planned
    for no known day, it alone tells that its time has passed.
    """
    later = published.filter(status="held", session_number__gt=OuterRef("session_number"))
    in_forum = later.filter(forum=OuterRef("forum"), working_group=None)
    in_group = later.filter(working_group=OuterRef("working_group"))
    was_later_held = Q(Q(working_group=None) & Exists(in_forum)) | Q(Exists(in_group))
    is_past = is_overdue(today) | Q(status__in=PLANNED, held_latest=None, held_earliest=None)
    return Case(
        When(is_past & was_later_held, then=Value(Report.LATER_HELD.value)),
        When(is_overdue(today), then=Value(Report.NO_REPORT.value)),
        default=Value(""),
        output_field=models.CharField(),
    )
