"""Working groups and the dated stages of their life. A group may be proposed and never come to be."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.languages import compose, written
from tracker.records.models import Citation, FoundBy, Publishable, Row, Slugged, Source
from tracker.records.public import public

from .agreement import Agreement
from .country import Country, InvolvingQuerySet
from .forum import Forum
from .names import TWICE, DatedName, Party, at_most_one_of, countries_of, exactly_one_of
from .organisation import BodyQuerySet, Organisation
from .session_word import SESSION_WORD_COLUMN, SessionWord
from .theme import Theme


class WorkingGroupQuerySet(InvolvingQuerySet, BodyQuerySet):
    """Groups; they involve their own members where these are known, else the countries of what they belong to."""

    def with_bodies(self):
        """With what a group without a name is called after, in the same query."""
        return self.select_related("parent", "forum", "founding_agreement")


class WorkingGroup(Slugged, Publishable):
    """A group under a forum or another group, or one that stands alone, founded by an agreement or at a meeting."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {"title": "name", "status": "stage"}

    FOUND_BY = FoundBy(
        names=("name", "abbreviation", "names__name", "names__abbreviation"),
        texts=("description", "statements__text"),
    )

    class Stage(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        AGREED_IN_PRINCIPLE = "agreed_in_principle", _("agreed in principle")
        ANNOUNCED = "announced", _("announced")
        ESTABLISHED = "established", _("established")
        FIRST_MET = "first_met", _("first met")
        ACTIVE = "active", _("active")
        RENAMED = "renamed", _("renamed")
        DORMANT = "dormant", _("dormant")
        DISSOLVED = "dissolved", _("dissolved")
        NOT_KNOWN = "not_known", _("ended, or not known")

    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="working_groups",
        verbose_name=_("forum"),
        help_text=_("Empty for a group that stands alone, founded by an agreement or at a meeting."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subgroups",
        verbose_name=_("parent group"),
    )
    name = models.CharField(_("name"), max_length=250, blank=True, help_text=_("Empty if no source names it."))
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    session_word = models.CharField(default=SessionWord.MEETING, **SESSION_WORD_COLUMN)
    description = models.TextField(_("description"), blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="working_groups", verbose_name=_("themes"))
    convener = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="convened_groups",
        verbose_name=_("convener"),
    )
    convening_country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="convened_groups",
        verbose_name=_("convening country"),
    )
    founding_agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="founded_groups",
        verbose_name=_("founded by agreement"),
    )
    successors = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="predecessors", verbose_name=_("succeeded by")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, blank=True, editable=False)
    countries = models.ManyToManyField(Country, editable=False, related_name="working_groups")

    objects = WorkingGroupQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["state", "forum"], name="working_group_forum"),
            models.Index(fields=["state", "stage"], name="working_group_stage"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(parent=F("id")),
                name="working_group_not_its_own_parent",
                violation_error_message=_("A group cannot be its own parent."),
            ),
            models.CheckConstraint(
                condition=~models.Q(name="") | ~models.Q(description=""),
                name="working_group_has_name_or_description",
                violation_error_message=_("Give the name, or describe the group where no source names it."),
            ),
            models.CheckConstraint(
                condition=at_most_one_of("convener", "convening_country"),
                name="working_group_one_convener",
                violation_error_message=_("The convener is an organisation or a country, not both."),
            ),
        ]

    def __str__(self):
        return self.headline

    @property
    def headline(self):
        """The name, or in words whose group it is, where no source names it. Whoever is hidden is not named."""
        return written(self.name) or next(self._names_after_others(), compose(gettext("unnamed group")))

    def _names_after_others(self):
        parent, forum, agreement = map(public, (self.parent, self.forum, self.founding_agreement))
        if parent and parent.name:
            yield compose(gettext("unnamed group under %(group)s"), group=written(parent.name))
        if forum:
            yield compose(gettext("unnamed group of %(forum)s"), forum=written(forum.name))
        if agreement:
            yield compose(gettext("unnamed group founded by %(agreement)s"), agreement=agreement.headline)

    def get_absolute_url(self):
        return reverse("working-group-detail", args=[self.slug])

    def clean(self):
        if self.parent_id and self.parent.forum_id != self.forum_id:
            if self.forum_id is None:
                raise ValidationError({"forum": _("The group above it belongs to a forum: name that forum here too.")})
            raise ValidationError({"parent": _("That group belongs to another forum.")})

    def derive(self):
        """The stage is the last one reached; a renaming leaves the stage before it in place. And the countries."""
        reached = [stage.stage for stage in self.stages.all() if stage.stage != self.Stage.RENAMED]
        return self.store_derived(stage=reached[-1] if reached else "", countries=self._involved())

    def _involved(self):
        """Of its own members, where these are known; else of its forum or founding agreement, once that is public."""
        if self.members.exists():
            return countries_of(self.members, self)
        body = public(self.forum or self.founding_agreement)
        return body.countries.values_list("pk", flat=True) if body else []


class WorkingGroupName(DatedName):
    body = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="names")


class WorkingGroupCitation(Citation):
    record = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="citations")


class WorkingGroupMember(Party):
    """A country or an organisation in a group that has members of its own."""

    owner_name = "group"

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="members")
    is_founding = models.BooleanField(_("founding member"), default=False)
    joined = EDTFField(_("joined"))
    joined_earliest = EarliestDay(of="joined")
    joined_latest = LatestDay(of="joined")
    left = EDTFField(_("left"))
    left_earliest = EarliestDay(of="left")
    left_latest = LatestDay(of="left")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of the group")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("country", "organisation"),
                name="group_member_country_or_organisation",
                violation_error_message=_("A member is a country or an organisation, exactly one of them."),
            ),
            models.CheckConstraint(
                condition=models.Q(left_latest__gte=F("joined_earliest"))
                | models.Q(left_latest__isnull=True)
                | models.Q(joined_earliest__isnull=True),
                name="group_member_leaves_after_joining",
                violation_error_message=_("The membership ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["group", "country", "joined"],
                condition=models.Q(country__isnull=False),
                name="group_member_country_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["group", "organisation", "joined"],
                condition=models.Q(organisation__isnull=False),
                name="group_member_organisation_once",
                violation_error_message=TWICE,
            ),
        ]


class WorkingGroupStageQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug, stage):
        return self.get(group__slug=slug, stage=stage)


class WorkingGroupStage(Row):
    """A step in the life of a group, as a source dates it."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {"date": "on", "stage": "stage"}

    owner_name = "group"

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(_("stage"), max_length=20, choices=WorkingGroup.Stage)
    on = EDTFField(_("date"))
    on_earliest = EarliestDay(of="on")
    on_latest = LatestDay(of="on")
    on_words = StatedWords(of="on")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    locator = models.CharField(_("place in the source"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    objects = WorkingGroupStageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = [F("on_latest").asc(nulls_first=True), "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "stage", "on"], name="working_group_stage_unique")]

    def __str__(self):
        return f"{self.get_stage_display()} {self.on_in_words}".strip()
