"""What the public may know of follow-up: on which days somebody was asked about a commitment, and when an answer came.

Never who was asked, who answered, what they said, or that anybody above them was told.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meetings.models import Commitment, Notice, ProgressUpdate
from tracker.mail.models import Delivery
from tracker.records import edtf

SHOWN = 5


@dataclass(frozen=True)
class Asking:
    """A day on which somebody was asked, and the day of the first answer before the next such day."""

    asked_on: date
    answered_on: date | None
    is_last: bool

    @property
    def asked_in_words(self):
        return edtf.in_words(self.asked_on.isoformat())

    @property
    def answered_in_words(self):
        return self.answered_on and edtf.in_words(self.answered_on.isoformat())


def askings(commitment: Commitment) -> list[Asking]:
    """Return the days on which mail with a question about the commitment went out, newest first; one query.

    Days are those of the site's time zone. Whoever answered, from whatever rank, counts, from the moment they did:
    that there is an answer is public, what it says is for the editors to review. An answer that was returned with a
    question leaves the question open, and one that was set aside is withdrawn: neither counts, as if never given.
    """
    notices = Notice.objects.filter(commitment=commitment, delivery__state=Delivery.State.SENT).order_by()
    asked, answered = set(), set()
    for role, sent_at, state, answered_at in notices.values_list(
        "role", "delivery__sent_at", "answer__state", "answer__created_at"
    ):
        if role == Notice.Role.ASKED:
            asked.add(timezone.localdate(sent_at))
        if state is not None and state != ProgressUpdate.State.WITHDRAWN:
            answered.add(timezone.localdate(answered_at))
    return _newest_first(sorted(asked), sorted(answered))


def _newest_first(asked, answered):
    found = []
    for day, following in zip(asked, [*asked, date.max][1:], strict=True):
        first = next((each for each in answered if day <= each < following), None)
        found.append(Asking(day, first, is_last=following == date.max))
    return found[::-1]
