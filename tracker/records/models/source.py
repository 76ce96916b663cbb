"""Documents we can point at, and how a record cites them."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import EarliestDay, EDTFField, LatestDay
from ..languages import Written
from .change import Row, Versioned
from .reference import Slugged


class Basis(models.TextChoices):
    """How a value is known."""

    STATED = "stated", _("stated by the source")
    INFERRED = "inferred", _("inferred from the source")
    OUTSIDE = "outside", _("from another source")


class SourceQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Source(Slugged, Versioned):
    """A document: a communiqué, a page of a ministry, a news report, an editorial."""

    class Evidence(models.TextChoices):
        OFFICIAL = "official", _("official publication")
        STATE_AGENCY = "state_agency", _("state news agency")
        PRESS_RELEASE = "press_release", _("press release")
        NEWS = "news", _("news report")
        OPINION = "opinion", _("opinion piece")
        REFERENCE = "reference", _("reference work")

    title = models.CharField(_("title"), max_length=400, blank=True, help_text=_("As printed; empty if not known."))
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    url = models.URLField(
        _("address"), max_length=1000, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    evidence = models.CharField(_("kind of evidence"), max_length=15, choices=Evidence, default=Evidence.NEWS)
    language = models.CharField(_("language"), max_length=10, default="en")
    published_on = EDTFField(_("date of the document"))
    published_earliest = EarliestDay(of="published_on")
    published_latest = LatestDay(of="published_on")
    note = models.TextField(_("note"), blank=True, help_text=_("How far it can be trusted; shown to the public."))

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]
        indexes = [
            models.Index(fields=["evidence"], name="source_evidence"),
            models.Index(fields=["published_earliest"], name="source_published"),
        ]

    def __str__(self):
        """Told apart from others of the same site where the title is not known."""
        return self.title or f"{self.label} ({self.slug})"

    def get_absolute_url(self):
        return reverse("source-detail", args=[self.slug])

    @property
    def label(self):
        """The title, or the site where the title is not known."""
        return Written(self.title, self.language) if self.title else Written(self.publisher or self.site or self.slug)

    @property
    def site(self):
        """The host of the address without ``www.``; empty where there is no address."""
        host = self.url.split("/")[2] if self.url else ""
        return host.removeprefix("www.")


class Citation(Row):
    """A record ← a source, with the place in it. With a field and a value it is a *claim*: what that source states.

    Claims may contradict each other and all stand; ``is_accepted`` marks those the record follows, ``note`` says why.
    """

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

    source = models.ForeignKey(Source, on_delete=models.PROTECT, verbose_name=_("source"))
    locator = models.CharField(_("place in the source"), max_length=100, blank=True, help_text=_("paragraph 5; page 2"))
    field = models.CharField(_("field it states"), max_length=15, choices=Field, blank=True)
    value = models.CharField(
        _("value as stated"),
        max_length=300,
        blank=True,
        help_text=_("What this source says; dates in EDTF notation."),
    )
    is_accepted = models.BooleanField(_("the record follows it"), default=True)
    note = models.CharField(_("why"), max_length=400, blank=True)

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
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(field=""),
                name="%(class)s_only_claims_are_refused",
                violation_error_message=_("Only a claim (a field and its value) can be left unaccepted."),
            ),
            models.UniqueConstraint(
                fields=["record", "source", "locator", "field", "value"],
                name="%(class)s_unique",
                violation_error_message=_("The record already cites this place of this source."),
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.locator}".strip()


def with_sources(citation):
    """What to prefetch so that each record's ``citations`` come with their sources, in one query."""
    return Prefetch("citations", citation.objects.select_related("source"))
