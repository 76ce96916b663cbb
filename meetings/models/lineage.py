"""How a commitment stands to earlier ones, how its due date moved, and the figures given for it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import EDTFField, LatestDay
from tracker.records.models import Row, Source

from .commitment import Commitment
from .outcome import Figure


class CommitmentLineage(Row):
    """How a commitment stands to an older one: “promised 3 times since 2016”."""

    class Kind(models.TextChoices):
        REPEATS = "repeats", _("repeats")
        REFINES = "refines", _("refines")
        SUPERSEDES = "supersedes", _("supersedes")

    # As ``AgreementRelation.SENTENCES``.
    SENTENCES = {
        Kind.REPEATS: (_("repeats %(other)s"), _("%(other)s repeats this commitment")),
        Kind.REFINES: (_("refines %(other)s"), _("%(other)s refines this commitment")),
        Kind.SUPERSEDES: (_("supersedes %(other)s"), _("%(other)s supersedes this commitment")),
    }

    owner_name = "commitment"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="lineage")
    kind = models.CharField(_("relation"), max_length=12, choices=Kind)
    earlier = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="later", verbose_name=_("earlier commitment")
    )

    class Meta:
        verbose_name = _("relation to an earlier commitment")
        verbose_name_plural = _("relations to earlier commitments")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "earlier"], name="commitment_lineage_unique"),
            models.CheckConstraint(
                condition=~Q(commitment=F("earlier")),
                name="commitment_lineage_to_another",
                violation_error_message=_("A commitment cannot repeat itself."),
            ),
        ]

    def __str__(self):
        return self.sentence % {"other": self.earlier}

    @property
    def sentence(self):
        return str(self.SENTENCES[self.kind][0])

    @property
    def sentence_from_there(self):
        return str(self.SENTENCES[self.kind][1])


class DueChange(Row):
    """An agreed extension, or another sourced change of the due date. The commitment itself holds the present one."""

    owner_name = "commitment"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="due_changes")
    due_before = EDTFField(_("due before"))
    due_after = EDTFField(_("due now"))
    agreed_on = EDTFField(_("agreed on"))
    agreed_on_latest = LatestDay(of="agreed_on")
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("change of the due date")
        verbose_name_plural = _("changes of the due date")
        ordering = [F("agreed_on_latest").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(due_before=F("due_after")),
                name="due_change_changes_something",
                violation_error_message=_("The two dates are the same."),
            ),
        ]

    def __str__(self):
        return f"{self.due_before_in_words} → {self.due_after_in_words}"

    def clean(self):
        if not self.due_before and not self.due_after:
            raise ValidationError(_("Give the due date before or after the change."))


class CommitmentFigure(Figure):
    owner_name = "commitment"
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="figures")
