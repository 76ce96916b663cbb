"""What stands between two countries, gathered for the page of the pair."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Case, OuterRef, Prefetch, Q, Subquery, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agreements.models import (
    AgreementCitation,
    AgreementEvent,
    Forum,
    ForumCitation,
    Organisation,
    WorkingGroup,
    WorkingGroupCitation,
    WorkingGroupMember,
)
from agreements.registers import AGREEMENTS
from meetings.models import (
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
from tracker.records.models import with_sources

from . import timeline


@dataclass
class ForumCard:
    """A forum of the pair with all its sessions, also those at which others met, and its clock."""

    forum: Forum
    sessions: list
    groups: list

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
        signatures = AgreementEvent.objects.filter(agreement=OuterRef("pk"), kind="signed", is_planned=False)
        # So that a signature whose day is only inferred is not drawn as a known one.
        records = records.annotate(signed_basis=Subquery(signatures.values("basis")[:1]))
        return list(records.prefetch_related(with_sources(AgreementCitation)))

    @property
    def documents(self):
        """How many documents the records stand for; a named child is in its parent's number, where that is here."""
        here = {agreement.pk for agreement in self.agreements}
        return sum(agreement.count for agreement in self.agreements if agreement.parent_id not in here)

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
        came = [side for side in session.delegations.all() if side.attendance == Delegation.Attendance.CAME]
        present = {side.country_id or side.organisation.country_id for side in came}
        return {self.one.pk, self.other.pk} <= present

    @cached_property
    def commitments(self):
        parties = Prefetch("parties", CommitmentParty.objects.select_related("country", "organisation__country"))
        records = COMMITMENTS.records(self.today).involving(self.one, self.other)
        return list(
            records.select_related("meeting__forum", "meeting__working_group").prefetch_related(
                parties, with_sources(CommitmentCitation)
            )
        )

    @cached_property
    def forums(self):
        leads = Prefetch("lead_organisations", Organisation.objects.published().select_related("country"))
        groups = Prefetch(
            "working_groups",
            WorkingGroup.objects.published().prefetch_related("stages", with_sources(WorkingGroupCitation)),
        )
        sessions = defaultdict(list)
        for meeting in self._meetings:
            if meeting.working_group_id is None:
                meeting.names_both = self._names_both(meeting)
                sessions[meeting.forum_id].append(meeting)
        cards = [
            ForumCard(
                forum,
                sorted(sessions[forum.pk], key=lambda session: -(session.session_number or 0)),
                list(forum.working_groups.all()),
            )
            for forum in self._forums_of_both().prefetch_related(
                leads, groups, "countries", with_sources(ForumCitation)
            )
        ]
        return sorted(cards, key=lambda card: -len(card.sessions))

    @cached_property
    def groups(self):
        """Of the forums of both; and those of no forum to which both belong."""
        alone = WorkingGroup.objects.published().filter(forum=None)
        for country in (self.one, self.other):
            members = WorkingGroupMember.objects.filter(Q(country=country) | Q(organisation__country=country))
            alone = alone.filter(pk__in=members.values("group"))
        alone = alone.prefetch_related("stages", with_sources(WorkingGroupCitation))
        return [group for card in self.forums for group in card.groups] + list(alone)

    @property
    def loose_meetings(self):
        """Meetings outside the forums of the pair: of groups, and ad hoc."""
        in_cards = {session.pk for card in self.forums for session in card.sessions}
        return [meeting for meeting in self.meetings if meeting.pk not in in_cards]

    @property
    def crosstab(self):
        """``[(progress, [(schedule, number)])]``"""
        numbers = Counter((commitment.progress, commitment.schedule) for commitment in self.commitments)
        return [(row, [(column, numbers[row, column]) for column in Schedule]) for row in Progress]

    @property
    def schedules(self):
        return list(Schedule)

    @property
    def overdue(self):
        return [commitment for commitment in self.commitments if commitment.schedule == Schedule.OVERDUE]

    @property
    def commitments_by_meeting(self):
        """``[(meeting or None, [commitment])]``, in the order of the newest meetings."""
        groups = defaultdict(list)
        for commitment in self.commitments:
            groups[commitment.meeting_id].append(commitment)
        order = {meeting.pk: place for place, meeting in enumerate(self.meetings)}
        return [
            (rows[0].meeting, sorted(rows, key=lambda row: (row.position, row.pk)))
            for _key, rows in sorted(groups.items(), key=lambda item: order.get(item[0], len(order)))
        ]

    @property
    def in_charge(self):
        """``[(country, {organisation: [what it does]})]``: who answers for what on each side."""
        sides = {self.one.pk: {}, self.other.pk: {}}
        for card in self.forums:
            for organisation in card.forum.lead_organisations.all():
                duty = _("leads %(forum)s") % {"forum": card.forum.abbreviation or card.forum.name}
                sides.get(organisation.country_id, {}).setdefault(organisation, []).append(duty)
        promised = Counter(
            party.organisation
            for commitment in self.commitments
            for party in commitment.parties.all()
            if party.organisation and party.side == CommitmentParty.Side.BY and party.organisation.is_public
        )
        for organisation, number in promised.items():
            duty = _("undertook %(number)s of the commitments") % {"number": number}
            sides.get(organisation.country_id, {}).setdefault(organisation, []).append(duty)
        return [(country, sides[country.pk].items()) for country in (self.one, self.other)]

    @property
    def timeline(self):
        lanes = [
            timeline.Lane(
                card.forum.name,
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
                _("Agreements signed"),
                [timeline.point(agreement, agreement.headline, "signed") for agreement in self.agreements],
            ),
        ]
        return timeline.draw(lanes, self.today)
