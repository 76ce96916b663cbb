"""The weekly sheet of each forum for whoever coordinates it: who owes what, problems first.

It shows what is published, and besides that answers that still wait for an editor: coordinators are staff and keep the
records. Nothing of it belongs on the public site.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import translation

from agreements.models import Forum, Person
from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue
from tracker.mail.relay import Withdraw

from . import sheet_mail
from .calendar import Clock
from .lapses import Lapse
from .letterhead import Look
from .owed import Ledger, Ward
from .planner import recipient
from .record import Holds
from .upkeep import Coordinators

KIND = "sheet"
# What has been said, or will be: a message given up or withdrawn says nothing.
TOLD = (*Delivery.UNSENT, Delivery.State.SENT)


@dataclass(frozen=True)
class Sheet:
    """One forum, one person, the week of ``day``. Without a forum it is about all that nobody else keeps."""

    forum_id: int | None
    person: Person
    day: date

    @property
    def key(self):
        return key(self.forum_id, self.person.pk, monday_of(self.day))

    def delivery(self, now):
        return Delivery(key=self.key, kind=KIND, recipient=recipient(self.person), day=self.day, not_before=now)


def key(forum_id: int | None, person_id: int, monday: date) -> str:
    return f"{KIND}:{forum_id or 0}:{person_id}:{monday}"


def read_key(text: str) -> tuple[int | None, int, date]:
    """Return the forum, the person and the Monday that the key of a delivery is made of."""
    _kind, forum_id, person_id, monday = text.split(":")
    return int(forum_id) or None, int(person_id), date.fromisoformat(monday)


def monday_of(day: date) -> date:
    """The first day of the week (ISO 8601) of ``day``."""
    return day - timedelta(days=day.weekday())


def plan(now: datetime, day: date | None = None) -> list[Sheet]:
    """Queue every sheet that is due at ``now`` and return those that this call queued.

    With ``day`` it is that day for everybody, past their hour of mail. To run it again, or twice at once, adds nothing.
    """
    sheets = due_sheets(now, day)
    if not sheets:
        return []
    with transaction.atomic():
        queued = enqueue(sheet.delivery(now) for sheet in sheets)
    return [sheet for sheet in sheets if sheet.key in queued]


def due_sheets(now: datetime, day: date | None = None) -> list[Sheet]:
    """Return the sheets due at ``now`` and not queued yet. Changes nothing; the number of queries is fixed.

    A sheet is due on the first working day of the week, and on any later one for as long as it has not been planned:
    so the server may be away, and whoever is appointed in mid-week is told at once.
    """
    clock, holds = Clock(now, day), Holds(day or now.date())
    coordinators = Coordinators(clock)
    sheets = [
        Sheet(forum, person, clock.day(person))
        for forum in coordinators.forums()
        for person in coordinators.of_forum(forum)
        if clock.is_hour_of_mail(person) and coordinators.register.is_at_work(person) and not holds.has(person.pk, None)
    ]
    sheets = list(_not_told(sheets, coordinators)) if sheets else []
    if not sheets:
        return []
    ledger = Ledger(_ward(sheets, coordinators), clock, holds)
    return [sheet for sheet in sheets if ledger.entries(sheet.forum_id, sheet.person)]


def _not_told(sheets, coordinators):
    """Those whose key is new; whoever stands in for others gets no second copy of what these had before they left."""
    holders = {sheet: coordinators.holders(sheet.forum_id, sheet.person) for sheet in sheets}
    theirs = {
        sheet: {key(sheet.forum_id, holder, monday_of(sheet.day)) for holder in holders[sheet]} for sheet in sheets
    }
    keys = set().union(*theirs.values(), (sheet.key for sheet in sheets))
    states = dict(Delivery.objects.filter(key__in=keys).values_list("key", "state"))
    for sheet in sheets:
        is_stand_in = sheet.person.pk not in holders[sheet]
        is_covered = is_stand_in and all(states.get(each) in TOLD for each in theirs[sheet])
        if sheet.key not in states and not is_covered:
            yield sheet


def _ward(sheets, coordinators):
    kept = frozenset(coordinators.forums()) - {None}
    return Ward(frozenset(sheet.forum_id for sheet in sheets), kept)


class Letters:
    """The letters of some deliveries of the kind ``sheet``: some thirty queries, whatever their number."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._look = Look()
        keys = {delivery.pk: read_key(delivery.key) for delivery in deliveries}
        days = {}
        for delivery in deliveries:
            # Planned for a day to come (send_followups --today), it speaks as of that day.
            person = keys[delivery.pk][1]
            days[person] = min(delivery.day, days.get(person, delivery.day))
        self._clock, self._holds = Clock(now, earliest=days), Holds(now.date())
        self._coordinators = Coordinators(self._clock)
        self._sheets = {pk: self._sheet(*parts) for pk, parts in keys.items()}
        sheets = [sheet for sheet in self._sheets.values() if sheet]
        ward = _ward(sheets, self._coordinators)
        self._ledger = Ledger(ward, self._clock, self._holds)
        self._desk = sheet_mail.Desk(self._ledger, ward, Forum.objects.in_bulk(ward.forums - {None}))

    def write(self, delivery: Delivery) -> EmailMultiAlternatives:
        """Return the mail, in the person's language, or raise ``Withdraw``."""
        sheet = self._sheets[delivery.pk]
        if sheet is None:
            raise Withdraw("The person no longer keeps these records, or cannot be written to.")
        if read_key(delivery.key)[2] < monday_of(sheet.day):
            raise Withdraw("Its week is over.")
        if self._holds.has(sheet.person.pk, None):
            raise Withdraw(str(Lapse.HELD.label))
        with translation.override(sheet.person.language):
            entries = self._ledger.entries(sheet.forum_id, sheet.person)
            if not entries:
                raise Withdraw("Nothing is left to say.")
            return self._desk.compose(sheet.forum_id, sheet.person, entries)

    def is_current(self, delivery: Delivery) -> bool:
        return self._look.still_holds(read_key(delivery.key)[1])

    def confirm(self, delivery: Delivery) -> None:
        """A sheet leaves no trace but its delivery."""

    def _sheet(self, forum_id, person_id, _monday):
        """The sheet as of now; None where somebody else keeps these records."""
        if forum_id not in self._coordinators.forums():
            return None
        people = {person.pk: person for person in self._coordinators.of_forum(forum_id)}
        person = people.get(person_id)
        return Sheet(forum_id, person, self._clock.day(person)) if person else None
