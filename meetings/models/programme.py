"""What was to happen at a meeting, and when: its agenda, and the dates that were once announced for it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.models import Country
from tracker.records.fields import EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.models import Row, Source

from .meeting import Meeting


class AgendaItem(Row):
    """A point of the agenda."""

    owner_name = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_unique")]

    def __str__(self):
        return f"{self.number}. {self.title}"


class ScheduleChange(Row):
    """A date that was once announced for a meeting. Kept, however often it moved."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ANNOUNCED = "announced", _("announced")
        AGREED = "agreed", pgettext_lazy("date of a meeting", "agreed")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    # What it shows of the fields of which sources state something.
    CLAIMED = {"date": "planned_for", "reported": "reported_on", "kind": "kind"}

    owner_name = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="schedule_changes")
    kind = models.CharField(_("what"), max_length=10, choices=Kind, default=Kind.ANNOUNCED)
    planned_for = EDTFField(_("for the date"))
    planned_for_earliest = EarliestDay(of="planned_for")
    planned_for_latest = LatestDay(of="planned_for")
    planned_for_words = StatedWords(of="planned_for")
    reported_on = EDTFField(_("reported"))
    reported_on_earliest = EarliestDay(of="reported_on")
    reported_on_latest = LatestDay(of="reported_on")
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("at the request of"),
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("change of date")
        verbose_name_plural = _("changes of date")
        # An undated report came at the latest before the date it announces.
        ordering = [Coalesce("reported_on_latest", "planned_for_latest").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(planned_for="") | Q(kind__in=["postponed", "cancelled"]),
                name="schedule_change_has_a_date",
                violation_error_message=_("Give the date that was announced, unless the meeting was put off."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.planned_for_in_words}".strip()
