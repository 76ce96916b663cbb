"""What the mail server received, seen as its recipients see it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tests.services.smtp import ReceivedMail

MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)


def message_id(received: ReceivedMail) -> str:
    return MESSAGE_ID.search(received.content)[1].decode()


@dataclass(frozen=True)
class Repeat:
    """A message that came to somebody who had one already, beside the copy that came before it."""

    before: ReceivedMail
    again: ReceivedMail

    @property
    def has_same_id(self) -> bool:
        return message_id(self.before) == message_id(self.again)


def by_recipient(received: Iterable[ReceivedMail]) -> dict[str, list[ReceivedMail]]:
    found = defaultdict(list)
    for mail in received:
        found[mail.recipients[0]].append(mail)
    return found


def repeats(received: Iterable[ReceivedMail]) -> list[Repeat]:
    """Where one message a person was due, all further ones."""
    return [Repeat(*pair) for mails in by_recipient(received).values() for pair in pairwise(mails)]


def count_by_moment(moments: list[float], repeated: list[Repeat]) -> list[int]:
    """How many of the repeats each of these moments explains: the first that lies between the beginning of the two
    copies and their end: then one of them was on its way. Either may have been begun first, and ended last."""
    counts = [0] * len(moments)
    for repeat in repeated:
        begun = min(repeat.before.begun_at, repeat.again.begun_at)
        ended = max(repeat.before.received_at, repeat.again.received_at)
        explaining = next((place for place, moment in enumerate(moments) if begun <= moment <= ended), None)
        if explaining is not None:
            counts[explaining] += 1
    return counts
