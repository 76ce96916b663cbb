"""Who is asked about a commitment, when, and the notices that came due. The mechanism is in ``meetings.followups``."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Country, Forum, Organisation, Person
from tracker.mail.models import Delivery
from tracker.records.models import Part, Versioned

from .commitment import Commitment


class FocalPointQuerySet(models.QuerySet):
    def serving(self, day):
        """Focal points in charge on ``day``."""
        return self.filter(Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))


class AssignedPerson(Part):
    """A person in charge for a time, with a deputy for absences and a supervisor."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("person"))
    deputy = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deputy")
    )
    supervisor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("supervisor"),
    )
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")) | Q(ends__isnull=True) | Q(starts__isnull=True),
                name="%(class)s_ends_after_start",
                violation_error_message=_("The term ends before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("deputy")) | Q(deputy__isnull=True),
                name="%(class)s_deputy_is_another",
                violation_error_message=_("Nobody can be their own deputy."),
            ),
        ]

    def __str__(self):
        return str(self.person)


class FocalPoint(AssignedPerson):
    """Who answers for one commitment, on one side."""

    whole_name = "commitment"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="focal_points")
    side = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("side")
    )

    class Meta(AssignedPerson.Meta):
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        constraints = [
            *AssignedPerson.Meta.constraints,
            models.UniqueConstraint(fields=["commitment", "person"], name="focal_point_once"),
        ]


class OrganisationFocalPoint(AssignedPerson):
    """Who answers for an organisation where a commitment names nobody."""

    whole_name = "organisation"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="focal_points")

    class Meta(AssignedPerson.Meta):
        verbose_name = _("focal point of an organisation")
        verbose_name_plural = _("focal points of organisations")
        constraints = [
            *AssignedPerson.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "person"], name="organisation_focal_point_once"),
        ]


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
        help_text=_("The first notice goes out when a commitment comes this close, in days."),
    )
    days_before = DayListField(_("days before"), default="30, 7, 1")
    on_the_day = models.BooleanField(_("on the day"), default=True)
    days_after = DayListField(_("days after"), default="1, 7, 30")
    then_every = models.PositiveSmallIntegerField(
        _("then every"), default=30, help_text=_("Days between notices after the last day above; 0 for none.")
    )
    rest_days = models.PositiveSmallIntegerField(
        _("rest"),
        default=5,
        help_text=_("Days between two mails to one person, the due day and the day after apart."),
    )

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


class Notice(models.Model):
    """One person is due to be asked about one commitment at one stage: the reason why a delivery exists.

    The stage is the number of days from the due date that called for it (-30, 0, 7 …).
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="notices")
    stage = models.IntegerField(_("stage"))
    due_version = models.PositiveIntegerField()
    day = models.DateField(_("day"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "commitment", "stage", "due_version"], name="notice_unique"),
        ]
        indexes = [models.Index(fields=["person", "day"], name="notice_of_person")]

    def __str__(self):
        return f"{self.person} {self.commitment.reference} {self.stage:+}"
