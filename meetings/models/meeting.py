"""Meetings: of a forum, of a working group, or ad hoc; and what happened there with agreements."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    Agreement,
    Country,
    Forum,
    InvolvingQuerySet,
    Membership,
    Organisation,
    SessionWord,
    Theme,
    WorkingGroup,
    countries_of,
    numbered,
)
from tracker.records.fields import EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.languages import capfirst, compose, written
from tracker.records.models import (
    Basis,
    Citation,
    FoundBy,
    LookedFor,
    Publishable,
    PublishableQuerySet,
    Referenced,
    Row,
)
from tracker.records.public import public
from tracker.records.typography import grouped

from .report import PLANNED, Report, is_overdue, report_case


class Comparator(models.TextChoices):
    """What a source says before a number."""

    EXACTLY = "", _("exactly")
    ABOUT = "about", _("about")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    UP_TO = "up_to", _("up to")
    LESS_THAN = "less_than", _("less than")

    def before(self, number):
        """The number in words; with what the source says before it, unless that is “exactly”."""
        number = grouped(number)
        return gettext("%(comparator)s %(number)s") % {"comparator": self.label, "number": number} if self else number


class MeetingQuerySet(InvolvingQuerySet, PublishableQuerySet):
    def get_by_natural_key(self, reference):
        return self.get(reference=reference)

    def without_results(self):
        """Held, and nothing entered that came of it."""
        results = Meeting.outcomes.rel, Meeting.commitments.rel, Meeting.agreement_links.rel
        of_it = (each.related_model._base_manager.filter(meeting=OuterRef("pk")) for each in results)
        return self.filter(*(~Exists(each) for each in of_it), status=Meeting.Status.HELD)

    def unreported(self, today):
        """Planned for a day that is over, and not said to be held, put off or cancelled."""
        return self.filter(is_overdue(today))

    def expected(self, today):
        """Planned for a day that is not over, or for none that is known."""
        return self.filter(status__in=PLANNED).exclude(is_overdue(today))

    def with_report(self, today):
        """Annotate ``report`` as of ``today`` (one of ``Report``): every list and page that shows a status needs it."""
        return self.annotate(report=report_case(self.model.objects.published(), today))

    def newest_first(self):
        """By the day held; meetings of unknown date come last."""
        return self.order_by(Coalesce("held_earliest", "held_latest").desc(nulls_last=True), "-pk")


class Meeting(Referenced, LookedFor, Publishable):
    """One meeting. Place, host and mode are separate facts; its date is as exact as the sources, and no more."""

    # What it shows of the fields of which sources state something.
    CLAIMED = {
        "title": "title",
        "date": "held",
        "place": "place",
        "mode": "mode",
        "status": "status",
        "number": "session_number",
        "participants": "participants",
    }

    FOUND_BY = FoundBy(
        names=("reference", "title", "session_number"),
        texts=("summary", "place", "occasion", "outcomes__text", "statements__text", "agenda__title"),
        words=(SessionWord.SESSION.label, SessionWord.MEETING.label),
    )
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
        help_text=_("Empty for a numbered session: its forum or group and its number name it."),
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
        help_text=_("Where a group met; the forum it belongs to, if any, is then filled in."),
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
    held_words = StatedWords(of="held")
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
    organisers = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="organised_meetings",
        verbose_name=_("organised by"),
        help_text=_("Organisations that prepared and ran it; they need not have taken part."),
    )
    occasion = models.CharField(
        _("wider occasion"), max_length=200, blank=True, help_text=_("As in “state visit of the President”.")
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("In our own words."))
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)
    participants_comparator = models.CharField(
        _("comparator"), max_length=10, choices=Comparator, blank=True, default=Comparator.EXACTLY
    )
    participants_expected = models.PositiveIntegerField(_("participants expected"), null=True, blank=True)
    participants_expected_comparator = models.CharField(
        _("comparator"), max_length=10, choices=Comparator, blank=True, default=Comparator.EXACTLY
    )
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
                condition=Q(session_number__isnull=True) | Q(forum__isnull=False) | Q(working_group__isnull=False),
                name="session_number_needs_a_body",
                violation_error_message=_("Only a meeting of a forum or a group has a session number."),
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
        return f"{self.reference} {self.full_headline}"

    @property
    def headline(self):
        """The title, else the body that met and the number: “Joint Economic Commission, session 13 (Special)”. What the
        public reads."""
        if self.title or public(self.body):
            return self.full_headline
        sentence = pgettext("a numbered meeting", "%(session)s of a body not published here")
        return compose(sentence, session=capfirst(self.session_in_words))

    @property
    def full_headline(self):
        """The same for the editors: it names a body that is not published too."""
        if self.title:
            return written(self.title)
        sentence = pgettext("a numbered meeting of a body", "%(body)s, %(session)s")
        return compose(sentence, body=written(self.body), session=self.full_session_in_words)

    @property
    def body(self):
        """What met: the group, else the forum; None for a meeting ad hoc."""
        return self.working_group or self.forum

    @property
    def session_in_words(self):
        """“session 13 (Special)”, by the word that the body has for its sessions; empty without a number."""
        return self._numbered(public(self.body)) if self.session_number is not None else ""

    @property
    def full_session_in_words(self):
        """The same for the editors: by the word of a body that is not published too."""
        return self._numbered(self.body) if self.session_number is not None else ""

    def _numbered(self, body):
        word = body.session_word if body else SessionWord.SESSION
        return numbered(word, self.session_number, self.session_suffix)

    @property
    def day_in_words(self):
        """When it was held, or that it was planned for then; empty where no day is known."""
        if not self.held_in_words or self.status == self.Status.HELD:
            return self.held_in_words
        return compose(gettext("planned for %(date)s"), date=self.held_in_words)

    @property
    def status_in_words(self):
        """As of the day for which ``with_report`` was asked."""
        if not self.report:
            return self.get_status_display()
        return Report(self.report).in_words(self.held_in_words)

    def get_absolute_url(self):
        return reverse("meeting-detail", args=[self.reference])

    def results(self):
        """What it produced, as querysets: the agreements that came of it, and the commitments made there."""
        links = self.agreement_links.filter(role__in=MeetingAgreement.RESULTS)
        return [Agreement.objects.filter(meeting_links__in=links), self.commitments.all()]

    def clean_fields(self, exclude=None):
        if self.forum_id is None:
            self._fill_in_forum()
        super().clean_fields(exclude=exclude)

    def clean(self):
        """Where no forum is given it is that of the group; another than that is a mistake in one of the two."""
        if self.working_group_id and self.forum_id != self.working_group.forum_id:
            raise ValidationError({"working_group": _("That group belongs to another forum, or to none.")})

    def save(self, *args, **kwargs):
        self._fill_in_forum()
        super().save(*args, **kwargs)

    def _fill_in_forum(self):
        if self.working_group_id:
            self.forum_id = self.working_group.forum_id

    def derive(self):
        """The forum of its group; and the involved countries: those of the delegations, without observers and those who
        did not come, and where fewer than two are known, the members of the body at the time as well."""
        self._fill_in_forum()
        sides = self.delegations.exclude(role="observer")
        involved = countries_of(sides.exclude(attendance="absent"), self)
        if len(involved) < 2:
            involved |= self._members() - countries_of(sides.filter(attendance="absent"), self)
        return self.store_derived(forum_id=self.forum_id, countries=involved)

    def _members(self):
        """The countries that belonged at that time: members of the group where it has its own, else of the forum."""
        group, forum = self.read(self.working_group), self.read(self.forum)
        if group and group.members.exists():
            rows = group.members.all()
        elif forum:
            rows = forum.memberships.filter(role__in=Membership.BELONGING, country__isnull=False)
        else:
            return set()
        return countries_of(rows.filter(pk__in=[row.pk for row in rows if self._was_member(row)]), self)

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
        ADOPTED = "adopted", _("adopted at the meeting")
        EXTENDED = "extended", _("extended at the meeting")
        ANNOUNCED = "announced", _("signing announced at the meeting")
        DISCUSSED = "discussed", _("discussed at the meeting")
        REPORTED = "reported", _("reported on at the meeting")

    # What came of the meeting; what was only talked about there did not.
    RESULTS = (Role.SIGNED, Role.EXCHANGED, Role.ADOPTED, Role.EXTENDED, Role.ANNOUNCED)

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


class MeetingCitation(Citation):
    record = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="citations")
