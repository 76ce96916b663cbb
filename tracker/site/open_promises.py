"""What is open, in words: how much, and one by one by how long nothing was heard of it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import UNREPORTED, Implementation, Meeting, Schedule
from tracker.records import edtf
from tracker.records.ages import age_in_words, months_between
from tracker.records.languages import OF_EDITORS, compose, written
from tracker.records.public import public
from tracker.registers.beginning import Beginning

from .promises import FIRM, Promises

MOST_WORDS = 24
# Of these the due date is still to come; and these are open and have one.
AHEAD = (Schedule.DUE_SOON, Schedule.NOT_YET_DUE)
DATED = [each.value for each in (Schedule.OVERDUE, *AHEAD)]


@dataclass
class OpenGroup:
    """Commitments that were made on one occasion, a meeting or an agreement, and of which nothing was heard since one
    day; or one of which something was. ``share`` is the age in hundredths of the greatest one shown."""

    occasion: Any
    commitments: list
    today: date
    share: float = 0

    @property
    def since(self) -> date | None:
        """The last day on which the last word can have been spoken; None where nobody can tell, as of one spoken some
        time in this year."""
        day = self.commitments[0].heard_latest
        return day if day and day <= self.today else None

    @property
    def months(self) -> int:
        return months_between(self.since, self.today) if self.since else 0

    @property
    def age(self) -> str:
        return age_in_words(self.since, self.today) if self.since else ""

    @property
    def made(self) -> str:
        """The day of the occasion, in words."""
        if isinstance(self.occasion, Meeting):
            return self.occasion.day_in_words
        return self.occasion.signed_or_adopted_in_words if self.occasion else ""

    @property
    def said(self) -> str:
        """What was heard last."""
        if not self.is_heard_of:
            number = len(self.commitments)
            return ngettext("No report seen since it was made", "No report seen since they were made", number)
        first = self.commitments[0]
        # Nobody says in which language those in charge answer.
        text = written(Truncator(first.heard_text).words(MOST_WORDS), "" if first.heard_answer else OF_EDITORS)
        text = text or first.get_progress_display()
        if not first.heard_as_of:
            return compose(_("Last word, without a date: %(text)s"), text=text)
        return compose(_("Last word %(date)s: %(text)s"), date=edtf.in_words(first.heard_as_of), text=text)

    @property
    def is_heard_of(self) -> bool:
        return bool(self.commitments[0].reports)


class OpenPromises:
    """The answer to what is open of some commitments; ``commitments`` are those that are shown."""

    def __init__(self, promises: Promises, commitments: Beginning) -> None:
        self.promises, self.commitments, self.today = promises, commitments, promises.today

    # Numbers

    @property
    def counted(self) -> list[tuple[Implementation, int, str]]:
        """``[(implementation, number, address of their list)]`` of the firm ones, without those there are none of."""
        numbers, address = self.promises.implementation, self.promises.subset.address
        return [(each, n, address(**FIRM, implementation=each.value)) for each, n in numbers.items() if n]

    @property
    def firm(self) -> int:
        return self.promises.number_firm

    @property
    def number(self) -> int:
        return self.promises.number_open

    @cached_property
    def overdue(self) -> int:
        return self.promises.number(**FIRM, schedule=Schedule.OVERDUE.value)

    @property
    def overdue_address(self) -> str:
        return self.promises.subset.address(**FIRM, schedule=Schedule.OVERDUE.value)

    # In words

    @property
    def answer(self) -> str:
        """“14 of 17 firm commitments are open.”"""
        if not self.firm:
            return _("No firm commitment is recorded.")
        if self.firm == 1:
            return _("The one firm commitment is open.") if self.number else _("The one firm commitment is closed.")
        if not self.number:
            return _("None of the %(firm)s firm commitments is open.") % {"firm": self.firm}
        words = ngettext(
            "%(open)s of %(firm)s firm commitments is open.",
            "%(open)s of %(firm)s firm commitments are open.",
            self.number,
        )
        return words % {"open": self.number, "firm": self.firm}

    @property
    def limits(self) -> list[str]:
        """What the reader must know beside it, a sentence each."""
        return [self._unreported(), self._lateness()] if self.number else []

    def _unreported(self):
        number = sum(self.promises.implementation[each] for each in UNREPORTED)
        if number == 0:
            return ngettext("We have seen a report on it.", "We have seen a report on each of them.", self.number)
        if number == self.number:
            return ngettext("We have seen no report on it.", "We have seen no report on any of them.", self.number)
        words = ngettext(
            "On %(n)s of them we have seen no report since it was made.",
            "On %(n)s of them we have seen no report since they were made.",
            number,
        )
        return words % {"n": number}

    def _lateness(self):
        if self.overdue:
            words = ngettext("%(n)s of them is overdue.", "%(n)s of them are overdue.", self.overdue)
            return _("It is overdue.") if self.number == 1 else words % {"n": self.overdue}
        ahead = sum(self.promises.number(**FIRM, schedule=each.value) for each in AHEAD)
        if not ahead:
            return ngettext(
                "It is not overdue, because it has no due date.",
                "None is overdue, because none has a due date.",
                self.number,
            )
        words = ngettext(
            "None is overdue; the due date of %(n)s is still to come.",
            "None is overdue; the due dates of %(n)s are still to come.",
            ahead,
        )
        return _("It is not overdue.") if self.number == 1 else words % {"n": ahead}

    # One by one

    @cached_property
    def groups(self) -> list[OpenGroup]:
        """In their order; those that one occasion made, and of which nothing was heard, together."""
        together = (list(rows) for _key, rows in groupby(self.commitments, key=_together))
        found = [OpenGroup(_occasion(commitments[0]), commitments, self.today) for commitments in together]
        greatest = max((group.months for group in found), default=0)
        for group in found:
            group.share = round(100 * group.months / greatest, 1) if greatest else 0
        return found


def _occasion(commitment):
    return public(commitment.meeting) or public(commitment.agreement)


def _together(commitment) -> Hashable:
    occasion = _occasion(commitment)
    is_late = commitment.schedule == Schedule.OVERDUE
    return type(occasion), occasion and occasion.pk, commitment.heard_latest, commitment.reports, is_late
