"""Forums, where sides meet again and again, with their members and presidencies."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.records.fields import EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.models import Citation, FoundBy, Publishable, Row, Slugged, Source

from .country import Country, InvolvingQuerySet
from .names import TWICE, DatedName, Party, exactly_one_of
from .organisation import BodyQuerySet, Organisation
from .session_word import SESSION_WORD_COLUMN, SessionWord


class ForumQuerySet(InvolvingQuerySet, BodyQuerySet):
    """Forums; they involve the countries that belong to them, now or once."""


class Forum(Slugged, Publishable):
    """A joint commission, a committee, a council, an organisation, a conference series."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {"title": "name", "type": "kind"}

    FOUND_BY = FoundBy(
        names=("name", "abbreviation", "names__name", "names__abbreviation"),
        texts=("description", "statements__text"),
        choices=("kind",),
    )

    class Kind(models.TextChoices):
        JEC = "jec", _("joint economic commission")
        JCC = "jcc", _("joint cooperation committee")
        JMC = "jmc", _("joint ministerial commission")
        IGC = "igc", _("intergovernmental commission")
        JOINT_COMMISSION = "joint_commission", _("joint commission")
        COUNCIL = "council", _("council")
        CONSULTATIONS = "consultations", _("consultations or dialogue")
        JOINT_GROUP = "joint_group", _("standing joint working group")
        ORGANISATION = "organisation", _("international organisation")
        CONFERENCE = "conference", _("conference series")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=250)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    session_word = models.CharField(default=SessionWord.SESSION, **SESSION_WORD_COLUMN)
    description = models.TextField(_("description"), blank=True)
    organisation = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forum",
        verbose_name=_("organisation"),
        help_text=_("Where the forum is itself an organisation, as the DCO is."),
    )
    lead_organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="led_forums", verbose_name=_("lead organisations")
    )
    secretariat = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="secretariat_of",
        verbose_name=_("secretariat"),
    )
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("succeeded by")
    )
    countries = models.ManyToManyField(Country, editable=False, related_name="forums")

    objects = ForumQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["state", "kind"], name="forum_kind"),
            models.Index(fields=["state", "name"], name="forum_name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("forum-detail", args=[self.slug])

    def derive(self):
        """The countries that belong; those invited or observing do not."""
        belonging = self.memberships.filter(role__in=Membership.BELONGING, country__isnull=False)
        return self.store_derived(countries=belonging.values_list("country", flat=True))


class ForumName(DatedName):
    body = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="names")


class ForumCitation(Citation):
    record = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="citations")


class MembershipQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug, country):
        return self.get(forum__slug=slug, country__code=country)


class Membership(Party):
    """A country or organisation in a forum. Being invited is not belonging."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        FOUNDING = "founding", _("founding member")
        OBSERVER = "observer", _("observer")
        INVITED = "invited", pgettext_lazy("member", "invited")

    # What it shows of the fields of which sources state something.
    CLAIMED = {"joined": "joined", "left": "left", "role": "role", "ordinal": "ordinal"}

    BELONGING = (Role.MEMBER, Role.FOUNDING)
    owner_name = "forum"

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    joined = EDTFField(_("joined"))
    joined_earliest = EarliestDay(of="joined")
    joined_latest = LatestDay(of="joined")
    joined_words = StatedWords(of="joined")
    left = EDTFField(_("left"))
    left_earliest = EarliestDay(of="left")
    left_latest = LatestDay(of="left")
    left_words = StatedWords(of="left")
    ordinal = models.PositiveSmallIntegerField(_("order of joining"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    note = models.CharField(_("note"), max_length=400, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = [F("joined_latest").asc(nulls_last=True), "ordinal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("country", "organisation"),
                name="membership_country_or_organisation",
                violation_error_message=_("A member is a country or an organisation, exactly one of them."),
            ),
            models.CheckConstraint(
                condition=Q(left_latest__gte=F("joined_earliest"))
                | Q(left_latest__isnull=True)
                | Q(joined_earliest__isnull=True),
                name="membership_ends_after_start",
                violation_error_message=_("The membership ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["forum", "country", "role", "joined"],
                condition=Q(country__isnull=False),
                name="membership_country_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["forum", "organisation", "role", "joined"],
                condition=Q(organisation__isnull=False),
                name="membership_organisation_once",
                violation_error_message=TWICE,
            ),
        ]
        indexes = [models.Index(fields=["country", "role", "forum"], name="membership_of_country")]

    def __str__(self):
        return f"{super().__str__()} – {self.get_role_display()}"

    @property
    def belongs(self):
        return self.role in self.BELONGING


class Presidency(Row):
    """Who presides over a forum in a term."""

    owner_name = "forum"

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="presidencies")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="presidencies")
    term = EDTFField(_("term"), blank=False, help_text=_("The year, as in 2026, or an interval."))
    term_earliest = EarliestDay(of="term")
    term_latest = LatestDay(of="term")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("presidency")
        verbose_name_plural = _("presidencies")
        # By their end: of a term “until 31 January 2024” the start is not known, and it still comes before 2024.
        ordering = [Coalesce("term_latest", "term_earliest")]
        constraints = [models.UniqueConstraint(fields=["forum", "country", "term"], name="presidency_unique")]

    def __str__(self):
        return f"{self.country} {self.term}"

    def is_on(self, day):
        """Whether the term has begun and not ended; where a bound is not known, nobody can tell."""
        return bool(self.term_earliest and self.term_latest) and self.term_earliest <= day <= self.term_latest
