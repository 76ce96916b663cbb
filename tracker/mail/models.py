"""Every message the product owes somebody: a row from the moment it is due until it is sent, given up or withdrawn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeliveryQuerySet(models.QuerySet):
    def unsent(self):
        """Deliveries that may still go out."""
        return self.filter(state__in=Delivery.UNSENT)

    def waiting(self, now):
        """Deliveries that a relay may take at the moment ``now``: due, and under nobody's lease."""
        return self.filter(
            Q(leased_until__isnull=True) | Q(leased_until__lte=now),
            state=Delivery.State.QUEUED,
            not_before__lte=now,
        )


class Delivery(models.Model):
    """One message to one recipient. ``key`` is what makes it the same message, however often it is planned or tried."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        HELD = "held", _("held back")
        SENT = "sent", _("sent")
        DEAD = "dead", _("given up")
        WITHDRAWN = "withdrawn", _("withdrawn")

    UNSENT = (State.QUEUED, State.HELD)

    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    recipient = models.CharField(
        _("recipient"),
        max_length=120,
        db_index=True,
        help_text=_("Who it is for; the address is read when it is sent."),
    )
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField(_("not before"))
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    plan = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True, help_text=_("Or why it was given up or withdrawn."))
    message_id = models.CharField(_("message ID"), max_length=200, editable=False)
    address = models.CharField(_("sent to"), max_length=320, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("planned at"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "not_before", "leased_until"], name="delivery_waiting"),
            models.Index(fields=["recipient", "sent_at"], name="delivery_of_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_has_its_moment",
            ),
        ]

    def __str__(self):
        return self.key
