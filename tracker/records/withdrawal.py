"""What was public and is withdrawn: since which day, and why. Nothing else is said of it."""

from datetime import date
from typing import Any, NamedTuple

from django.utils.timezone import localdate

from . import edtf
from .models.publication import Publishable
from .models.revision import Revision

State = Publishable.State


class Withdrawal(NamedTuple):
    """``name`` is the reference or slug, ``reason`` empty where none is given."""

    name: str
    day: date
    reason: str

    @property
    def day_in_words(self) -> str:
        return edtf.in_words(self.day.isoformat())


def withdrawal_of(record: Any) -> Withdrawal | None:
    """Of a ``Publishable``; None where the record is not withdrawn, or was never public: the history tells."""
    if record.state != State.WITHDRAWN:
        return None
    ended = None
    states = Revision.objects.of(record).newest_first().values_list("content__fields__state", "made_at")
    for state, made_at in states:
        if state == State.PUBLISHED:
            (name,) = record.natural_key()
            return ended and Withdrawal(name, localdate(ended), record.withdrawal_reason)
        ended = made_at
    return None
