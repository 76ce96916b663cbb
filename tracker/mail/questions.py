"""What the index of the desk asks of the mail."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tracker.records.admin.questions import Group, Question

from .models import Delivery


def _dead(deliveries):
    return deliveries.dead()


OF_MAIL = (
    Question(
        group=Group.FAILING,
        label=_("Mail given up"),
        nothing=_("mail given up"),
        models=("mail.delivery",),
        parameter="state",
        value=Delivery.State.DEAD,
        records=_dead,
        since=F("dead_at"),
        said=F("address"),
        is_late=True,
    ),
    Question(
        group=Group.FAILING,
        label=_("Addresses refused by the mail server"),
        nothing=_("refused addresses"),
        models=("mail.refusedaddress",),
        value="",
        records=lambda addresses: addresses,
        since=F("refused_at"),
        said=F("address"),
    ),
)
