"""Releases of the data package; and, from their own places, what readers send."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.records import edtf

from .error_reports.models import ErrorReport  # noqa: F401


class ReleaseQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-number")


class Release(models.Model):
    """The data package as it was published once. Its content stays as it was issued; only what is withdrawn for legal
    reasons is taken out, and the release issued again under the same number."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    issue = models.PositiveSmallIntegerField(_("issue"), default=1)
    made_at = models.DateTimeField(_("made at"))
    issued_at = models.DateTimeField(_("issued at"))
    day = models.DateField(_("day"), help_text=_("For which what depends on the day was computed."))
    data_version = models.PositiveBigIntegerField(_("data version"))
    file = models.FileField(_("file"), upload_to="releases/", max_length=200)
    bytes = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    # How many lines each of its files has, by the name of the resource.
    lines = models.JSONField()
    # To the release before it; none of the first.
    differences = models.FileField(_("differences"), upload_to="releases/", max_length=200, blank=True)
    # What was taken out, as [name of the register, name of the record].
    without = models.JSONField(default=list, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("data package", "release")
        verbose_name_plural = pgettext_lazy("data package", "releases")
        default_permissions = ()

    def __str__(self):
        return self.version

    @property
    def version(self):
        return f"{self.number}.{self.issue}"

    @property
    def day_in_words(self):
        return edtf.in_words(self.day.isoformat())

    @property
    def address(self):
        return settings.SITE_URL + reverse("release", args=[self.number])

    @property
    def address_of_differences(self):
        """None of the first release."""
        return settings.SITE_URL + reverse("release-differences", args=[self.number]) if self.differences else None

    @property
    def is_kept(self):
        """Whether its file is where it was put: a database may have been restored without the files."""
        return self.file.storage.exists(self.file.name)

    @property
    def file_name(self):
        return f"digital-cooperation-tracker-{self.version}.zip"
