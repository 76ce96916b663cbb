"""Who logs in: editors, reviewers, administrators and those focal points that have an account."""

import zoneinfo

from axes.models import AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


def validate_time_zone(value):
    """Accept a name of the IANA time zone database, such as ``Asia/Karachi``."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("%(value)s is not a known time zone, such as Asia/Karachi."), params={"value": value})


class TimeZoneField(models.CharField):
    """The name of an IANA time zone."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("default", "UTC")
        kwargs.setdefault("validators", [validate_time_zone])
        super().__init__(*args, **kwargs)


class User(AbstractUser):
    """An account; logs in by user name or e-mail address (see ``backends``)."""

    email = models.EmailField(_("e-mail address"))
    time_zone = TimeZoneField(_("time zone"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")

    REQUIRED_FIELDS = ["email"]

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="user_email_unique",
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]


class LogIn(AccessLog):
    """Somebody logged in; written by axes."""

    class Meta:
        proxy = True
        verbose_name = _("log-in")
        verbose_name_plural = _("log-ins")
        ordering = ["-attempt_time"]

    def __str__(self):
        return self.username or ""


class RefusedLogIn(AccessFailureLog):
    """Somebody gave a wrong password or code; written by axes, without what was typed."""

    class Meta:
        proxy = True
        verbose_name = _("refused log-in")
        verbose_name_plural = _("refused log-ins")
        ordering = ["-attempt_time"]

    def __str__(self):
        return self.username or ""
