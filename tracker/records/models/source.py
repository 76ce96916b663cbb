"""Documents we can point at, and how a record cites them."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Prefetch, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import EarliestDay, EDTFField, LatestDay
from ..languages import Written
from ..public import named_in_public
from .reference import Slugged
from .search_entry import FoundBy
from .shared import SHARED_PERMISSIONS, Shared


class Basis(models.TextChoices):
    """How a value is known."""

    STATED = "stated", _("stated by the source")
    INFERRED = "inferred", _("inferred from the source")
    OUTSIDE = "outside", _("from another source")


class SourceQuerySet(models.QuerySet):
    def named_in_public(self):
        """Sources that a published record, or a row of one, cites."""
        return self.filter(named_in_public(self.model))

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Source(Slugged, Shared):
    """A document: a communiqué, a page of a ministry, a news report, an editorial."""

    FOUND_BY = FoundBy(names=("title",), texts=("publisher", "author", "url", "note"), choices=("evidence",))

    class Evidence(models.TextChoices):
        OFFICIAL = "official", _("official publication")
        STATE_AGENCY = "state_agency", _("state news agency")
        PRESS_RELEASE = "press_release", _("press release")
        NEWS = "news", _("news report")
        OPINION = "opinion", _("opinion piece")
        REFERENCE = "reference", _("reference work")
        UNSTATED = "unstated", _("kind not stated")

    title = models.CharField(_("title"), max_length=400, blank=True, help_text=_("As printed; empty if not known."))
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    url = models.URLField(
        _("address"), max_length=1000, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    archive_url = models.URLField(
        _("address in an archive"),
        max_length=1000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Where a web archive keeps a copy; empty if none is known."),
    )
    evidence = models.CharField(_("kind of evidence"), max_length=15, choices=Evidence, default=Evidence.NEWS)
    language = models.CharField(_("language"), max_length=10, default="en")
    published_on = EDTFField(_("date of the document"))
    published_earliest = EarliestDay(of="published_on")
    published_latest = LatestDay(of="published_on")
    note = models.TextField(_("note"), blank=True, help_text=_("How far it can be trusted; shown to the public."))

    objects = SourceQuerySet.as_manager()

    class Meta:
        default_permissions = SHARED_PERMISSIONS
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]
        indexes = [
            models.Index(fields=["evidence"], name="source_evidence"),
            models.Index(fields=["published_earliest"], name="source_published"),
        ]
        constraints = [
            # Neither shows that there is such a document at all.
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(url=""),
                name="source_has_title_or_address",
                violation_error_message=_("A source needs a title or an address."),
            ),
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


def cite(records):
    """Give each of the records, of whatever kinds, ``cited``: its citations with their sources. In two queries."""
    records = {(type(record), record.pk): record for record in records}
    kinds = list(dict.fromkeys(kind for kind, _key in records))
    queries = [_citations(place, kind, [key for of, key in records if of is kind]) for place, kind in enumerate(kinds)]
    rows = sorted(queries[0].union(*queries[1:], all=True)) if queries else []
    sources = Source.objects.in_bulk({source for *_others, source, _locator in rows})
    for record in records.values():
        record.cited = []
    for place, key, owner, source, locator in rows:
        record = records[kinds[place], owner]
        citation = kinds[place].citations.rel.related_model
        record.cited.append(citation(pk=key, record=record, source=sources[source], locator=locator))


def _citations(place, kind, keys):
    citations = kind.citations.rel.related_model.objects.filter(record__in=keys).order_by()
    return citations.values_list(Value(place), "pk", "record", "source", "locator")


def with_sources(citation):
    """What to prefetch so that each record's ``citations`` come with their sources, in one query."""
    return Prefetch("citations", citation.objects.select_related("source"))
