"""Agreements: instruments on paper, with their titles, parties and relations. Events and status are in ``event``."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import EarliestDay, EDTFField, LatestDay
from tracker.records.languages import written
from tracker.records.models import Citation, Publishable, PublishableQuerySet, Referenced, Row

from .country import Country, InvolvingQuerySet
from .forum import Forum
from .names import TWICE, Party, exactly_one_of
from .person import Person
from .theme import Theme


class AgreementQuerySet(InvolvingQuerySet, PublishableQuerySet):
    def get_by_natural_key(self, reference):
        return self.get(reference=reference)

    def with_status(self, day):
        """Annotate ``status`` as of ``day``; ``unknown`` where no event tells."""
        from .event import AgreementStatusPeriod

        periods = AgreementStatusPeriod.objects.filter(agreement=OuterRef("pk")).on(day)
        unknown = models.Value(Agreement.Status.UNKNOWN.value)
        return self.annotate(status=Coalesce(Subquery(periods.values("status")[:1]), unknown))

    def newest_first(self):
        return self.order_by(Coalesce("signed_earliest", "signed_latest").desc(nulls_last=True), "-pk")


class Agreement(Referenced, Publishable):
    """A treaty, agreement, memorandum, declaration … Its status is derived from its events."""

    REFERENCE_PREFIX = "AGR"

    class Type(models.TextChoices):
        TREATY = "treaty", _("treaty")
        AGREEMENT = "agreement", _("agreement")
        FRAMEWORK = "framework", _("framework agreement")
        DIGITAL_ECONOMY = "digital_economy", _("digital economy agreement")
        PARTNERSHIP = "partnership", _("partnership")
        PROTOCOL = "protocol", _("protocol")
        MOU = "mou", _("memorandum of understanding")
        MOC = "moc", _("memorandum of cooperation")
        LETTER = "letter", _("letter of intent")
        DECLARATION = "declaration", _("declaration of intent")
        STATEMENT = "statement", _("joint statement")
        MINUTES = "minutes", _("agreed minutes")
        PLAN = "plan", _("action or work plan")
        NOTES = "notes", _("exchange of notes")
        ENTERPRISE = "enterprise", _("enterprise agreement")
        UNSPECIFIED = "unspecified", _("unspecified document")

    class Binding(models.TextChoices):
        BINDING = "binding", _("binding")
        NON_BINDING = "non_binding", _("non-binding")
        UNSTATED = "unstated", _("unstated")

    class Level(models.TextChoices):
        GOVERNMENT = "government", _("government")
        AGENCY = "agency", _("agency")
        SUBNATIONAL = "subnational", _("sub-national")
        ENTERPRISE = "enterprise", _("enterprise")
        MIXED = "mixed", _("several levels")
        UNSTATED = "unstated", _("unstated")

    class Status(models.TextChoices):
        IN_NEGOTIATION = "in_negotiation", _("in negotiation")
        INITIALLED = "initialled", _("initialled")
        SIGNED = "signed", _("signed")
        IN_FORCE = "in_force", _("in force")
        SUSPENDED = "suspended", _("suspended")
        EXPIRED = "expired", _("expired")
        TERMINATED = "terminated", _("terminated")
        SUPERSEDED = "superseded", _("superseded")
        UNKNOWN = "unknown", _("unknown")

    title = models.CharField(_("title"), max_length=400, blank=True, help_text=_("As on the paper; empty if unknown."))
    description = models.TextField(_("description"), blank=True, help_text=_("What it is about, in our own words."))
    type = models.CharField(_("type"), max_length=20, choices=Type)
    binding = models.CharField(_("binding intent"), max_length=15, choices=Binding, default=Binding.UNSTATED)
    level = models.CharField(_("level"), max_length=15, choices=Level, default=Level.UNSTATED)
    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("forum"),
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="agreements", verbose_name=_("themes"))
    count = models.PositiveSmallIntegerField(
        _("number of documents"),
        default=1,
        help_text=_("A record may stand for “five documents”; sums add this number."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("one of"),
        help_text=_("The record that already counts this document."),
    )
    validity_months = models.PositiveSmallIntegerField(_("valid for, in months"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("notice period, in months"), null=True, blank=True)
    renews_automatically = models.BooleanField(_("renews automatically"), null=True, blank=True)
    countries = models.ManyToManyField(Country, editable=False, related_name="agreements")
    signed = EDTFField(_("signed"), editable=False)
    signed_earliest = EarliestDay(of="signed")
    signed_latest = LatestDay(of="signed")

    objects = AgreementQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["state", "type"], name="agreement_type"),
            models.Index(fields=["state", "binding"], name="agreement_binding"),
            models.Index(fields=["state", "level"], name="agreement_level"),
            models.Index(fields=["state", "forum"], name="agreement_forum"),
            models.Index(fields=["state", "signed_earliest"], name="agreement_signed_from"),
            models.Index(fields=["state", "signed_latest"], name="agreement_signed_until"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(count__gte=1),
                name="agreement_counts_something",
                violation_error_message=_("A record stands for at least one document."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") | ~Q(description=""),
                name="agreement_has_title_or_description",
                violation_error_message=_("Give the title, or describe the document where the title is unknown."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="agreement_not_its_own_parent",
                violation_error_message=_("A document cannot be one of itself."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.headline}"

    @property
    def headline(self):
        """The title, or the first sentence of what we know of the document where the title is unknown."""
        return written(self.title or self.description.split(". ")[0].rstrip("."))

    def get_absolute_url(self):
        return reverse("agreement-detail", args=[self.reference])

    def derive(self):
        """The involved countries, the date of signature, and the periods of each status."""
        from .event import date_of_signature, store_status_periods

        involved = self.parties.exclude(country=None, organisation__country=None)
        names = self.store_derived(
            countries=involved.values_list(Coalesce("country", "organisation__country"), flat=True),
            signed=date_of_signature(self),
        )
        store_status_periods(self)
        return names


class AgreementTitle(Row):
    """A title in another language; several texts may be authentic."""

    owner_name = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="titles")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=400)
    is_authentic = models.BooleanField(_("authentic text"), null=True, blank=True)

    class Meta:
        verbose_name = _("title in another language")
        verbose_name_plural = _("titles in other languages")
        constraints = [models.UniqueConstraint(fields=["agreement", "language"], name="agreement_title_unique")]

    def __str__(self):
        return self.title


class AgreementParty(Party):
    """Who concluded the agreement, by whose hand, and for whom."""

    owner_name = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    words = models.CharField(
        _("party in words"),
        max_length=200,
        blank=True,
        help_text=_("Where a source names no one: “enterprises”."),
    )
    signatory = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
        verbose_name=_("signatory"),
    )
    office = models.CharField(_("office as stated"), max_length=200, blank=True)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("country", "organisation", "words"),
                name="agreement_party_is_one",
                violation_error_message=_("A party is a country, an organisation or words, exactly one of them."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "country"],
                condition=Q(country__isnull=False, signatory__isnull=True),
                name="agreement_country_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                condition=Q(organisation__isnull=False, signatory__isnull=True),
                name="agreement_organisation_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["agreement", "country", "signatory"],
                condition=Q(country__isnull=False, signatory__isnull=False),
                name="agreement_country_signatory_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["agreement", "organisation", "signatory"],
                condition=Q(organisation__isnull=False, signatory__isnull=False),
                name="agreement_organisation_signatory_once",
                violation_error_message=TWICE,
            ),
        ]

    def __str__(self):
        return self.name


class AgreementRelation(Row):
    """How an agreement stands to an older one."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("amends")
        EXTENDS = "extends", _("extends")
        REPLACES = "replaces", _("replaces")
        IMPLEMENTS = "implements", _("implements")
        SUPPORTS = "supports", _("supports")
        CONDITIONAL_ON = "conditional_on", _("is conditional on")

    owner_name = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=15, choices=Kind)
    other = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="related_from", verbose_name=_("other agreement")
    )

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind", "other"], name="agreement_relation_unique"),
            models.CheckConstraint(
                condition=~Q(agreement=F("other")),
                name="agreement_relation_to_another",
                violation_error_message=_("An agreement cannot stand in a relation to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.other}"


class AgreementCitation(Citation):
    record = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="citations")
