"""Mergers: two records that were one thing, made one; kept so that they can be parted again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MergerQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not undone."""
        return self.filter(undone_at=None)


class Merger(models.Model):
    """One record taken into another. ``acts`` are what was done for it, in order, with what was there before.

    ``kind``, ``gone`` and ``kept`` name the records as revisions do; ``names`` are those that the one that is gone had
    in addresses, the last one first. ``was_public``: they lead to the one that was kept.
    """

    kind = models.CharField(_("kind"), max_length=60)
    gone = models.BigIntegerField()
    kept = models.BigIntegerField()
    gone_title = models.CharField(_("taken in"), max_length=500)
    kept_title = models.CharField(_("kept"), max_length=500)
    names = models.JSONField(default=list, blank=True)
    was_public = models.BooleanField(default=False)
    acts = models.JSONField(default=list, blank=True)
    data_version = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(_("merged at"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merged by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = MergerQuerySet.as_manager()

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["-pk"]
        # To add one is to merge, to change it is to undo it.
        default_permissions = ("view", "add", "change")
        indexes = [models.Index(fields=["kind", "kept"], name="merger_kept")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "gone"], condition=Q(undone_at=None), name="merger_once"),
            models.CheckConstraint(condition=~Q(gone=models.F("kept")), name="merger_of_two"),
        ]

    def __str__(self):
        return f"{self.gone_title} → {self.kept_title}"
