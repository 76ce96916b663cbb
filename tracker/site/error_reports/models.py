"""What readers report as wrong in a record, and what became of it."""

from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.mail.models import LONGEST_ADDRESS

LONGEST_TEXT = 2000
LONGEST_ANSWER = 4000
# For so long after it was answered or closed, the address of a reporter is kept.
ADDRESS_IS_KEPT_FOR = timedelta(days=30)


class ErrorReportQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ErrorReport.State.NEW)

    def oldest_first(self):
        return self.order_by("received_at", "pk")

    def about_what(self, user):
        """Those about records of kinds that an account may see on the desk."""
        kinds = self.order_by().values_list("kind", flat=True).distinct()
        return self.filter(kind__in=[kind for kind in kinds if _may_see(user, kind)])

    def with_address_out_of_date(self, now: datetime):
        return (
            self.exclude(state=ErrorReport.State.NEW)
            .exclude(email="")
            .filter(handled_at__lte=now - ADDRESS_IS_KEPT_FOR)
        )


def _may_see(user, kind):
    try:
        options = apps.get_model(kind)._meta
    except LookupError:
        return False
    return user.has_perm(f"{options.app_label}.view_{options.model_name}")


class ErrorReport(models.Model):
    """What one reader wrote about one record. ``key`` is that of the form, so that a form sent twice is one report;
    ``kind`` and ``record`` name the record as a revision does, ``name`` as its address does."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("error report", "waiting")
        ANSWERED = "answered", pgettext_lazy("error report", "answered")
        DISMISSED = "dismissed", pgettext_lazy("error report", "closed without an answer")

    key = models.CharField(max_length=22, unique=True, editable=False)
    kind = models.CharField(max_length=60, editable=False)
    record = models.BigIntegerField(editable=False)
    name = models.CharField(_("record"), max_length=120, editable=False)
    data_version = models.PositiveBigIntegerField(
        _("data version"), editable=False, help_text=_("That of the page on which the form was opened.")
    )
    text = models.TextField(_("what is wrong"), max_length=LONGEST_TEXT, editable=False)
    source_url = models.URLField(_("address of a source"), max_length=1000, blank=True, editable=False)
    email = models.CharField(_("e-mail address"), max_length=LONGEST_ADDRESS, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, editable=False)
    received_at = models.DateTimeField(_("received at"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW, editable=False)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("handled by"),
        related_name="+",
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True, editable=False)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        # Readers add them.
        default_permissions = ("view", "change", "delete")
        indexes = [models.Index(fields=["state", "received_at"], name="error_report_in_turn")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="new", handled_at__isnull=True) | (~Q(state="new") & Q(handled_at__isnull=False)),
                name="error_report_handled_has_its_moment",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.NEW
