"""What stands between two countries, gathered for the page of the pair."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain

from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agreements.documents import documents_of
from agreements.models import (
    AgreementCitation,
    AgreementEvent,
    Forum,
    ForumCitation,
    Organisation,
    WorkingGroup,
    WorkingGroupCitation,
)
from agreements.registers import AGREEMENTS
from meetings.models import (
    Commitment,
    CommitmentCitation,
    CommitmentParty,
    Delegate,
    Delegation,
    Meeting,
    MeetingCitation,
    Progress,
    Schedule,
)
from meetings.registers import COMMITMENTS, MEETINGS, SIDES
from tracker.records import typography
from tracker.records.evidence import Evidence
from tracker.records.languages import compose, written
from tracker.records.models import with_sources
from tracker.records.public import public

from . import timeline


@dataclass
class ForumCard:
    """A forum of the pair with all its sessions, also those at which others met, and its clock."""

    forum: Forum
    sessions: list

    @property
    def is_of_many(self):
        """Whether others belong to it too, so that a session need not be one of both."""
        return len(self.forum.countries.all()) > 2

    @property
    def last(self):
        """The latest session that was held."""
        held = [session for session in self.sessions if session.status == Meeting.Status.HELD]
        return max(held, key=lambda session: session.session_number or 0, default=None)

    @property
    def promised(self):
        """The date first announced for the last session; None where nothing was."""
        changes = [change for change in self.last.schedule_changes.all() if change.planned_for] if self.last else []
        return changes[0] if changes else None

    @property
    def next(self):
        """The next session, where one is expected."""
        number = self.last.session_number if self.last else 0
        later = [session for session in self.sessions if (session.session_number or 0) > (number or 0)]
        expected = [session for session in later if self._cell_state(session) == "expected"]
        return min(expected, key=lambda session: session.session_number, default=None)

    @property
    def strip(self):
        """``[(number, session or None, state)]`` from the first to the last number; holes have no session.

        The state of one that was held is the ``Exactness`` of its date.
        """
        numbered = {session.session_number: session for session in self.sessions if session.session_number}
        if not numbered:
            return []
        cells = []
        for number in range(1, max(numbered) + 1):
            session = numbered.get(number)
            cells.append((number, session, self._cell_state(session)))
        return cells

    @staticmethod
    def _cell_state(session):
        if session is None:
            return "missing"
        if session.status != Meeting.Status.HELD:
            is_planned = session.status in (Meeting.Status.TENTATIVE, Meeting.Status.CONFIRMED)
            return "expected" if is_planned and not session.report else "not-held"
        return session.held_exactness


class PairPage:
    """All that the page of a pair shows; each kind of record is asked for once."""

    def __init__(self, one, other, today):
        self.one, self.other, self.today = one, other, today

    @cached_property
    def agreements(self):
        records = AGREEMENTS.records(self.today).involving(self.one, self.other).newest_first()
        acts = AgreementEvent.objects.filter(agreement=OuterRef("pk"), kind__in=["signed", "adopted"], is_planned=False)
        # So that a signature whose day is only inferred is not drawn as a known one.
        first = acts.order_by(F("kind").desc(), F("on_latest").asc(nulls_first=True), "pk")
        records = records.annotate(signed_or_adopted_basis=Subquery(first.values("basis")[:1]))
        return list(records.prefetch_related(with_sources(AgreementCitation)))

    @cached_property
    def documents(self):
        """How many documents the records stand for, as far as that can be said."""
        return documents_of(self.agreements)

    @property
    def meetings(self):
        """Those that involve both."""
        return [meeting for meeting in self._meetings if meeting.is_of_both]

    @cached_property
    def _meetings(self):
        """Those that involve both, and every other session of the forums to which both belong."""
        heads = Prefetch(
            "delegations__delegates",
            Delegate.objects.filter(role__in=[Delegate.Role.HEAD, Delegate.Role.CO_CHAIR]).select_related("person"),
        )
        records = MEETINGS.records(self.today)
        of_both = Q(pk__in=records.involving(self.one, self.other).order_by().values("pk"))
        sessions = Q(working_group=None, forum__in=self._forums_of_both())
        records = records.filter(of_both | sessions).annotate(is_of_both=Case(When(of_both, True), default=False))
        return list(
            records.newest_first()
            .select_related("forum", "working_group")
            .prefetch_related(with_sources(MeetingCitation), "schedule_changes", SIDES, heads)
        )

    def _forums_of_both(self):
        return Forum.objects.published().involving(self.one, self.other)

    def _names_both(self, session):
        """Whether a source names both as present."""
        sides = session.delegations.all()
        present = {side.from_country for side in sides if side.attendance == Delegation.Attendance.CAME}
        return {self.one, self.other} <= present

    @cached_property
    def commitments(self):
        parties = Prefetch("parties", CommitmentParty.objects.select_related("country", "organisation__country"))
        records = COMMITMENTS.records(self.today).involving(self.one, self.other)
        return list(
            records.select_related("meeting__forum", "meeting__working_group", "agreement").prefetch_related(
                parties, with_sources(CommitmentCitation)
            )
        )

    @cached_property
    def forums(self):
        leads = Prefetch("lead_organisations", Organisation.objects.published().select_related("country"))
        sessions = defaultdict(list)
        for meeting in self._meetings:
            if meeting.working_group_id is None:
                meeting.names_both = self._names_both(meeting)
                sessions[meeting.forum_id].append(meeting)
        cards = [
            ForumCard(
                forum,
                sorted(sessions[forum.pk], key=lambda session: -(session.session_number or 0)),
            )
            for forum in self._forums_of_both().prefetch_related(leads, "countries", with_sources(ForumCitation))
        ]
        return sorted(cards, key=lambda card: -len(card.sessions))

    @cached_property
    def groups(self):
        """Those that involve both, whether of a forum of the pair or not."""
        groups = WorkingGroup.objects.published().involving(self.one, self.other).with_bodies()
        return list(groups.prefetch_related("stages", with_sources(WorkingGroupCitation)))

    @property
    def loose_meetings(self):
        """Meetings outside the forums of the pair: of groups, and ad hoc."""
        in_cards = {session.pk for card in self.forums for session in card.sessions}
        return [meeting for meeting in self.meetings if meeting.pk not in in_cards]

    @cached_property
    def headline(self):
        return Commitment.objects.published().involving(self.one, self.other).headline(self.today)

    @property
    def crosstab(self):
        """``[(progress, [(schedule, number of firm commitments)], number of proposals)]``"""
        firm = Counter((each.progress, each.schedule) for each in self.commitments if each.is_firm)
        soft = Counter(each.progress for each in self.commitments if not each.is_firm)
        return [(row, [(column, firm[row, column]) for column in self.schedules], soft[row]) for row in Progress]

    def numbered_sources(self):
        """What ``components/sources.html`` shows: the sources of all records, numbered in the order of the page.

        The citations get the number of theirs as ``marks``. Places in a source stay with the records: here nobody could
        tell for which of them a place was named.
        """
        forums = chain.from_iterable([card.forum, *card.sessions] for card in self.forums)
        groups = [*self.promised_by_meeting, *self.proposed_by_meeting]
        promised = chain.from_iterable(commitments for _meeting, commitments in groups)
        records = chain(forums, self.groups, self.loose_meetings, self.agreements, promised)
        evidence = Evidence(None, (), parts=[citation for record in records for citation in record.citations.all()])
        return [entry | {"locators": []} for entry in evidence.entries]

    @property
    def schedules(self):
        """Those that firm commitments can have."""
        return [schedule for schedule in Schedule if schedule != Schedule.PASSED]

    @property
    def strengths(self):
        """``[(strength, number)]`` of those there are, the firmest first."""
        numbers = Counter(commitment.strength for commitment in self.commitments)
        return [(strength, numbers[strength]) for strength in Commitment.Strength if numbers[strength]]

    @property
    def promised_by_meeting(self):
        """``[(meeting or None, [firm commitment])]``, newest meetings first. One that is hidden is none."""
        return self._by_meeting(commitment for commitment in self.commitments if commitment.is_firm)

    @property
    def proposed_by_meeting(self):
        """As ``promised_by_meeting``, what was only proposed or said."""
        return self._by_meeting(commitment for commitment in self.commitments if not commitment.is_firm)

    def _by_meeting(self, commitments):
        groups = defaultdict(list)
        for commitment in commitments:
            meeting, is_in_agreement = public(commitment.meeting), bool(public(commitment.agreement))
            groups[meeting and meeting.pk, is_in_agreement and not meeting].append(commitment)
        order = {meeting.pk: place for place, meeting in enumerate(self.meetings)}
        return [
            (public(rows[0].meeting), sorted(rows, key=lambda row: (row.position, row.pk)))
            for _key, rows in sorted(groups.items(), key=lambda item: order.get(item[0][0], len(order)))
        ]

    @property
    def in_charge(self):
        """``[(country, [(organisation, what it does)])]``: who answers for what on each side."""
        sides = {self.one.pk: {}, self.other.pk: {}}
        for card in self.forums:
            for organisation in card.forum.lead_organisations.all():
                forum = written(card.forum.abbreviation or card.forum.name)
                duty = compose(_("leads %(forum)s"), forum=forum)
                sides.get(organisation.country_id, {}).setdefault(organisation, []).append(duty)
        undertaken = Counter(
            (party.organisation, commitment.is_firm)
            for commitment in self.commitments
            for party in commitment.parties.all()
            if party.side == CommitmentParty.Side.BY and public(party.organisation)
        )
        for (organisation, is_firm), number in undertaken.items():
            firm, soft = _("undertook %(number)s of the commitments"), _("named in %(number)s of the proposals")
            duty = (firm if is_firm else soft) % {"number": number}
            sides.get(organisation.country_id, {}).setdefault(organisation, []).append(duty)
        return [
            (country, [(body, typography.statements(duties)) for body, duties in sides[country.pk].items()])
            for country in (self.one, self.other)
        ]

    @property
    def timeline(self):
        lanes = [
            timeline.Lane(
                written(card.forum.name),
                [
                    timeline.point(session, session.headline, "held", str(session.session_number or ""))
                    for session in card.sessions
                    if session.status == Meeting.Status.HELD
                ],
            )
            for card in self.forums
        ]
        others = [meeting for meeting in self.loose_meetings if meeting.status == Meeting.Status.HELD]
        lanes += [
            timeline.Lane(
                _("Working groups and other meetings"),
                [timeline.point(meeting, meeting.headline, "held") for meeting in others],
            ),
            timeline.Lane(
                _("Agreements signed or adopted"),
                [timeline.point(agreement, agreement.headline, "signed_or_adopted") for agreement in self.agreements],
            ),
        ]
        return timeline.draw(lanes, self.today)
