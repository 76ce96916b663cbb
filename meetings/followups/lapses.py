"""When a notice no longer holds: checked again before mail goes out, and whenever its link is opened."""

from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from meetings.models import Notice, Schedule


class Lapse(TextChoices):
    UNPUBLISHED = "unpublished", _("no longer published")
    REASSIGNED = "reassigned", _("the person is no longer in charge")
    ANSWERED = "answered", _("answered meanwhile")
    CLOSED = "closed", _("closed meanwhile")
    MOVED = "moved", _("the due date was moved")


def lapse(notice: Notice, asked: list[Person], now: datetime, today: date) -> Lapse | None:
    """Return the gravest reason why a notice no longer holds, or None. ``asked``: who answers for its commitment."""
    commitment = notice.commitment
    if not commitment.is_public(now):
        return Lapse.UNPUBLISHED
    if notice.person_id not in {person.pk for person in asked}:
        return Lapse.REASSIGNED
    if getattr(notice, "answer", None) is not None:
        return Lapse.ANSWERED
    if commitment.schedule_on(today) == Schedule.CLOSED:
        return Lapse.CLOSED
    return Lapse.MOVED if notice.due_version != commitment.due_version else None
