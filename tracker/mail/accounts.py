"""Mail with a link by which somebody sets the password of their account: an invitation, or because it was forgotten.

The key of the delivery holds the hour: however often it is asked for, an account gets one such mail an hour. The link
is made when the mail is written; a log-in or a new password makes it worthless.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from .links import absolute, personal
from .messages import OutgoingMessage
from .models import Delivery
from .problems import recipient
from .queue import enqueue
from .relay import Withdraw

KIND = "account"
INVITATION, FORGOTTEN = "invitation", "forgotten"
# In place of an account, where the address given belongs to none: the same work is done, and undone.
NOBODY = 0


def invite(user, now: datetime) -> bool:
    """Queue an invitation; whether one was queued, as none was within the hour."""
    with transaction.atomic():
        return bool(enqueue([_delivery(INVITATION, user.pk, now)]))


def ask_for_password(address: str, now: datetime) -> None:
    """Queue a mail to the account of this address, if there is one. Nothing tells the two cases apart: both write a
    row, and take as long."""
    user = who_may_ask().filter(email__iexact=address).first()
    with transaction.atomic():
        enqueue([_delivery(FORGOTTEN, user.pk if user else NOBODY, now)])
        transaction.set_rollback(user is None)


def who_may_ask():
    return get_user_model().objects.filter(is_active=True).exclude(email="")


def _delivery(purpose, key, now):
    return Delivery(
        key=f"{KIND}:{purpose}:{key}:{now:%Y-%m-%dT%H}",
        kind=KIND,
        recipient=f"user:{key}",
        day=timezone.localdate(now),
        not_before=now,
    )


class AccountWriter:
    """The mails of some deliveries of this kind: one query."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        keys = [int(delivery.recipient.removeprefix("user:")) for delivery in deliveries]
        self._users = {recipient(user): user for user in who_may_ask().filter(pk__in=keys)}

    def write(self, delivery: Delivery) -> OutgoingMessage:
        user = self._users.get(delivery.recipient)
        if user is None:
            raise Withdraw(_("The account is closed, or has no address."))
        purpose = delivery.key.split(":")[1]
        with translation.override(user.language):
            return _compose(user, is_invitation=purpose == INVITATION)

    def is_current(self, delivery: Delivery) -> bool:
        known = self._users[delivery.recipient]
        now = who_may_ask().filter(pk=known.pk).values_list("email", "password", "last_login").first()
        return now == (known.email, known.password, known.last_login)

    def once_sent(self, delivery: Delivery) -> Callable[[], None] | None:
        """The link leaves no trace."""
        return None


def _compose(user, *, is_invitation):
    identity = urlsafe_base64_encode(force_bytes(user.pk))
    token = personal(lambda: default_token_generator.make_token(user))
    context = {
        "name": user.get_full_name() or user.username,
        "user_name": user.username,
        "is_invitation": is_invitation,
        "link": absolute(reverse("account:password", args=[identity, token])),
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600),
    }
    subject = _("Your account at the Digital Cooperation Tracker") if is_invitation else _("Set a new password")
    text = render_to_string("mail/account.txt", context)
    return OutgoingMessage(subject, text.strip() + "\n", to=[user.email])
