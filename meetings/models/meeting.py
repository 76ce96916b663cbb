"""Meetings: of a forum, of a working group, or ad hoc; with their agenda and the changes of their schedule."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Country, Forum, InvolvingQuerySet, Membership, Theme, WorkingGroup
from tracker.records.fields import EarliestDay, EDTFField, LatestDay
from tracker.records.languages import compose, written
from tracker.records.models import Basis, Citation, Publishable, PublishableQuerySet, Referenced, Row, Source


class Comparator(models.TextChoices):
    """What a source says before a number."""

    EXACTLY = "", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    UP_TO = "up_to", _("up to")
    LESS_THAN = "less_than", _("less than")


class MeetingQuerySet(InvolvingQuerySet, PublishableQuerySet):
    def get_by_natural_key(self, reference):
        return self.get(reference=reference)

    def without_results(self):
        """Held, and nothing entered that came of it."""
        held = self.filter(status=Meeting.Status.HELD)
        return held.filter(outcomes__isnull=True, commitments__isnull=True, agreement_links__isnull=True)

    def unreported(self):
        """Planned, and not said to be held, put off or cancelled; the caller says by which day."""
        return self.filter(status__in=(Meeting.Status.TENTATIVE, Meeting.Status.CONFIRMED))

    def newest_first(self):
        """By the day held; meetings of unknown date come last."""
        return self.order_by(Coalesce("held_earliest", "held_latest").desc(nulls_last=True), "-pk")


class Meeting(Referenced, Publishable):
    """One meeting. Place, host and mode are separate facts; its date is as exact as the sources, and no more."""

    REFERENCE_PREFIX = "MTG"

    class Status(models.TextChoices):
        TENTATIVE = "tentative", _("tentative")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary")
        SPECIAL = "special", _("special")
        PREPARATORY = "preparatory", _("preparatory")
        AD_HOC = "ad_hoc", _("ad hoc")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        VIRTUAL = "virtual", _("virtual")
        HYBRID = "hybrid", _("hybrid")

    title = models.CharField(
        _("title"),
        max_length=300,
        blank=True,
        help_text=_("Empty for a numbered session: its forum and number name it."),
    )
    forum = models.ForeignKey(
        Forum,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("forum"),
    )
    working_group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("working group"),
        help_text=_("Where a group of the forum met; its forum is then filled in."),
    )
    session_number = models.PositiveSmallIntegerField(_("session number"), null=True, blank=True)
    session_suffix = models.CharField(_("suffix"), max_length=30, blank=True, help_text=_("As in “12th (Special)”."))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORDINARY)
    preparatory_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="preparatory_meetings",
        verbose_name=_("prepares"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.HELD)
    held = EDTFField(_("date"))
    held_earliest = EarliestDay(of="held")
    held_latest = LatestDay(of="held")
    held_basis = models.CharField(_("basis of the date"), max_length=10, choices=Basis, default=Basis.STATED)
    held_reason = models.CharField(
        _("reason"),
        max_length=400,
        blank=True,
        help_text=_("Why this date, where the source does not print it."),
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    place_note = models.CharField(_("note on the place"), max_length=300, blank=True)
    host = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("host"),
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("In our own words."))
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    participants_comparator = models.CharField(
        _("comparator"), max_length=10, choices=Comparator, blank=True, default=Comparator.EXACTLY
    )
    participants_expected = models.PositiveIntegerField(_("participants expected"), null=True, blank=True)
    participants_words = models.CharField(_("participants in words"), max_length=300, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="meetings", verbose_name=_("themes"))
    agreements = models.ManyToManyField(
        Agreement,
        through="MeetingAgreement",
        blank=True,
        related_name="meetings",
        verbose_name=_("agreements"),
    )
    countries = models.ManyToManyField(Country, editable=False, related_name="meetings")

    objects = MeetingQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["state", "forum", "session_number"], name="meeting_forum"),
            models.Index(fields=["state", "working_group"], name="meeting_working_group"),
            models.Index(fields=["state", "status"], name="meeting_status"),
            models.Index(fields=["state", "kind"], name="meeting_kind"),
            models.Index(fields=["state", "mode"], name="meeting_mode"),
            models.Index(fields=["state", "held_earliest"], name="meeting_held_from"),
            models.Index(fields=["state", "held_latest"], name="meeting_held_until"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["forum", "session_number", "session_suffix"],
                condition=Q(working_group__isnull=True, session_number__isnull=False),
                name="session_number_unique_in_forum",
                violation_error_message=_("The forum already has a session of this number and suffix."),
            ),
            models.UniqueConstraint(
                fields=["working_group", "session_number", "session_suffix"],
                condition=Q(session_number__isnull=False),
                name="session_number_unique_in_group",
                violation_error_message=_("The group already has a meeting of this number and suffix."),
            ),
            models.CheckConstraint(
                condition=Q(session_number__isnull=True) | Q(forum__isnull=False),
                name="session_number_needs_a_forum",
                violation_error_message=_("Only a meeting of a forum or a group has a session number."),
            ),
            models.CheckConstraint(
                condition=Q(working_group__isnull=True) | Q(forum__isnull=False),
                name="group_meeting_has_its_forum",
            ),
            models.CheckConstraint(
                condition=~Q(title="") | Q(session_number__isnull=False),
                name="meeting_has_title_or_number",
                violation_error_message=_("Give a title, or the forum and the session number."),
            ),
            models.CheckConstraint(
                condition=~Q(preparatory_for=F("id")),
                name="meeting_not_preparing_itself",
                violation_error_message=_("A meeting cannot prepare itself."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.headline}"

    @property
    def headline(self):
        """The title, else the number and the body that met: “13th session (Special) – Joint Economic Commission”."""
        if self.title:
            return written(self.title)
        suffix = written(f" ({self.session_suffix})") if self.session_suffix else ""
        body = written(self.working_group or self.forum)
        sentence = gettext("%(body)s, session %(number)s%(suffix)s")
        return compose(sentence, body=body, number=self.session_number, suffix=suffix)

    def get_absolute_url(self):
        return reverse("meeting-detail", args=[self.reference])

    def results(self):
        """What it produced, as querysets: the agreements that came of it, and the commitments made there."""
        links = self.agreement_links.filter(role__in=MeetingAgreement.RESULTS)
        return [Agreement.objects.filter(meeting_links__in=links), self.commitments.all()]

    def clean_fields(self, exclude=None):
        self._fill_in_forum()
        super().clean_fields(exclude=exclude)

    def save(self, *args, **kwargs):
        self._fill_in_forum()
        super().save(*args, **kwargs)

    def _fill_in_forum(self):
        if self.working_group_id:
            self.forum_id = self.working_group.forum_id

    def derive(self):
        """The forum of its group; and the involved countries: those of the delegations, observers apart, and where
        fewer than two are known, the members of the forum at the time as well."""
        self._fill_in_forum()
        present = self.delegations.exclude(role="observer").exclude(country=None, organisation__country=None)
        involved = set(present.values_list(Coalesce("country", "organisation__country"), flat=True))
        if self.forum_id and len(involved) < 2:
            members = self.forum.memberships.filter(role__in=Membership.BELONGING, country__isnull=False)
            involved |= {member.country_id for member in members if self._was_member(member)}
        return self.store_derived(forum_id=self.forum_id, countries=involved)

    def _was_member(self, member):
        """Whether a membership covers the day of the meeting; where nothing is known of its dates, it does."""
        too_late = self.held_latest and member.joined_latest and member.joined_latest > self.held_latest
        too_early = self.held_earliest and member.left_latest and member.left_latest < self.held_earliest
        return not (too_late or too_early)


class MeetingAgreement(Row):
    """What happened at the meeting with an agreement; announcing a signature is not signing."""

    class Role(models.TextChoices):
        SIGNED = "signed", _("signed at the meeting")
        EXCHANGED = "exchanged", _("exchanged at the meeting")
        ANNOUNCED = "announced", _("signing announced at the meeting")
        DISCUSSED = "discussed", _("discussed at the meeting")

    # What came of the meeting; what was only talked about there did not.
    RESULTS = (Role.SIGNED, Role.EXCHANGED, Role.ANNOUNCED)

    owner_name = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agreement_links")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="meeting_links", verbose_name=_("agreement")
    )
    role = models.CharField(_("what happened"), max_length=10, choices=Role, default=Role.SIGNED)

    class Meta:
        verbose_name = _("agreement at the meeting")
        verbose_name_plural = _("agreements at the meeting")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "agreement"], name="meeting_agreement_unique")]

    def __str__(self):
        return f"{self.agreement} – {self.get_role_display()}"


class AgendaItem(Row):
    """A point of the agenda."""

    owner_name = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_unique")]

    def __str__(self):
        return f"{self.number}. {self.title}"


class ScheduleChange(Row):
    """A date that was once announced for a meeting. Kept, however often it moved."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ANNOUNCED = "announced", _("announced")
        AGREED = "agreed", _("agreed")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    owner_name = "meeting"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="schedule_changes")
    kind = models.CharField(_("what"), max_length=10, choices=Kind, default=Kind.ANNOUNCED)
    planned_for = EDTFField(_("for the date"))
    planned_for_earliest = EarliestDay(of="planned_for")
    planned_for_latest = LatestDay(of="planned_for")
    reported_on = EDTFField(_("reported"))
    reported_on_earliest = EarliestDay(of="reported_on")
    reported_on_latest = LatestDay(of="reported_on")
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("at the wish of"),
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("change of schedule")
        verbose_name_plural = _("changes of schedule")
        # An undated report came at the latest before the date it announces.
        ordering = [Coalesce("reported_on_latest", "planned_for_latest").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(planned_for="") | Q(kind__in=["postponed", "cancelled"]),
                name="schedule_change_has_a_date",
                violation_error_message=_("Give the date that was announced, unless the meeting was put off."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.planned_for_in_words}".strip()


class MeetingCitation(Citation):
    record = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="citations")
