"""Every message the product owes somebody: a row from the moment it is due until it is sent, given up or withdrawn.

Beside them: the addresses that a mail server refused, and when the programs behind the mail last ran.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_ADDRESS = 320
LONGEST_SUBJECT = 300
LONGEST_ERROR = 2000


def storable(text: str, length: int) -> str:
    """``text`` as every database can store it: a mail server may say anything."""
    return text.encode(errors="replace").decode().replace("\0", "")[:length]


class DeliveryQuerySet(models.QuerySet):
    def unsent(self):
        """Deliveries that may still go out."""
        return self.filter(state__in=Delivery.UNSENT)

    def dead(self):
        return self.filter(state=Delivery.State.DEAD)

    def late(self, now):
        """Deliveries that should have been sent by ``now``: all that are due or were tried, whatever they wait for."""
        return self.filter(Q(not_before__lte=now) | Q(attempts__gt=0), state=Delivery.State.QUEUED)

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
        DEAD = "dead", _("abandoned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    UNSENT = (State.QUEUED, State.HELD)

    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    recipient = models.CharField(
        _("recipient"),
        max_length=120,
        help_text=_("Who it is for; the address is read when it is sent."),
    )
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    not_before = models.DateTimeField(_("not before"))
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True, editable=False)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    plan = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("last error"), blank=True, help_text=_("Or why it was abandoned or withdrawn."))
    message_id = models.CharField(_("message ID"), max_length=200, editable=False)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    created_at = models.DateTimeField(_("planned at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    dead_at = models.DateTimeField(_("abandoned at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # In the order in which relays take them.
            models.Index(fields=["state", "attempts", "not_before", "id"], name="delivery_waiting"),
            models.Index(fields=["recipient", "sent_at"], name="delivery_of_recipient"),
            models.Index(fields=["dead_at"], name="delivery_dead", condition=Q(dead_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_has_its_moment",
            ),
        ]

    def __str__(self):
        return self.key


class RefusedAddressQuerySet(models.QuerySet):
    def addresses(self) -> set[str]:
        """Every refused address, in lower case."""
        return set(self.values_list("address", flat=True))

    def mark(self, address: str, error: str, now: datetime, delivery: Delivery) -> None:
        """Nothing goes to this address any more until an administrator deletes the mark."""
        found = {"error": storable(error, LONGEST_ERROR), "refused_at": now, "delivery": delivery}
        self.update_or_create(address=address.lower(), defaults=found)


class RefusedAddress(models.Model):
    """An address that a mail server refused for good. To delete the row is to say that it works again."""

    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    error = models.TextField(_("what the mail server said"))
    refused_at = models.DateTimeField(_("refused at"), db_index=True)
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, null=True, blank=True, verbose_name=_("delivery"), related_name="+"
    )

    objects = RefusedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused address")
        verbose_name_plural = _("refused addresses")
        ordering = ["-refused_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="refused_address_is_lower_case"),
        ]

    def __str__(self):
        return self.address


class LastRun(models.Model):
    """When a program last came to its end, and with what: how an administrator, or a monitor, sees that it runs.

    Beat comes to an end each time that it has woken somebody, the readiness check when it could write this down.
    """

    class Name(models.TextChoices):
        PLANNER = "planner", _("planner")
        RELAY = "relay", _("relay")
        BEAT = "beat", _("timer")
        READINESS = "readiness", _("readiness check")

    OF_MAIL = (Name.PLANNER, Name.RELAY)

    name = models.CharField(_("name"), max_length=20, choices=Name, unique=True)
    ended_at = models.DateTimeField(_("ended at"))
    outcome = models.TextField(_("result of the run"), blank=True)

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")
        ordering = ["name"]

    def __str__(self):
        return self.get_name_display()

    @classmethod
    def note(cls, name: str, now: datetime, outcome: str) -> None:
        """Write down that ``name`` came to its end at ``now``, whoever else does so at the same time."""
        LastRun.objects.bulk_create(
            [LastRun(name=name, ended_at=now, outcome=outcome)],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["ended_at", "outcome"],
        )
