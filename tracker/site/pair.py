"""What stands between two countries, gathered for the page of the pair: all of it counted, and the beginning shown."""

from collections import Counter, defaultdict
from functools import cached_property
from itertools import chain

from django.db.models import Count, F, OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from agreements.documents import documents_of
from agreements.models import Agreement, AgreementEvent, WorkingGroup
from agreements.registers import AGREEMENTS, WORKING_GROUPS
from meetings.registers import COMMITMENTS
from tracker.records import edtf, typography
from tracker.records.evidence import Evidence
from tracker.records.models import Source, cite
from tracker.registers.beginning import Beginning
from tracker.registers.register import by_day
from tracker.registers.templatetags.registers import list_url

from .open_promises import OpenPromises
from .pair_duties import PairDuties
from .pair_forums import ForumCard, give_heads, with_most_sessions
from .pair_limits import MOST_DATED, limits
from .pair_meetings import PairMeetings
from .pair_timeline import by_record, by_year
from .promise_lists import PromiseLists
from .promises import SCHEDULES, Promises
from .subset import Subset


class PairPage:
    """All that the page of a pair shows on a day; ``version`` is the data version, where it was read already.

    Numbers are of all records. Of these the page shows the beginning, and so many queries and so much memory are enough
    for however many there are.
    """

    def __init__(self, one, other, today, version=None):
        self.one, self.other, self.today, self.version = one, other, today, version
        self._agreements_of_both = Subset(AGREEMENTS, {"country": (one, other)}, today, version)
        self._meetings_of_both = PairMeetings(one, other, today, version)
        self.promises = Promises(Subset(COMMITMENTS, {"country": (one, other)}, today, version))

    def _beginning(self, records, noun, **known):
        address = list_url(noun, self.one.code, self.other.code)
        return Beginning(records, address, **{"most": self._limits.rows} | known)

    @cached_property
    def _limits(self):
        dated = sum(self._agreements_by_year.values()) + self._meetings_of_both.numbers.together
        return limits(dated, dated + self.promises.total)

    # Agreements

    @cached_property
    def _agreements_by_year(self):
        shared = self._agreements_of_both
        if shared.index:
            return shared.years("signed_or_adopted", shared.keys)
        return _added_up((year, number) for _status, year, number in self._agreement_numbers)

    @cached_property
    def _agreement_numbers(self):
        """``[(status, year or None, number)]``, by the database."""
        records = self._agreements_of_both.among(AGREEMENTS.records(self.today)).order_by()
        year = ExtractYear(by_day("signed_or_adopted"))
        return list(records.values_list("status", year).annotate(number=Count("pk")))

    @cached_property
    def _agreements(self):
        """All of them, or as many as are shown."""
        most = MOST_DATED if self._limits.is_by_record else self._limits.rows
        return self._agreements_of_both.first("-signed", most, with_basis)

    @cached_property
    def agreements(self):
        return self._beginning(self._agreements, "agreement", number=sum(self._agreements_by_year.values()))

    @cached_property
    def documents(self):
        """How many documents the records stand for, as far as that can be said."""
        return documents_of(self._agreements_of_both.among(AGREEMENTS.records(self.today)))

    @property
    def agreement_statuses(self):
        """``[(status, number, address of their list)]`` of those there are."""
        shared, address = self._agreements_of_both, self._agreements_of_both.address
        numbers = (
            shared.numbers("status")
            if shared.index
            else _added_up((status, number) for status, _year, number in self._agreement_numbers)
        )
        return [
            (status, numbers[status.value], address(status=status.value))
            for status in Agreement.Status
            if numbers.get(status.value)
        ]

    # Forums, meetings and groups

    @cached_property
    def _forums(self):
        return with_most_sessions(self._meetings_of_both, self._limits.forums)

    @cached_property
    def _sessions(self):
        """``{forum: sessions}`` of all forums, or of those shown, as many as are shown."""
        meetings, found = self._meetings_of_both, defaultdict(list)
        is_all, most = self._limits.is_by_record, self._limits.numbers
        for session in meetings.all_sessions() if is_all else meetings.newest_sessions(self._forums[0], most):
            found[session.forum_id].append(session)
        return found

    @cached_property
    def _loose(self):
        return self._meetings_of_both.loose(MOST_DATED if self._limits.is_by_record else self._limits.rows)

    @cached_property
    def forums(self):
        forums, number = self._forums
        cards = [ForumCard(forum, self._sessions[forum.pk], self._limits, self.today) for forum in forums]
        sessions = list(chain.from_iterable(card.shown for card in cards))
        prefetch_related_objects([*sessions, *(card.last for card in cards if card.last)], "schedule_changes")
        give_heads(sessions)
        return self._beginning(cards, "forum", number=number, most=self._limits.forums)

    @property
    def has_strips(self):
        """Whether sessions are drawn as strips, which one key explains."""
        return any(card.strip for card in self.forums)

    @cached_property
    def loose_meetings(self):
        """Meetings outside the forums of the pair: of groups, and ad hoc."""
        return self._beginning(self._loose, "meeting", number=self._meetings_of_both.numbers.loose)

    @property
    def number_of_meetings(self):
        """How many involve both."""
        return self._meetings_of_both.numbers.both

    @property
    def meetings(self):
        """Those of them that the page names one by one."""
        sessions = chain.from_iterable(card.shown for card in self.forums)
        return [*(session for session in sessions if session.is_of_both), *self.loose_meetings]

    @cached_property
    def groups(self):
        """Those that involve both, whether of a forum of the pair or not."""
        groups = Subset(WORKING_GROUPS, {"country": (self.one, self.other)}, self.today, self.version)
        if groups.index is None:
            found = groups.among(WorkingGroup.objects.published())
            return self._beginning(with_stages(found), "working-group")
        first = groups.first("name", self._limits.rows, with_stages)
        return self._beginning(first, "working-group", number=groups.total)

    # Commitments

    @cached_property
    def lists(self):
        return PromiseLists(self.promises, self._limits.rows, self._limits.open)

    @cached_property
    def open(self):
        return OpenPromises(self.promises, self.lists.open)

    @property
    def schedules(self):
        return SCHEDULES

    @property
    def in_charge(self):
        """``[(country, [(organisation, what it does)])]``: who answers for what on each side."""
        named = [card.forum for card in self.forums]
        keys = self.promises.keys_of_all_and_firm
        found = PairDuties((self.one, self.other), self._meetings_of_both.forums, named, *keys)
        return found.sides(self._limits.rows)

    # All of it

    @property
    def contents(self):
        """``[(id, title, number or None)]`` of the parts of the page."""
        closed, soft = self.lists.closed.of_all, self.lists.soft.of_all
        folded = self.groups.of_all + self.loose_meetings.of_all + closed + soft
        parts = [
            ("open", _("What is open"), self.open.number),
            ("forums", _("The session clock"), self.forums.of_all),
            ("agreements", _("Agreements by status"), self.agreements.of_all),
            ("timeline", _("Timeline"), None) if self.timeline else None,
            ("who", _("Responsibilities"), None),
            ("more", _("Groups, other meetings, and what is closed or only proposed"), folded),
        ]
        return [part for part in parts if part]

    @property
    def formats(self):
        """``[(title, address of the list, its other formats)]``"""
        for subset in (self._agreements_of_both, self._meetings_of_both.subset, self.promises.subset):
            yield subset.register.title, subset.address(), subset.formats

    @cached_property
    def timeline(self):
        numbers, agreements = self._meetings_of_both.numbers, self._agreements_by_year
        if not self._limits.is_by_record:
            return by_year(numbers.sessions_by_year, numbers.loose_by_year, agreements, self.today)
        named = {card.forum.pk for card in self.forums}
        others = [each for forum, found in self._sessions.items() if forum not in named for each in found]
        return by_record(self.forums, others, self._loose, self._agreements, self.today)

    @property
    def kinds_of_evidence(self):
        """“news report 12, official publication 3”: of the sources of what is shown, the most frequent first."""
        labels = dict(Source.Evidence.choices)
        counted = Counter(entry["source"].evidence for entry in self.numbered_sources)
        kinds = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        return typography.clauses(f"{labels[code]} {number}" for code, number in kinds)

    @property
    def last_looked(self):
        """The last day on which news of one of the commitments shown was looked for; empty where nobody did."""
        shown = chain(self.lists.open, self.lists.closed, self.lists.soft)
        day = max((each.last_looked_on for each in shown if each.last_looked_on), default=None)
        return edtf.in_words(day.isoformat()) if day else ""

    @cached_property
    def numbered_sources(self):
        """What ``components/sources.html`` shows: the sources of what is shown, numbered in the order of the page.

        Each of the records gets ``cited``, its citations, with the number of theirs as ``marks``. Places in a source
        stay with the records: here nobody could tell for which of them a place was named.
        """
        forums = chain.from_iterable([card.forum, *card.shown] for card in self.forums)
        promised = [*self.lists.closed, *self.lists.soft]
        records = [*self.lists.open, *forums, *self.agreements, *self.groups, *self.loose_meetings, *promised]
        cite(records)
        evidence = Evidence(None, (), parts=[citation for record in records for citation in record.cited])
        return [entry | {"locators": []} for entry in evidence.entries]


def with_basis(agreements):
    """So that a signature whose day is only inferred is not drawn as a known one."""
    acts = AgreementEvent.objects.filter(agreement=OuterRef("pk"), kind__in=["signed", "adopted"], is_planned=False)
    first = acts.order_by(F("kind").desc(), F("on_latest").asc(nulls_first=True), "pk")
    return agreements.annotate(signed_or_adopted_basis=Subquery(first.values("basis")[:1]))


def with_stages(groups):
    return groups.with_bodies().prefetch_related("stages")


def _added_up(rows):
    """``{key: number}`` of pairs with the same key."""
    found = Counter()
    for key, number in rows:
        found[key] += number
    return found
