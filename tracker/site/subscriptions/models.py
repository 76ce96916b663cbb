"""Who is told of what: an address, and each list, search or record that it follows."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.mail.models import LONGEST_ADDRESS, Delivery

KEPT_FOR = timedelta(days=30)
LONGEST_QUERY = 1000


class Subscriber(models.Model):
    """One address, however many subscriptions it has. Who reads it holds the links in its mail, and nothing else."""

    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    created_at = models.DateTimeField(_("first asked for"))

    class Meta:
        verbose_name = pgettext_lazy("alerts by mail", "subscriber")
        verbose_name_plural = pgettext_lazy("alerts by mail", "subscribers")
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(condition=Q(address=Lower("address")), name="subscriber_is_lower_case")]

    def __str__(self):
        return str(self.pk)


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        """Those that are told of something."""
        return self.filter(confirmed_at__isnull=False, stopped_at__isnull=True)

    def due(self, periods: dict[str, date]):
        """Active ones whose last look lies before the period of their frequency."""
        due = [Q(frequency=frequency, looked_on__lt=day) for frequency, day in periods.items()]
        return self.active().filter(Q(*due, _connector=Q.OR))

    def asked_since(self, moment: datetime):
        return self.filter(asked_at__gt=moment)

    def out_of_date(self, now: datetime):
        """Those that were never confirmed, or were stopped, a month ago."""
        before = now - KEPT_FOR
        return self.filter(Q(confirmed_at__isnull=True, asked_at__lte=before) | Q(stopped_at__lte=before))


class Subscription(models.Model):
    """What one address is told of: ``followed`` is the name of a register, or of what mixes them (``followed.py``);
    ``record`` is the key of one record of the register, 0 where it is none, ``query`` what the list is narrowed by."""

    class Frequency(models.TextChoices):
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("once a week, on Monday")

    class WhyStopped(models.TextChoices):
        BY_READER = "by_reader", pgettext_lazy("alerts by mail", "by the reader")
        REFUSED = "refused", _("the mail server refused the address")
        REPLACED = "replaced", _("asked for again")

    subscriber = models.ForeignKey(
        Subscriber,
        models.CASCADE,
        related_name="subscriptions",
        verbose_name=pgettext_lazy("alerts by mail", "subscriber"),
    )
    followed = models.CharField(pgettext_lazy("alerts by mail", "list"), max_length=40)
    record = models.PositiveBigIntegerField(_("record"), default=0)
    query = models.CharField(_("query"), max_length=LONGEST_QUERY, blank=True)
    frequency = models.CharField(pgettext_lazy("alerts by mail", "how often"), max_length=10, choices=Frequency)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    why_stopped = models.CharField(_("why it was stopped"), max_length=20, choices=WhyStopped, blank=True)
    # Up to which data version its reader was told, and the last period for which it was looked whether there is more.
    told_version = models.PositiveBigIntegerField(_("told up to data version"), null=True, blank=True)
    looked_on = models.DateField(_("last looked"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("alerts by mail", "subscription")
        verbose_name_plural = pgettext_lazy("alerts by mail", "subscriptions")
        default_permissions = ("view",)
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["frequency", "looked_on"],
                name="subscription_due",
                condition=Q(confirmed_at__isnull=False, stopped_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "followed", "record", "query", "language"],
                condition=Q(confirmed_at__isnull=False, stopped_at__isnull=True),
                name="subscription_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, told_version__isnull=True, looked_on__isnull=True)
                | Q(confirmed_at__isnull=False, told_version__isnull=False, looked_on__isnull=False),
                name="subscription_confirmed_has_its_mark",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, why_stopped="")
                | (Q(stopped_at__isnull=False) & ~Q(why_stopped="")),
                name="subscription_stopped_has_a_reason",
            ),
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def is_active(self):
        return self.confirmed_at is not None and self.stopped_at is None

    @property
    def recipient(self) -> str:
        """How its deliveries name it."""
        return f"subscription:{self.pk}"


class Alert(models.Model):
    """What one delivery tells: the changes after the data version ``since``, up to ``until``."""

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="+")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="alerts")
    since = models.PositiveBigIntegerField()
    until = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = pgettext_lazy("alerts by mail", "alert")
        verbose_name_plural = pgettext_lazy("alerts by mail", "alerts")
        default_permissions = ()

    def __str__(self):
        return str(self.pk)
