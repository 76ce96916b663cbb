"""The page of a person: the meetings that name them, what they signed, promised, did and said, and the offices in which
sources put them on which day. As published records have it, and nothing that the desk knows beside."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from agreements.models import Agreement, Country, Forum, Organisation, Person, WorkingGroup
from meetings.models import Commitment, Meeting
from tracker.records.public import public, public_name
from tracker.registers.beginning import Beginning
from tracker.registers.prepared import OfRecord
from tracker.registers.record import json_address
from tracker.registers.templatetags.registers import list_url

from .mentions import ATTENDANCE, EVENT, FIGURE, SIGNATURE, SPOKEN, STATEMENT, Mention, mentions_of

# The records that name a person, as the page shows them.
RECORDS = {
    Agreement: OfRecord(lambda keys, today: Agreement.objects.published().with_status(today).filter(pk__in=keys)),
    Commitment: OfRecord(lambda keys, today: Commitment.objects.published().with_status(today).filter(pk__in=keys)),
    Forum: OfRecord(lambda keys, _today: Forum.objects.published().filter(pk__in=keys)),
    Meeting: OfRecord(
        lambda keys, today: (
            Meeting.objects.published().with_report(today).select_related("forum", "working_group").filter(pk__in=keys)
        )
    ),
    WorkingGroup: OfRecord(lambda keys, _today: WorkingGroup.objects.published().with_bodies().filter(pk__in=keys)),
}
# Of each sort of record, and of offices; of what was said and done beside; of the days on which one office is stated.
MOST, MOST_ACTS, MOST_DAYS = 12, 100, 3


@dataclass(frozen=True)
class Side:
    """Whom somebody came or signed for, as ``agreements/body.html`` reads it."""

    body: Any
    name: str


@dataclass(frozen=True)
class NamingRow:
    """A row that names the person, with the record that has it, and the side it names them on."""

    mention: Mention
    record: Any
    side: Side | None


@dataclass(frozen=True)
class NamingRecord:
    """A record, and the rows of it that name the person."""

    record: Any
    rows: list[NamingRow]


@dataclass(frozen=True)
class Office:
    """An office in the words of the sources, and the rows that state it, the newest first."""

    name: str
    mentions: list[Mention]

    @property
    def days(self) -> list[Mention]:
        return self.mentions[:MOST_DAYS]

    @property
    def more(self) -> int:
        return len(self.mentions) - len(self.days)


class PersonPage:
    def __init__(self, person: Person, today: date) -> None:
        self.person, self.today = person, today
        self.mentions = mentions_of(person)
        self.data = json_address(person.get_absolute_url())

    # The rows, before the records that they are of are read

    @cached_property
    def _attended(self) -> Beginning:
        return Beginning(self._by_record(ATTENDANCE), list_url("meeting", delegate=self.person.slug), most=MOST)

    @cached_property
    def _signed(self) -> Beginning:
        return Beginning(self._by_record(SIGNATURE), list_url("agreement", signatory=self.person.slug), most=MOST)

    @cached_property
    def _spoken(self) -> Beginning:
        return Beginning(self._by_record(SPOKEN), list_url("commitment", spoken_by=self.person.slug), most=MOST)

    @cached_property
    def _acted(self) -> Beginning:
        acts = [mention for mention in self.mentions if mention.what in (EVENT, STATEMENT, FIGURE)]
        return Beginning(acts, "", most=MOST_ACTS)

    def _by_record(self, what) -> list[list[Mention]]:
        found = defaultdict(list)
        for mention in self.mentions:
            if mention.what == what:
                found[mention.record].append(mention)
        return list(found.values())

    # What they lead to

    @cached_property
    def _records(self) -> dict[tuple[Any, int], Any]:
        wanted = defaultdict(set)
        shown = [mentions[0] for part in (self._attended, self._signed, self._spoken) for mentions in part]
        for mention in (*shown, *self._acted):
            wanted[mention.kind].add(mention.record)
        return {
            (kind, record.pk): record
            for kind, keys in wanted.items()
            for record in RECORDS[kind].of_all(keys, self.today)
        }

    @cached_property
    def _bodies(self) -> dict[tuple[str, int], Any]:
        found = {}
        for name, model in (("country", Country), ("organisation", Organisation)):
            keys = {key for mention in self.mentions if (key := getattr(mention, name))}
            found |= {(name, key): body for key, body in model.objects.in_bulk(keys).items()} if keys else {}
        return found

    def _side(self, mention):
        for name in ("country", "organisation"):
            if key := getattr(mention, name):
                body = self._bodies[name, key]
                return Side(public(body), public_name(body))
        return None

    def _named(self, mention):
        return NamingRow(mention, self._records[mention.kind, mention.record], self._side(mention))

    def _entries(self, part: Iterable[list[Mention]]) -> list[NamingRecord]:
        return [
            NamingRecord(rows[0].record, rows)
            for rows in ([self._named(each) for each in mentions] for mentions in part)
        ]

    # What the page shows

    @cached_property
    def sides(self) -> list[str]:
        """The names of those whom they came or signed for, each once."""
        sides = filter(None, map(self._side, self.mentions))
        return list(dict.fromkeys(side.name for side in sides))

    @property
    def meetings(self) -> Beginning:
        return self._attended

    @cached_property
    def years(self) -> list[tuple[str, list[NamingRecord]]]:
        """``[(year, meetings)]``, the newest first; at the end those of which no year is certain, under none."""
        found = defaultdict(list)
        for entry in self._entries(self._attended):
            found[entry.rows[0].mention.year].append(entry)
        return sorted(found.items(), key=lambda pair: pair[0], reverse=True)

    @cached_property
    def signatures(self) -> Beginning:
        return Beginning(self._entries(self._signed), self._signed.address, number=self._signed.of_all, most=MOST)

    @cached_property
    def promises(self) -> Beginning:
        records = [entry.record for entry in self._entries(self._spoken)]
        return Beginning(records, self._spoken.address, number=self._spoken.of_all, most=MOST)

    @cached_property
    def acts(self) -> list[NamingRow]:
        return [self._named(mention) for mention in self._acted]

    @property
    def more_acts(self) -> int:
        return self._acted.more

    @cached_property
    def offices(self) -> Beginning:
        """Those of which a day is known come in its order, the newest first."""
        found = defaultdict(list)
        for mention in self.mentions:
            if mention.office:
                found[mention.office].append(mention)
        return Beginning([Office(*pair) for pair in found.items()], self.data, most=MOST)
