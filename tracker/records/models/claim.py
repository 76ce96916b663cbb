"""Citations and claims: what a source supports, and the values it states. Claims may contradict each other; all stand.

Whether a claim agrees with what the record shows is compared (``tracker.records.evidence``), never noted by hand.
"""

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from .change import Row
from .source import Source


class Stated(Row):
    """A place in a source, and what is said there."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    locator = models.CharField(_("place in the source"), max_length=100, blank=True, help_text=_("paragraph 5; page 2"))
    value = models.CharField(
        _("value as stated"),
        max_length=300,
        blank=True,
        help_text=_("What this source says; dates in EDTF notation."),
    )
    note = models.CharField(_("note on it"), max_length=400, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.source} {self.locator}".strip()


class Citation(Stated):
    """A record ← a source, with the place in it. With a field and a value it is a *claim* about the record itself."""

    class Field(models.TextChoices):
        TITLE = "title", _("title or name")
        DATE = "date", _("date")
        PLACE = "place", _("place")
        MODE = "mode", _("mode")
        STATUS = "status", _("status")
        CHAIRS = "chairs", _("heads of delegation")
        PARTICIPANTS = "participants", _("participants")
        PARTIES = "parties", _("parties")
        TYPE = "type", _("type")
        NUMBER = "number", _("number")
        AMOUNT = "amount", _("amount")
        SCOPE = "scope", _("scope")
        DUE = "due", _("due date")
        MEMBERSHIP = "membership", _("membership")

    owner_name = "record"

    field = models.CharField(_("field it states"), max_length=15, choices=Field, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(field="", value="") | (~Q(field="") & ~Q(value="")),
                name="%(class)s_claim_has_field_and_value",
                violation_error_message=_("A claim needs both: the field and the value as stated."),
            ),
            models.UniqueConstraint(
                fields=["record", "source", "locator", "field", "value"],
                name="%(class)s_unique",
                violation_error_message=_("The record already cites this place of this source."),
            ),
        ]


class Claim(Stated):
    """What a source states of one field of a part: an event, a delegate, a stage, a figure …

    One table for each kind of part, as citations are; the part is ``part``. Each has its own ``Field``, whose codes are
    keys of ``CLAIMED`` of the part's model: what the part itself shows there.
    """

    owner_name = "part"
    is_claim = True

    class Meta:
        abstract = True
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(field="") & ~Q(value=""),
                name="%(class)s_has_field_and_value",
                violation_error_message=_("A claim needs both: the field and the value as stated."),
            ),
            models.UniqueConstraint(
                fields=["part", "source", "locator", "field", "value"],
                name="%(class)s_unique",
                violation_error_message=_("This claim of this source is listed already."),
            ),
        ]


def with_claims(claim):
    """What to prefetch so that each part's ``claims`` come with their sources, in one query."""
    return Prefetch("claims", claim.objects.select_related("source"))
