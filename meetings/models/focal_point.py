"""Who is in charge, from when until when: of a commitment, of an organisation, of the records of a forum."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models import Country, Forum, Organisation, Person
from tracker.records.models import Row, Versioned

from .commitment import Commitment

ALREADY = _("This person coordinates it already.")


class AppointmentQuerySet(models.QuerySet):
    def serving(self, day):
        """Those whose term runs on ``day``."""
        return self.filter(Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day))


class Appointment(models.Model):
    """A person appointed for a time, with a deputy for absences."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("person"))
    deputy = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deputy"),
        help_text=_("Receives the mail while the person is away or cannot be reached."),
    )
    starts = models.DateField(_("from"), null=True, blank=True)
    ends = models.DateField(_("until"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

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

    def is_serving(self, day):
        return (self.starts is None or self.starts <= day) and (self.ends is None or self.ends >= day)


class AnsweringAppointment(Appointment):
    """Somebody who is asked about commitments; a supervisor hears of questions that stay without an answer."""

    supervisor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("supervisor"),
        help_text=_("Is informed when a question about an overdue commitment remains unanswered."),
    )

    class Meta(Appointment.Meta):
        abstract = True


class FocalPoint(AnsweringAppointment, Row):
    """Who answers for one commitment, on one side."""

    owner_name = "commitment"
    # Who answers for it is no public fact, and work of every day.
    is_content = False

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="focal_points")
    side = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("side")
    )

    class Meta(AnsweringAppointment.Meta):
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        constraints = [
            *AnsweringAppointment.Meta.constraints,
            models.UniqueConstraint(fields=["commitment", "person"], name="focal_point_once"),
        ]


class OrganisationFocalPoint(AnsweringAppointment, Row):
    """Who answers for an organisation where a commitment names nobody: as the responsible one, as the convener of the
    working group, or as the secretariat of the forum."""

    owner_name = "organisation"
    is_content = False

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="focal_points")

    class Meta(AnsweringAppointment.Meta):
        verbose_name = _("focal point of an organisation")
        verbose_name_plural = _("focal points of organisations")
        constraints = [
            *AnsweringAppointment.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "person"], name="organisation_focal_point_once"),
        ]


class Coordinator(Appointment, Versioned):
    """Who maintains the records of a forum: gets its weekly sheet, which says what its records lack."""

    forum = models.ForeignKey(
        Forum,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="coordinators",
        verbose_name=_("forum"),
        help_text=_("Empty: for all that has no forum, or a forum without a coordinator of its own."),
    )

    class Meta(Appointment.Meta):
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        constraints = [
            *Appointment.Meta.constraints,
            models.UniqueConstraint(
                fields=["forum", "person"], name="coordinator_once", violation_error_message=ALREADY
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(forum__isnull=True),
                name="coordinator_of_the_rest_once",
                violation_error_message=ALREADY,
            ),
        ]
