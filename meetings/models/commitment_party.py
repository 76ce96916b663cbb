"""Who promised what to whom, and the sources of a commitment."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import TWICE, Party, exactly_one_of
from tracker.records.models import Citation

from .commitment import BY, Commitment


class CommitmentParty(Party):
    """Who promised (*by*) or was promised (*to*)."""

    class Side(models.TextChoices):
        BY = BY, _("by")
        TO = "to", _("to")

    owner_name = "commitment"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="parties")
    side = models.CharField(_("side"), max_length=2, choices=Side)
    words = models.CharField(
        _("party in words"),
        max_length=200,
        blank=True,
        help_text=_("As in “Pakistani pharmaceutical companies”."),
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["side", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("country", "organisation", "words"),
                name="commitment_party_is_one",
                violation_error_message=_("A party is a country, an organisation or words, exactly one of them."),
            ),
            models.UniqueConstraint(
                fields=["commitment", "side", "country"],
                condition=Q(country__isnull=False),
                name="commitment_country_once_a_side",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["commitment", "side", "organisation"],
                condition=Q(organisation__isnull=False),
                name="commitment_organisation_once_a_side",
                violation_error_message=TWICE,
            ),
        ]
        indexes = [models.Index(fields=["side", "country", "commitment"], name="commitment_by_country")]

    def __str__(self):
        return self.name


class CommitmentCitation(Citation):
    record = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="citations")
