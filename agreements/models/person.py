"""People: heads of delegations, signatories, those who answer for a commitment."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.accounts.models import TimeZoneField
from tracker.records.models import SHARED_PERMISSIONS, FoundBy, Row, Shared, Slugged
from tracker.records.public import named_in_public

from .country import Country


class PersonQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def named_in_public(self):
        """People whom a published record names as somebody who came, signed, acted or spoke; not who only answers."""
        return self.filter(named_in_public(self.model))


class Person(Slugged, Shared):
    """Somebody who led a delegation, signed or answers for a commitment. The contact data never reach the public."""

    FOUND_BY = FoundBy(names=("name", "family_name", "other_names"), languages={"name": "", "other_names": ""})
    # For the desk and for mail. Whom a person stood for, the records that name them say by themselves.
    NOT_SHOWN = frozenset(
        {
            *("country", "note", "user", "email", "language", "time_zone", "send_hour", "working_week"),
            "unsubscribed_at",
        }
    )

    class WorkingWeek(models.TextChoices):
        """Days on which people work, as ISO 8601 numbers them: 1 is Monday."""

        OF_COUNTRY = "", _("as in the country")
        MONDAY_FRIDAY = "12345", _("Monday to Friday")
        SUNDAY_THURSDAY = "71234", _("Sunday to Thursday")
        SATURDAY_WEDNESDAY = "67123", _("Saturday to Wednesday")
        MONDAY_SATURDAY = "123456", _("Monday to Saturday")
        EVERY_DAY = "1234567", _("every day")

    name = models.CharField(_("name"), max_length=150, help_text=_("As printed, in the order of its own language."))
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("country"),
    )
    other_names = models.TextField(_("other spellings"), blank=True, help_text=_("One a line."))
    note = models.TextField(_("note"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("account")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language of mail"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = TimeZoneField(_("time zone"))
    send_hour = models.PositiveSmallIntegerField(
        _("hour of mail"), default=8, help_text=_("Mail goes out at this hour of the person's day, 0 to 23.")
    )
    working_week = models.CharField(
        _("working week"),
        max_length=7,
        choices=WorkingWeek,
        blank=True,
        default=WorkingWeek.OF_COUNTRY,
        help_text=_("Mail waits for a working day. Public holidays are those of the person's country."),
    )
    unsubscribed_at = models.DateTimeField(
        _("mail stopped on"),
        null=True,
        blank=True,
        help_text=_("Set by the person, with the link in a message. Empty it only if the person asks for mail again."),
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        default_permissions = SHARED_PERMISSIONS
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(send_hour__lte=23),
                name="person_send_hour_of_a_day",
                violation_error_message=_("The hour is 0 to 23."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("person-detail", args=[self.slug])


class Absence(Row):
    """Days on which somebody is away: a deputy is asked instead, or mail waits for their return."""

    owner_name = "person"
    is_shown = False

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"), help_text=_("The last day away."))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts"]
        indexes = [models.Index(fields=["ends", "starts"], name="absence_days")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="absence_ends_after_start",
                violation_error_message=_("The absence ends before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.starts} – {self.ends}"
