"""When a notice no longer holds: checked again before mail goes out, and whenever its link is opened."""

from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from meetings.models import Notice, Schedule

from .recipients import Charges


class Lapse(TextChoices):
    UNPUBLISHED = "unpublished", _("no longer published")
    REASSIGNED = "reassigned", _("the person is no longer in charge")
    ANSWERED = "answered", _("answered meanwhile")
    CLOSED = "closed", _("closed meanwhile")
    MOVED = "moved", _("the due date was moved")
    HELD = "held", _("held back")
    MENDED = "mended", _("the record is complete, or no longer calls for it")


def lapse(notice: Notice, in_charge: Charges, now: datetime, today: date) -> Lapse | None:
    """Return the gravest reason why the link of a notice no longer works as it did, or None."""
    commitment = notice.commitment
    if not commitment.is_public:
        return Lapse.UNPUBLISHED
    if not in_charge.may_answer(notice.person, notice.role):
        return Lapse.REASSIGNED
    if getattr(notice, "answer", None) is not None:
        return Lapse.ANSWERED
    if commitment.schedule_on(today) == Schedule.CLOSED:
        return Lapse.CLOSED
    return Lapse.MOVED if notice.due_version != commitment.due_version else None
