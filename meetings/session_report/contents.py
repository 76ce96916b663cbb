"""The whole report: its head, its parts from A to F with their items numbered through, and its sources."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.records import typography
from tracker.records.evidence import Evidence
from tracker.records.languages import capfirst, written
from tracker.registers.beginning import Beginning
from tracker.registers.templatetags.registers import list_url

from ..models import (
    Commitment,
    CommitmentCitation,
    CommitmentLineage,
    Delegate,
    DelegateClaim,
    Delegation,
    Meeting,
    MeetingCitation,
)
from . import reading, summary
from .items import Instrument, Lineage, Produced, Promised, differences

Attendance = Delegation.Attendance


# In the order of the report, with what is said of all of them.
TITLES = {
    "firm": (gettext_lazy("Firm commitments"), gettext_lazy("Agreed, agreed in principle, committed or announced.")),
    "soft": (
        gettext_lazy("Proposals and statements"),
        gettext_lazy("Nothing was promised, so that nothing is late or done."),
    ),
    "outcomes": (gettext_lazy("Decisions and other outcomes"), ""),
    "instruments": (
        gettext_lazy("Agreements"),
        gettext_lazy("What happened with them there, and their status today."),
    ),
    "carried": (
        gettext_lazy("Carried over from earlier sessions"),
        gettext_lazy(
            "Firmly promised at the session before and open today, or completed since this session began; and what "
            "this session repeats, refines or supersedes."
        ),
    ),
    "differences": (gettext_lazy("Where sources differ"), ""),
}


@dataclass(frozen=True)
class ReportPart:
    """Items of one kind. They are numbered by its letter: A1, A2 …"""

    letter: str
    name: str
    items: Beginning

    @property
    def heading(self) -> str:
        return f"{self.letter}. {TITLES[self.name][0]}"

    @property
    def note(self) -> str:
        return str(TITLES[self.name][1])

    @property
    def is_of_promises(self) -> bool:
        return self.name in ("firm", "soft", "carried")


class SessionReport:
    """What a published meeting decided and promised, and what is known of it on a day; of each part at most ``most``
    items. It asks the database when it is made; the meeting comes with its ``before`` (``with_session_before``)."""

    def __init__(self, meeting: Meeting, today: date, most: int) -> None:
        self.meeting, self.today, self.most = meeting, today, most
        self.before = reading.session_before(meeting)
        self.sides = reading.sides(meeting)
        self.members = [] if self.sides else list(meeting.countries.order_by("name"))
        self.outcomes = reading.OUTCOMES(meeting)
        self.agreements = reading.INSTRUMENTS(meeting, today)
        sessions = [each.pk for each in (meeting, self.before) if each]
        promises = self._promises_of(sessions)
        own = [each for each in promises if each.meeting_id == meeting.pk]
        self._firm = [each for each in own if each.part == "firm"]
        self._soft = [each for each in own if each.part == "soft"]
        self.numbers_of_firm, self.numbers_of_soft = summary.counted(self._firm), summary.counted(self._soft)
        self._open_before = [each for each in promises if self._is_carried_over(each)]
        self._again = self._taken_up(own)
        self._say_of_each([*self._firm[:most], *self._soft[:most], *self._carried_over()])
        self.evidence = self._evidence()

    def _promises_of(self, sessions):
        known = {each.pk: each for each in (self.meeting, self.before) if each}
        promises = reading.OF_SESSIONS.of_all(sessions, self.today, self.most)
        for each in promises:
            each.meeting = known[each.meeting_id]
        return promises

    def _is_carried_over(self, promise):
        """Promised at the session before, and open or completed since this one met."""
        return promise.meeting_id != self.meeting.pk and promise.part == "firm" and promise.ended != "before"

    def _taken_up(self, own):
        """``{earlier commitment: [the same, as each commitment of this session takes it up]}``."""
        found = defaultdict(list)
        for each in reading.EARLIER(self.meeting, self.today, self.most) if own else ():
            if each.meeting_id != self.meeting.pk:
                found[each.pk].append(each)
        return found

    def _carried_over(self):
        known = {each.pk for each in self._open_before}
        return [*self._open_before[: self.most], *(rows[0] for key, rows in self._again.items() if key not in known)]

    def _say_of_each(self, promises):
        keys = [each.pk for each in promises]
        self._tell_from_when(promises)
        parties, words = defaultdict(list), defaultdict(list)
        for party in reading.PARTIES.of_all(keys):
            parties[party.commitment_id].append(party)
        self.updates = reading.LAST_WORDS.of_all(keys)
        for update in self.updates:
            words[update.commitment_id].append(update)
        self._items = {each.pk: Promised(each, parties[each.pk], words[each.pk]) for each in promises}

    def _tell_from_when(self, promises):
        """Give those whose due date is counted from something what that is, as far as any say so in words."""
        counted = {each.pk: each for each in promises if each.due_rule == Commitment.DueRule.RELATIVE and not each.due}
        for row in reading.COUNTED.of_all(counted):
            counted[row.pk].due_event, counted[row.pk].due_meeting = row.due_event, row.due_meeting

    def _evidence(self):
        delegates = [delegate for _side, leading in self.sides for delegate in leading]
        cited = reading.cited(self.meeting, delegates, [each.commitment for each in self._items.values()])
        for delegate in delegates:
            delegate._prefetched_objects_cache = {"claims": cited[DelegateClaim][delegate.pk]}
        evidence = Evidence(self.meeting, cited[MeetingCitation][self.meeting.pk], [*delegates, *self.outcomes])
        for key, item in self._items.items():
            evidence.enter(item.commitment, cited[CommitmentCitation][key])
            evidence.add(item.updates)
        return evidence

    # Parts

    @cached_property
    def parts(self) -> dict[str, ReportPart]:
        """``{name: part}`` in their order; the differences come last, as they name the items of the others."""
        here = self.meeting.get_absolute_url()
        firm, soft, before = (
            list_url("commitment", meeting=meeting and meeting.reference, standing=standing)
            for meeting, standing in ((self.meeting, "firm"), (self.meeting, "soft"), (self.before, "firm"))
        )
        parts = [
            self._part("A", "firm", self._promised(self._firm), firm, self.numbers_of_firm["all"]),
            self._part("B", "soft", self._promised(self._soft), soft, self.numbers_of_soft["all"]),
            self._part("C", "outcomes", map(Produced, self.outcomes), here),
            self._part("D", "instruments", map(Instrument, self.agreements), here),
            self._part("E", "carried", self._promised(self._carried_over()), before, self._number_carried()),
        ]
        self._tell_lineage(*(parts[place].items for place in (0, 1, 4)))
        parts.append(self._part("F", "differences", self._differences(parts), here))
        return {part.name: part for part in parts}

    def _part(self, letter, name, items, address, number=None):
        items = list(items)
        for place, item in enumerate(items, 1):
            item.number = f"{letter}{place}"
        return ReportPart(letter, name, Beginning(items, address, number=number or len(items), most=self.most))

    def _promised(self, promises):
        return [self._items[each.pk] for each in promises if each.pk in self._items]

    def _number_carried(self):
        shown = self._carried_over()
        open_before = {each.ended: each.of_all for each in self._open_before}
        return sum(open_before.values()) + len(shown) - len(self._open_before[: self.most])

    def _tell_lineage(self, firm, soft, carried):
        """Each of the session that takes up an earlier one, and that one, name the number of the other."""
        own = {item.commitment.pk: item for item in (*firm, *soft)}
        for earlier in carried:
            for row in self._again.get(earlier.commitment.pk, ()):
                forwards, backwards = CommitmentLineage.SENTENCES[row.taken_up_as]
                later = own.get(row.taken_up_by)
                if later:
                    later.lineage = [*later.lineage, Lineage(str(forwards), earlier.number)]
                    earlier.lineage = [*earlier.lineage, Lineage(str(backwards), later.number)]

    def _differences(self, parts):
        yield from differences(self.evidence.claims)
        for _side, leading in self.sides:
            for delegate in leading:
                yield from differences(delegate.stated, of=delegate.name)
        for part in parts:
            for item in part.items if part.is_of_promises else ():
                yield from differences(item.commitment.stated, of=item.number, address=f"#{item.number}")

    @property
    def left_out(self) -> int:
        """How many items are not shown."""
        return sum(part.items.more for part in self.parts.values())

    @property
    def is_empty(self) -> bool:
        """Whether nothing that it brought about is recorded."""
        return not any(self.parts[name].items for name in ("firm", "soft", "outcomes", "instruments"))

    # The head

    @property
    def kind(self) -> str:
        return summary.report_title(self.meeting)

    @property
    def place_and_day(self) -> str:
        meeting = self.meeting
        parts = (written(meeting.place) if meeting.place else "", meeting.get_mode_display(), meeting.day_in_words)
        return capfirst(typography.clauses(parts))

    @property
    def summary(self) -> str:
        """One sentence of what was firmly promised; where nothing at all is recorded, that."""
        if self.is_empty:
            return _("Nothing that was decided or promised there is recorded here.")
        return summary.of_firm(self.numbers_of_firm)

    @property
    def limits(self) -> list[str]:
        """What is to be known beside it."""
        said = (summary.of_dates(self.numbers_of_firm), summary.of_soft(self.numbers_of_soft["all"]))
        return [each for each in said if each]

    @property
    def heads(self) -> list[tuple[str, Delegate]]:
        """Who led, each under the role and the side."""
        return [
            (typography.clauses([capfirst(delegate.get_role_display()), side.name]), delegate)
            for side, leading in self.sides
            for delegate in leading
        ]

    @property
    def attendance(self) -> list[tuple[str, str]]:
        """The sides, by how they are known to have attended; where none is named, the members of the body."""
        if not self.sides:
            names = [country.local_name for country in self.members]
            return [(_("Members; attendance not stated"), typography.names(names))] if names else []
        found: list[tuple[str, str]] = []
        for code, label in Attendance.choices:
            names = [side.name for side, _leading in self.sides if side.attendance == code]
            if names:
                found.append((capfirst(str(label)), typography.names(names)))
        return found

    @property
    def head_lines(self) -> list[tuple[str, str]]:
        """All that its head says, line by line, each with a label."""
        lines = [
            (self.kind, self.meeting.headline),
            (_("Permanent reference"), self.meeting.reference),
            (_("Place and day"), self.place_and_day),
            (_("Status"), self.meeting.status_in_words),
            (_("In sum"), " ".join([self.summary, *self.limits])),
        ]
        return [*((label, said) for label, said in lines if said), *self.people_lines]

    @property
    def people_lines(self) -> list[tuple[str, str]]:
        """Who led, who attended, and the session before."""
        lines = [*((label, _said_of(delegate)) for label, delegate in self.heads), *self.attendance]
        return lines + [(_("Session before"), self.before_in_words)] * bool(self.before)

    @property
    def disclaimer(self) -> str:
        return _(
            "Drawn from public sources; not a document of any government. “No report seen” means that we have seen "
            "none, and not that nothing was done."
        )

    @property
    def before_in_words(self) -> str:
        if not self.before:
            return ""
        name = capfirst(self.before.session_in_words) or self.before.headline
        return typography.clauses([name, self.before.day_in_words])


def _said_of(delegate):
    """The name, and the office where that is not the name."""
    return typography.clauses([delegate.name, written(delegate.office) if delegate.person else ""])
