"""Organisations: who acts for a country, or beside it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Citation, FoundBy, Publishable, PublishableQuerySet, Slugged, one_change

from .country import Country
from .names import DatedName


class BodyQuerySet(PublishableQuerySet):
    """Bodies that are known by their slug: organisations, forums, working groups."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Organisation(Slugged, Publishable):
    """A ministry, an agency, a company, an international organisation … under its present name."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {"title": "name", "type": "kind", "place": "seat"}

    FOUND_BY = FoundBy(
        names=("name", "abbreviation", "names__name", "names__abbreviation"), texts=("seat",), choices=("kind",)
    )

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        AGENCY = "agency", _("agency")
        MISSION = "mission", _("diplomatic mission")
        SUBNATIONAL = "subnational", _("sub-national government")
        ENTERPRISE = "enterprise", _("enterprise")
        FOUNDATION = "foundation", _("foundation or fund")
        ACADEMIC = "academic", _("university or research body")
        INTERNATIONAL = "international", _("international organisation")
        UNION_BODY = "union_body", _("body of a union")
        CENTRAL_BANK = "central_bank", _("central bank")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=250)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("country"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    seat = models.CharField(_("seat"), max_length=120, blank=True)
    is_uncertain = models.BooleanField(
        _("identity uncertain"), default=False, help_text=_("The name may be misprinted or mistranslated.")
    )
    note = models.TextField(_("note"), blank=True)
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("succeeded by")
    )

    objects = BodyQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["state", "kind"], name="organisation_kind"),
            models.Index(fields=["state", "name"], name="organisation_name"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="organisation_not_its_own_part",
                violation_error_message=_("An organisation cannot be part of itself."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation-detail", args=[self.slug])

    def save(self, *args, **kwargs):
        """Its country is involved wherever the organisation takes part."""
        with one_change() as change:
            before = type(self).objects.filter(pk=self.pk).values_list("country", flat=True).first()
            super().save(*args, **kwargs)
            if before != self.country_id:
                change.note(self, "country")


class OrganisationName(DatedName):
    body = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")


class OrganisationCitation(Citation):
    record = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="citations")
