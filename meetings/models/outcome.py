"""What else a meeting produced: decisions, establishments, statements; and the figures that were given."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Person, WorkingGroup
from tracker.records import typography
from tracker.records.fields import EarliestDay, EDTFField, LatestDay
from tracker.records.languages import written
from tracker.records.models import Row, Source

from .meeting import Comparator, Meeting


class Outcome(Row):
    """Anything that a meeting produced and that is not a commitment; it may have been expected beforehand only."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("decision")
        ESTABLISHMENT = "establishment", _("establishment")
        SIGNATURE = "signature", _("signature")
        ADOPTION = "adoption", _("adoption")
        EXTENSION = "extension", _("extension")
        STATEMENT = "statement", _("statement")
        INFORMATION = "information", _("information")

    class Realisation(models.TextChoices):
        REALISED = "realised", _("realised")
        EXPECTED = "expected", _("expected")
        NOT_REALISED = "not_realised", _("expected, not realised")

    owner_name = "meeting"
    # What it says stands without them.
    NAMED_BESIDE = frozenset({"working_group", "agreement"})

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    text = models.TextField(_("text"), help_text=_("In our own words."))
    realisation = models.CharField(_("realisation"), max_length=15, choices=Realisation, default=Realisation.REALISED)
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="founding_outcomes",
        verbose_name=_("group it concerns"),
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("agreement it concerns"),
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    locator = models.CharField(_("place in the source"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text[:80]


class Figure(Row):
    """A number as somebody gave it. Never added up across currencies, scenarios or speakers."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {"amount": "amount_in_words", "unit": "unit", "as_of": "as_of", "what": "what"}

    what = models.CharField(_("what it counts"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=4, null=True, blank=True)
    words = models.CharField(
        _("in words"), max_length=60, blank=True, help_text=_("“thousands”, where no number is given.")
    )
    comparator = models.CharField(
        _("comparator"), max_length=10, choices=Comparator, blank=True, default=Comparator.EXACTLY
    )
    unit = models.CharField(_("unit or currency"), max_length=40, help_text=_("villages, jobs, USD, billion USD"))
    previous_amount = models.DecimalField(_("amount before"), max_digits=20, decimal_places=4, null=True, blank=True)
    scenario = models.CharField(_("scenario"), max_length=120, blank=True, help_text=_("planned, actual, if …"))
    as_of = EDTFField(_("as of"))
    as_of_earliest = EarliestDay(of="as_of")
    as_of_latest = LatestDay(of="as_of")
    said_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stated by")
    )
    said_by_words = models.CharField(_("stated by, in words"), max_length=150, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    locator = models.CharField(_("place in the source"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(amount__isnull=False) & Q(words="")) | (Q(amount__isnull=True) & ~Q(words="")),
                name="%(class)s_number_or_words",
                violation_error_message=_("A figure is a number or words, exactly one of them."),
            ),
        ]

    def __str__(self):
        return f"{self.amount_in_words} {self.unit}"

    @property
    def amount_in_words(self):
        """The number without idle decimals and with what the source says before it, or the words."""
        if self.amount is None:
            return written(self.words)
        return Comparator(self.comparator).before(self.amount)

    @property
    def previous_amount_in_words(self):
        return "" if self.previous_amount is None else typography.grouped(self.previous_amount)


class MeetingFigure(Figure):
    owner_name = "meeting"
    NAMED_BESIDE = frozenset({"agreement"})

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="figures")
    # What was said of it at the meeting; the agreement has figures of its own beside.
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meeting_figures",
        verbose_name=_("agreement it is about"),
    )


class AgreementFigure(Figure):
    owner_name = "agreement"
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="figures")

    class Meta(Figure.Meta):
        verbose_name = _("figure of an agreement")
        verbose_name_plural = _("figures of agreements")
