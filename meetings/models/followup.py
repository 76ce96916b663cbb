"""When people are asked, the reminders that came due, what is held back. The mechanism is in ``meetings.followups``."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Forum, Person, exactly_one_of
from tracker.mail.models import Delivery
from tracker.records.models import Versioned

from .commitment import Commitment
from .meeting import Meeting


class DayListField(models.CharField):
    """Whole numbers of days, written ``30, 7, 1``."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        days_of(value)
        return value


def days_of(text):
    """Return the days of a ``DayListField`` as a list of ints; raise ``ValidationError`` for anything else."""
    try:
        days = [int(day) for day in text.split(",") if day.strip()]
    except ValueError as error:
        raise ValidationError(_("Write whole numbers of days, separated by commas: 30, 7, 1.")) from error
    if any(not 0 < day <= 3650 for day in days):
        raise ValidationError(_("Days are between 1 and 3650."))
    return days


class FollowUpPolicyQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(is_active=True)

    def has_default(self) -> bool:
        """Whether one is in use for all that no forum's own policy covers: without it nobody is asked about that."""
        return self.in_use().filter(forum__isnull=True).exists()


class FollowUpPolicy(Versioned):
    """When people are asked. One for each forum at most, and one default without a forum."""

    forum = models.OneToOneField(
        Forum,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="follow_up_policy",
        verbose_name=_("forum"),
        help_text=_("Empty: the default for all forums without a policy of their own."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    window_days = models.PositiveSmallIntegerField(
        _("window"),
        default=30,
        help_text=_("The first reminder goes out when a commitment comes this close, in days."),
    )
    days_before = DayListField(_("days before"), default="30, 7, 1")
    on_the_day = models.BooleanField(_("on the day"), default=True)
    days_after = DayListField(_("days after"), default="1, 7, 30")
    then_every = models.PositiveSmallIntegerField(
        _("then every"), default=30, help_text=_("Days between reminders after the last day above; 0 for none.")
    )
    rest_days = models.PositiveSmallIntegerField(
        _("minimum interval"),
        default=5,
        help_text=_(
            "Minimum number of days between two messages to one person; the due date and the day after are exempt."
        ),
    )
    continuous_every = models.PositiveSmallIntegerField(
        _("continuous commitments every"),
        default=180,
        help_text=_("Days between questions about continuous commitments, which have no due date; 0 for never."),
    )
    supervisor_after = models.PositiveSmallIntegerField(
        _("supervisor after"),
        default=7,
        help_text=_("Days overdue without an answer until the supervisor is informed; 0 for never."),
    )
    secretariat_after = models.PositiveSmallIntegerField(
        _("secretariat after"),
        default=30,
        help_text=_("Days overdue without an answer until the forum's secretariat is informed; 0 for never."),
    )
    outcomes_after = models.PositiveSmallIntegerField(
        _("outcomes due within"),
        default=14,
        help_text=_("Days after a meeting until its coordinator is reminded of missing outcomes; 0 for never."),
    )

    objects = FollowUpPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up policy")
        verbose_name_plural = _("follow-up policies")
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=Q(forum__isnull=True, is_active=True),
                name="one_active_default_policy",
                violation_error_message=_("There is a default policy already."),
            ),
        ]

    def __str__(self):
        return str(self.forum or _("default"))


class ReminderQuerySet(models.QuerySet):
    def questions(self):
        """Those to people in charge, who are to answer."""
        return self.filter(role=Reminder.Role.ASKED)

    def sent(self):
        """Those whose message went out."""
        return self.filter(delivery__state=Delivery.State.SENT)

    def without_message(self):
        """Those whose message was withdrawn: nobody was told anything, unless the link was used all the same."""
        return self.filter(delivery__state=Delivery.State.WITHDRAWN, answer__isnull=True)

    def of_current_due_date(self):
        """Without those about a due date that has moved since."""
        return self.filter(due_version=F("commitment__due_version"))


def _once(subject):
    """A reminder comes due once, however many planners find it."""
    return models.UniqueConstraint(
        fields=["person", subject, "role", "due_version", "round", "due_on", "stage"],
        condition=Q(**{f"{subject}__isnull": False}),
        name=f"reminder_of_{subject}_once",
    )


class Reminder(models.Model):
    """One person is due to be told of one record: the reason why a delivery exists.

    It counts from ``due_on``; ``stage`` is the number of days from there that called for it (-30, 0, 7 …). A due date
    that moves starts afresh (``due_version``), and so does an answer that an editor returned (``round``).
    """

    class Role(models.TextChoices):
        """As what the person is told: in charge of a commitment, or above those in charge; or as the coordinator who
        maintains the record of a meeting or an agreement."""

        ASKED = "asked", _("asked")
        SUPERVISOR = "supervisor", _("informed as supervisor")
        SECRETARIAT = "secretariat", _("informed as secretariat")
        NO_OUTCOMES = "no_outcomes", _("held, without outcomes")
        NOT_REPORTED = "not_reported", _("its date has passed, without a report")
        NOTICE_WINDOW = "notice_window", _("the time to give notice ends")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reminders")
    role = models.CharField(_("role"), max_length=15, choices=Role, default=Role.ASKED)
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="reminders")
    due_on = models.DateField(_("counted from"))
    stage = models.IntegerField(_("stage"))
    due_version = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=0)
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-day", "pk"]
        indexes = [models.Index(fields=["person", "day"], name="reminder_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one_of("commitment", "meeting", "agreement"), name="reminder_has_one_subject"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["asked", "supervisor", "secretariat"], commitment__isnull=False)
                | Q(role__in=["no_outcomes", "not_reported"], meeting__isnull=False)
                | Q(role="notice_window", agreement__isnull=False),
                name="reminder_role_fits_subject",
            ),
            _once("commitment"),
            _once("meeting"),
            _once("agreement"),
        ]

    def __str__(self):
        return f"{self.person} {self.subject.reference} {self.stage:+}"

    @property
    def subject(self):
        return self.commitment or self.meeting or self.agreement


class FollowUpHoldQuerySet(models.QuerySet):
    def on(self, day):
        """Holds in force on ``day``."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day))


class FollowUpHold(Versioned):
    """No mail to one person, about one commitment, or to one person about one commitment; nothing else changes."""

    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="holds",
        verbose_name=_("person"),
        help_text=_("Empty: whoever is in charge of the commitment."),
    )
    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="holds",
        verbose_name=_("commitment"),
        help_text=_("Empty: all mail to the person."),
    )
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; empty: until released."))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = FollowUpHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(commitment__isnull=False),
                name="hold_holds_something",
                violation_error_message=_("Name the person, the commitment, or both."),
            ),
        ]

    def __str__(self):
        return " – ".join(str(what) for what in (self.person, self.commitment) if what)
