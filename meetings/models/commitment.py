"""Commitments: what named parties said they would do, by when, and how that changed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    AgreementEvent,
    Country,
    Forum,
    InvolvingQuerySet,
    Person,
    Theme,
    WorkingGroup,
    at_most_one_of,
    countries_of,
)
from tracker.records import edtf
from tracker.records.fields import DurationField, EarliestDay, EDTFField, LatestDay
from tracker.records.languages import written
from tracker.records.models import (
    Basis,
    FoundBy,
    LookedFor,
    Publishable,
    PublishableQuerySet,
    Referenced,
    is_published,
    one_change,
)

from .assessment import Assessment, Progress
from .completion import assessment, completed_on, days_late, side_of
from .counted import counted_day_unknown_again, followed_due, rule_in_words
from .due import day_unknown_again, validate_recurrence
from .headline import headline
from .implementation import last_word
from .meeting import Meeting
from .questions import answers
from .schedule import FIRM, IS_CLOSED, Schedule, falls_into, schedule_case, schedule_of
from .status_line import annotations, status_line, status_parts

FEW_COUNTRIES = 3
BY = "by"


class CommitmentQuerySet(InvolvingQuerySet, PublishableQuerySet):
    def get_by_natural_key(self, reference):
        return self.get(reference=reference)

    def undertaken_by(self, countries):
        """Commitments that one of these countries, or a published organisation of it, undertook."""
        rows = Commitment.parties.rel.related_model.objects.filter(
            Q(country__in=countries) | Q(is_published("organisation__"), organisation__country__in=countries), side=BY
        )
        return self.filter(pk__in=rows.values("commitment"))

    def firm(self):
        """Promised, not only proposed, wished for or talked about."""
        return self.filter(strength__in=Commitment.FIRM)

    def soft(self):
        return self.exclude(strength__in=Commitment.FIRM)

    def headline(self, today):
        """Return their numbers as a ``Headline``."""
        return headline(self, Q(strength__in=Commitment.FIRM), today)

    def open(self):
        return self.exclude(IS_CLOSED)

    def overdue(self, today):
        return self.open().filter(falls_into(Schedule.OVERDUE, today))

    def with_schedule(self, today):
        """Annotate ``schedule`` as of ``today`` (one of ``Schedule``)."""
        return self.annotate(schedule=schedule_case(today))

    def with_answers(self, today):
        """Annotate what filters and facets ask of a commitment and no column says (see ``questions``)."""
        lineage = Commitment.lineage.rel.related_model.objects
        updates = Commitment.progress_updates.rel.related_model.objects
        return self.annotate(**answers(Commitment, lineage, updates, today))

    def with_last_word(self):
        """Annotate what the last published report says (see ``implementation.last_word``)."""
        updates = Commitment.progress_updates.rel.related_model.objects
        return self.annotate(**last_word(updates.filter(state="published")))

    def with_status(self, today):
        """Annotate what ``status_line`` needs, the ``schedule`` among it; its meeting and agreement are needed too."""
        updates = Commitment.progress_updates.rel.related_model.objects
        return self.select_related("meeting", "agreement").annotate(**annotations(updates, today))

    def soonest_first(self):
        """By due date; commitments without one come last."""
        return self.order_by(Coalesce("due_earliest", "due_latest").asc(nulls_last=True), "pk")


class Commitment(Referenced, LookedFor, Publishable):
    """One thing that named parties said they would do."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {"title": "title", "due": "due"}

    FOUND_BY = FoundBy(
        names=("reference", "title"),
        texts=("text", "wording", "parties__words", "statements__text"),
        choices=("kind",),
        languages={"wording": ""},
    )
    REFERENCE_PREFIX = "COM"

    class Kind(models.TextChoices):
        ESTABLISH = "establish", _("establish a body")
        SIGN = "sign", _("sign an instrument")
        EXCHANGE = "exchange", _("exchange information")
        TRAIN = "train", _("train")
        PILOT = "pilot", _("pilot")
        ALIGN = "align", _("align rules")
        MEET = "meet", _("hold a meeting")
        INVEST = "invest", _("invest")
        BUILD = "build", _("build")
        COOPERATE = "cooperate", _("cooperate")
        OTHER = "other", _("other")

    class Strength(models.TextChoices):
        AGREED = "agreed", pgettext_lazy("strength", "agreed")
        AGREED_IN_PRINCIPLE = "agreed_in_principle", _("agreed in principle")
        COMMITTED = "committed", _("committed by one side")
        ANNOUNCED = "announced", _("announced")
        PROPOSED = "proposed", _("proposed")
        OFFERED = "offered", _("offered")
        EXPECTED = "expected", _("expected")
        INVITED = "invited", pgettext_lazy("strength", "invited")
        TO_EXPLORE = "to_explore", _("to explore")
        DISCUSSED = "discussed", _("discussed")
        INTENTION = "intention", _("intention")

    class Standing(models.TextChoices):
        """Whether it was promised, or proposed and wished for only."""

        FIRM = "firm", _("firm")
        SOFT = "soft", _("soft")

    FIRM = tuple(map(Strength, FIRM))

    class Scope(models.TextChoices):
        BILATERAL = "bilateral", _("between the parties")
        DOMESTIC = "domestic", _("domestic")

    class DueRule(models.TextChoices):
        NONE = "none", _("no deadline")
        DATE = "date", _("by a date")
        NEXT_SESSION = "next_session", _("by the next session")
        RELATIVE = "relative", _("counted from an event")
        CONDITIONAL = "conditional", _("once a condition is met")
        CONTINUOUS = "continuous", _("continuous")

    class Closure(models.TextChoices):
        COMPLETED = "completed", _("completed")
        DROPPED = "dropped", _("dropped by agreement")
        SUPERSEDED = "superseded", _("superseded")
        OVERTAKEN = "overtaken", _("overtaken by events")
        FAILED = "failed", _("failed")

    title = models.CharField(_("short title"), max_length=200)
    text = models.TextField(_("text"), blank=True, help_text=_("What was promised, in our own words."))
    wording = models.CharField(_("verbatim wording"), max_length=400, blank=True, help_text=_("Only if short."))
    wording_language = models.CharField(_("language of the wording"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    strength = models.CharField(_("strength"), max_length=20, choices=Strength)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.BILATERAL)
    themes = models.ManyToManyField(Theme, blank=True, related_name="commitments", verbose_name=_("themes"))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("meeting"),
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("agreement"),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("working group in charge"),
    )
    group = models.CharField(
        _("part of the set"), max_length=120, blank=True, help_text=_("As in “three initiatives”.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    spoken_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("spoken by")
    )
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    caution = models.CharField(
        _("caution"), max_length=400, blank=True, help_text=_("A doubt that readers should see.")
    )
    due = EDTFField(_("due"))
    due_earliest = EarliestDay(of="due")
    due_latest = LatestDay(of="due")
    due_basis = models.CharField(_("basis of the due date"), max_length=10, choices=Basis, default=Basis.STATED)
    due_reason = models.CharField(_("reason"), max_length=300, blank=True)
    due_rule = models.CharField(_("rule of the due date"), max_length=12, choices=DueRule, default=DueRule.NONE)
    due_event = models.ForeignKey(
        AgreementEvent,
        on_delete=counted_day_unknown_again,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted from the event"),
    )
    due_meeting = models.ForeignKey(
        Meeting,
        on_delete=counted_day_unknown_again,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted from the meeting"),
    )
    due_period = DurationField(_("after a period of"))
    due_is_counted = models.BooleanField(default=False, editable=False)
    due_words = models.CharField(_("due, in words"), max_length=200, blank=True, help_text=_("As in “swiftly”."))
    due_version = models.PositiveIntegerField(default=1, editable=False)
    due_session = models.ForeignKey(
        Meeting, on_delete=day_unknown_again, null=True, editable=False, related_name="due_commitments"
    )
    recurrence = models.CharField(
        _("recurrence"),
        max_length=200,
        blank=True,
        validators=[validate_recurrence],
        help_text=_("An RFC 5545 rule: FREQ=MONTHLY;INTERVAL=2"),
    )
    closure = models.CharField(_("closed because"), max_length=12, choices=Closure, blank=True)
    closed_on = EDTFField(_("closed on"))
    closed_on_latest = LatestDay(of="closed_on")
    completed_on = EDTFField(_("completed on"), editable=False)
    completed_on_earliest = EarliestDay(of="completed_on")
    completed_on_latest = LatestDay(of="completed_on")
    days_late_least = models.IntegerField(_("days late, at least"), null=True, editable=False)
    days_late_most = models.IntegerField(_("days late, at most"), null=True, editable=False)
    assessment = models.CharField(_("progress rests on"), max_length=10, choices=Assessment, blank=True, editable=False)
    progress = models.CharField(
        _("progress"), max_length=15, choices=Progress, default=Progress.NO_INFORMATION, editable=False
    )
    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="commitments",
        verbose_name=_("forum"),
    )
    countries = models.ManyToManyField(Country, editable=False, related_name="commitments")

    objects = CommitmentQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["state", "due_latest", "progress", "closure"], name="commitment_schedule"),
            models.Index(fields=["state", "due_earliest"], name="commitment_due_from"),
            models.Index(fields=["state", "progress"], name="commitment_progress"),
            models.Index(fields=["state", "kind"], name="commitment_kind"),
            models.Index(fields=["state", "strength"], name="commitment_strength"),
            models.Index(fields=["state", "forum"], name="commitment_forum"),
            models.Index(fields=["state", "meeting"], name="commitment_meeting"),
            models.Index(fields=["state", "agreement"], name="commitment_agreement"),
            models.Index(fields=["state", "working_group"], name="commitment_working_group"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(meeting__isnull=False) | Q(agreement__isnull=False),
                name="commitment_has_meeting_or_agreement",
                violation_error_message=_("A commitment was made at a meeting or in an agreement: name one."),
            ),
            models.CheckConstraint(
                condition=~Q(due_rule="date") | ~Q(due=""),
                name="commitment_due_by_a_date_has_one",
                violation_error_message=_("Give the date that it is due by."),
            ),
            models.CheckConstraint(
                condition=~Q(due_rule="none") | Q(due=""),
                name="commitment_without_deadline_has_no_date",
                violation_error_message=_("A commitment with a due date needs a rule other than “no deadline”."),
            ),
            models.CheckConstraint(
                condition=~Q(closure="") | Q(closed_on=""),
                name="commitment_closed_on_needs_closure",
                violation_error_message=_("Say why it was closed."),
            ),
            models.CheckConstraint(
                condition=at_most_one_of("due_event", "due_meeting"),
                name="commitment_due_from_one_day",
                violation_error_message=_("A due date is counted from one event: of an agreement, or a meeting."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    @property
    def headline(self):
        return written(self.title)

    def get_absolute_url(self):
        return reverse("commitment-detail", args=[self.reference])

    def clean(self):
        if self.due and self.due_rule == self.DueRule.NONE:
            self.due_rule = self.DueRule.DATE
        if self.due_period and not (self.due_event_id or self.due_meeting_id):
            raise ValidationError({"due_period": _("Name the event, or the meeting, after which it is due.")})
        if (self.due_event_id or self.due_meeting_id) and self.due_rule != self.DueRule.RELATIVE:
            raise ValidationError({"due_rule": _("What is counted from an event or a meeting has the rule for that.")})

    @property
    def rule_in_words(self):
        """By what rule it is due: “180 days after the entry into force of AGR-0003”, else the name of the rule."""
        return rule_in_words(self) or self.get_due_rule_display()

    @property
    def is_firm(self):
        return self.strength in self.FIRM

    status_line, status_parts = property(status_line), property(status_parts)

    @property
    def without_report(self):
        """That no report of it was seen: the site knows what was read, and not what happened."""
        return self.unless_seen(gettext("We have seen no report"))

    @property
    def is_closed(self):
        """What ``IS_CLOSED`` says of many."""
        return bool(self.closure) or self.progress == Progress.COMPLETE

    def schedule_on(self, today):
        """Return the ``Schedule`` as of ``today``."""
        return schedule_of(self.is_closed, self.due_latest, today, is_firm=self.is_firm)

    def save(self, *args, **kwargs):
        """A moved due date gets a new version: reminders of the old one are then out of date."""
        if "due" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "due_version"}
        with one_change():
            before = type(self).objects.filter(pk=self.pk).values_list("due", "due_version").first()
            if before:
                self.due_version = before[1] + (before[0] != self.due)
            super().save(*args, **kwargs)

    def derive(self):
        """The forum, the involved countries, the day of the next session; the progress, on whose word, and how late."""
        meeting, agreement = self.read(self.meeting), self.read(self.agreement)
        self.forum_id = (meeting and meeting.forum_id) or (agreement and agreement.forum_id)
        latest = self.progress_updates.published().exclude(progress="").last()
        due = followed_due(self)
        completed = completed_on(self.closure, self.closed_on, latest)
        late = days_late(completed, edtf.bounds(due["due"]).latest)
        return self.store_derived(
            forum_id=self.forum_id,
            progress=latest.progress if latest else Progress.NO_INFORMATION,
            countries=self._involved(),
            completed_on=completed,
            days_late_least=late.least,
            days_late_most=late.most,
            assessment=assessment(side_of(latest), countries_of(self.parties.filter(side=BY), self)),
            **due,
        )

    def _involved(self):
        """The countries of the parties. A party in words ("Pakistani companies") stands for the countries of the
        meeting where these are few, unless the commitment is domestic."""
        involved, meeting = countries_of(self.parties, self), self.read(self.meeting)
        if meeting and self.scope != self.Scope.DOMESTIC and self.parties.exclude(words="").exists():
            met = set(meeting.countries.values_list("pk", flat=True))
            involved |= met if len(met) <= FEW_COUNTRIES else set()
        return involved
