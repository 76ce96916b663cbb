"""Agreements: instruments on paper, with their titles, parties and relations. Events and status are in ``event``."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.records.fields import DurationField, EarliestDay, EDTFField, LatestDay
from tracker.records.languages import language_name, written
from tracker.records.models import Citation, FoundBy, LookedFor, Publishable, PublishableQuerySet, Referenced, Row

from .country import Country, InvolvingQuerySet
from .forum import Forum
from .names import TWICE, Party, countries_of, exactly_one_of
from .person import Person
from .theme import Theme


class AgreementQuerySet(InvolvingQuerySet, PublishableQuerySet):
    def get_by_natural_key(self, reference):
        return self.get(reference=reference)

    def with_status(self, day):
        """Annotate ``status`` as of ``day``; ``unknown`` where no event tells."""
        from .status import AgreementStatusPeriod

        periods = AgreementStatusPeriod.objects.filter(agreement=OuterRef("pk")).on(day)
        unknown = models.Value(Agreement.Status.UNKNOWN.value)
        return self.annotate(status=Coalesce(Subquery(periods.values("status")[:1]), unknown))

    def with_target_by(self, today, within):
        """Those with an open target that is due within a time from ``today`` on; ``target_day`` is its last day."""
        events = self.model.events.rel.related_model.objects
        near = events.filter(is_open=True, on_latest__range=(today, today + within)).order_by("on_latest")
        day = near.filter(agreement=OuterRef("pk")).values("on_latest")[:1]
        return self.filter(pk__in=near.order_by().values("agreement")).annotate(target_day=Subquery(day))

    def newest_first(self):
        dated = Coalesce("signed_or_adopted_earliest", "signed_or_adopted_latest")
        return self.order_by(dated.desc(nulls_last=True), "-pk")


class Agreement(Referenced, LookedFor, Publishable):
    """A treaty, agreement, memorandum, declaration … Its status is derived from its events."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {"title": "title", "date": "signed_or_adopted", "type": "type"}

    FOUND_BY = FoundBy(
        names=("reference", "title", "titles__title"),
        texts=("description", "parties__words", "statements__text"),
        choices=("type",),
    )
    REFERENCE_PREFIX = "AGR"

    class Type(models.TextChoices):
        TREATY = "treaty", _("treaty")
        AGREEMENT = "agreement", pgettext_lazy("type of agreement", "agreement")
        FRAMEWORK = "framework", _("framework agreement")
        DIGITAL_ECONOMY = "digital_economy", _("digital economy agreement")
        PARTNERSHIP = "partnership", _("partnership")
        PROTOCOL = "protocol", _("protocol")
        MOU = "mou", _("memorandum of understanding")
        MOC = "moc", _("memorandum of cooperation")
        LETTER = "letter", _("letter of intent")
        INTENT = "intent", _("declaration of intent")
        DECLARATION = "declaration", _("declaration")
        STRATEGY = "strategy", _("strategy")
        ARRANGEMENT = "arrangement", _("administrative arrangement")
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
        AGREED = "agreed", _("agreed; not known to be signed")
        INITIALLED = "initialled", _("initialled")
        ADOPTED = "adopted", pgettext_lazy("status of an agreement", "adopted")
        SIGNED = "signed", _("signed; not known to be in force")
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
        verbose_name=_("counted within"),
        help_text=_("The record that already counts this document."),
    )
    validity = DurationField(_("valid for"))
    notice = DurationField(_("notice period"))
    covers = EDTFField(_("period it covers"), help_text=_("As of a plan or a strategy: 2017/2030."))
    covers_earliest = EarliestDay(of="covers")
    covers_latest = LatestDay(of="covers")
    caution = models.CharField(
        _("caution"), max_length=400, blank=True, help_text=_("A doubt that readers should see.")
    )
    renews_automatically = models.BooleanField(_("renews automatically"), null=True, blank=True)
    renewal = DurationField(
        _("each time for"), help_text=_("Where it is not renewed for as long as it was valid at first: 5 years.")
    )
    countries = models.ManyToManyField(Country, editable=False, related_name="agreements")
    signed = EDTFField(pgettext_lazy("date", "signed"), editable=False)
    signed_earliest = EarliestDay(of="signed")
    signed_latest = LatestDay(of="signed")
    signed_or_adopted = EDTFField(_("signed or adopted"), editable=False)
    signed_or_adopted_earliest = EarliestDay(of="signed_or_adopted")
    signed_or_adopted_latest = LatestDay(of="signed_or_adopted")
    target_kind = models.CharField(_("next target"), max_length=15, blank=True, editable=False)
    target = EDTFField(_("date of the next target"), editable=False)
    target_earliest = EarliestDay(of="target")
    target_latest = LatestDay(of="target")

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
            models.Index(fields=["state", "signed_or_adopted_earliest"], name="agreement_signed_from"),
            models.Index(fields=["state", "signed_or_adopted_latest"], name="agreement_signed_until"),
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
                violation_error_message=_("A document cannot be counted within itself."),
            ),
            models.CheckConstraint(
                # Where it is not known whether it renews itself, the database would let the second part alone pass.
                condition=Q(renewal="") | Q(renews_automatically=True, renews_automatically__isnull=False),
                name="agreement_renewal_of_what_renews_itself",
                violation_error_message=_("Only what renews automatically is renewed for a period: say that it does."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.headline}"

    @property
    def headline(self):
        """The title, or the first sentence of what we know of the document where the title is unknown."""
        return written(self.title or self.description.partition(". ")[0].rstrip("."))

    @property
    def description_beside_headline(self):
        """The description, without its first sentence where that is the headline."""
        return self.description if self.title else self.description.partition(". ")[2]

    def get_absolute_url(self):
        return reverse("agreement-detail", args=[self.reference])

    def derive(self):
        """The involved countries, the date of signature, the next target, and the periods of each status."""
        from .event import date_of_adoption, date_of_signature
        from .status import store_status_periods
        from .target import store_open_targets

        signed, target = date_of_signature(self), store_open_targets(self)
        names = self.store_derived(
            countries=countries_of(self.parties, self),
            signed=signed,
            signed_or_adopted=signed or date_of_adoption(self),
            target_kind=target.kind if target else "",
            target=target.on if target else "",
        )
        store_status_periods(self)
        return names

    @classmethod
    def write_beside(cls, keys):
        from .status import write_status_periods
        from .target import write_open_targets

        agreements = cls._base_manager.filter(pk__in=keys).prefetch_related("events")
        write_status_periods(agreements)
        write_open_targets(agreements)


class AgreementTitle(Row):
    """A text in another language, with its title where that is known; several may be authentic, and one prevail."""

    owner_name = "agreement"

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="titles")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=400, blank=True, help_text=_("As on the paper; empty if unknown."))
    is_authentic = models.BooleanField(_("authentic text"), null=True, blank=True)
    prevails = models.BooleanField(_("prevails where the texts differ"), default=False)

    class Meta:
        verbose_name = _("text in a language")
        verbose_name_plural = _("texts and titles by language")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "language"], name="agreement_title_unique"),
            models.CheckConstraint(
                condition=~Q(title="") | Q(is_authentic__isnull=False) | Q(prevails=True),
                name="agreement_text_says_something",
                violation_error_message=_("Give the title, or say whether the text is authentic."),
            ),
        ]

    def __str__(self):
        return self.title or self.language

    @property
    def language_in_words(self):
        return language_name(self.language)


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
    joined = EDTFField(_("joined"), help_text=_("Only where it became a party later than the others."))
    joined_earliest = EarliestDay(of="joined")
    joined_latest = LatestDay(of="joined")
    left = EDTFField(_("left"))
    left_earliest = EarliestDay(of="left")
    left_latest = LatestDay(of="left")

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
            models.CheckConstraint(
                condition=Q(left_latest__gte=F("joined_earliest"))
                | Q(left_latest__isnull=True)
                | Q(joined_earliest__isnull=True),
                name="agreement_party_leaves_after_joining",
                violation_error_message=_("The party leaves before it joins."),
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


class AgreementRelation(Row):
    """How an agreement stands to an older one."""

    class Kind(models.TextChoices):
        AMENDS = "amends", _("amends")
        EXTENDS = "extends", _("extends")
        REPLACES = "replaces", _("replaces")
        FOLLOWS = "follows", _("follows on from")
        IMPLEMENTS = "implements", _("implements")
        SUPPORTS = "supports", _("supports")
        CONDITIONAL_ON = "conditional_on", _("is conditional on")
        MAY_OVERLAP = "may_overlap", _("may overlap with")

    # Whole sentences with the other name in them: where verb and name stand differs by language. The first is said on
    # the page of the agreement that has the relation, the second on that of the other.
    SENTENCES = {
        Kind.AMENDS: (_("amends %(other)s"), _("%(other)s amends this agreement")),
        Kind.EXTENDS: (_("extends %(other)s"), _("%(other)s extends this agreement")),
        Kind.REPLACES: (_("replaces %(other)s"), _("%(other)s replaces this agreement")),
        Kind.FOLLOWS: (_("follows on from %(other)s"), _("%(other)s follows on from this agreement")),
        Kind.IMPLEMENTS: (_("implements %(other)s"), _("%(other)s implements this agreement")),
        Kind.SUPPORTS: (_("supports %(other)s"), _("%(other)s supports this agreement")),
        Kind.CONDITIONAL_ON: (_("is conditional on %(other)s"), _("%(other)s is conditional on this agreement")),
        Kind.MAY_OVERLAP: (_("may overlap with %(other)s"), _("%(other)s may overlap with this agreement")),
    }

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
                violation_error_message=_("An agreement cannot be related to itself."),
            ),
        ]

    def __str__(self):
        return self.sentence % {"other": self.other}

    @property
    def sentence(self):
        return str(self.SENTENCES[self.kind][0])

    @property
    def sentence_from_there(self):
        return str(self.SENTENCES[self.kind][1])


class AgreementCitation(Citation):
    record = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="citations")
