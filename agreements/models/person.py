"""People: heads of delegations, signatories, those who answer for a commitment."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.accounts.models import TimeZoneField
from tracker.records.models import Slugged, Versioned

from .country import Country


class PersonQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Person(Slugged, Versioned):
    """Somebody who led a delegation, signed or answers for a commitment. The contact data never reach the public."""

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

    objects = PersonQuerySet.as_manager()

    class Meta:
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
