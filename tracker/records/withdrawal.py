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


def withdrawal_of(record: Any, name: str = "") -> Withdrawal | None:
    """Of a ``Publishable``; None where the record is not withdrawn, or was never public: the history tells. Nor is it
    told under a slug that it did not have while it was public; ``name`` is the slug that was asked for."""
    if record.state != State.WITHDRAWN:
        return None
    (present,) = record.natural_key()
    columns = ("content__fields__state", "content__fields__slug", "made_at")
    ended, has_been_public = None, False
    for state, slug, made_at in Revision.objects.of(record).newest_first().values_list(*columns):
        has_been_public |= state == State.PUBLISHED
        if not has_been_public:
            ended = made_at
        elif ended and state == State.PUBLISHED and slug in (None, name or present):
            return Withdrawal(slug or present, localdate(ended), record.withdrawal_reason)
    return None
