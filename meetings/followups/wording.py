"""How records are put to the people who are told of them, in digests, on sheets and on the answer page alike.

Nothing here may come from a record that is not public, nor name one: mail leaves the house.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import CommitmentParty, Meeting, ProgressUpdate, Reminder
from tracker.mail import links
from tracker.records import edtf, typography
from tracker.records.languages import Written, compose, written
from tracker.records.public import public

from . import answers, rules
from .history import Questions
from .people import InCharge
from .rules import is_at_intervals

Side = CommitmentParty.Side
# Letters of a text in mail: the record, a click away, has all of it.
LONGEST_TEXT, LONGEST_NOTE = 500, 250


@dataclass(frozen=True)
class Fact:
    """A line under an item: “Promised by: Pakistan to Sri Lanka”."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class DigestItem:
    """One record as a digest shows it. ``urgency`` says under which heading, ``due_on`` in which order."""

    urgency: str
    due_on: date
    when: str
    reference: str
    title: str
    record_link: str
    action: tuple[str, str]
    quote: str = ""
    text: str = ""
    question: str = ""
    facts: list[Fact] = field(default_factory=list)
    quick_answers: list[tuple[str, str]] = field(default_factory=list)
    sequence: int = 0


@dataclass(frozen=True)
class LastReport:
    """The last word of one side, or of an assessor, on a commitment."""

    progress: str
    level: str
    side: str
    as_of: str
    text: str


def for_wording(commitments):
    """Add to a queryset of commitments all that the functions below read."""
    parties = CommitmentParty.objects.select_related("country", "organisation")
    reports = ProgressUpdate.objects.published().exclude(progress="").select_related("side")
    return commitments.select_related(
        "meeting__forum", "meeting__working_group", "agreement", "forum"
    ).prefetch_related(
        Prefetch("parties", parties, to_attr="told_parties"), Prefetch("progress_updates", reports, to_attr="reports")
    )


def occasion(commitment) -> tuple[str, str] | None:
    """Return what the commitment was made in, a meeting with its date or else an agreement, after the word for it; None
    if neither is public."""
    meeting, agreement = public(commitment.meeting), public(commitment.agreement)
    if meeting is not None:
        return _("Meeting"), typography.clauses(filter(None, [meeting.headline, meeting.day_in_words]))
    if agreement is not None:
        return _("Agreement"), agreement.headline
    return None


def undertaking(commitment) -> str:
    """Return who promised whom: “Pakistan to Sri Lanka”, “Pakistan, Sri Lanka to each other”."""
    by, to = (_names(commitment.told_parties, side) for side in (Side.BY, Side.TO))
    if by == to and by:
        return compose(_("%(names)s to each other"), names=by)
    if by and to:
        return compose(_("%(by)s to %(to)s"), by=by, to=to)
    return by


def _names(parties: Iterable[CommitmentParty], side):
    return typography.names(party.name for party in parties if party.side == side)


def last_reports(commitment) -> list[LastReport]:
    """Return the latest published report of each side; two sides may differ, and both are told."""
    latest = {update.side_id: update for update in commitment.reports}
    return [
        LastReport(
            update.progress,
            update.get_progress_display(),
            written(update.side or update.assessor),
            update.as_of_in_words,
            written(update.text, update.text_language),
        )
        for update in latest.values()
    ]


def when_due(due_on: date, today: date, *, is_firm: bool = True) -> str:
    """Return how late or how soon: “12 days overdue”, “due today”, “due in 7 days”. Nobody is late with a proposal."""
    days = (due_on - today).days
    if days < 0 and not is_firm:
        return ngettext("its date passed %(days)s day ago", "its date passed %(days)s days ago", -days) % {
            "days": -days
        }
    if days < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": -days}
    if days == 0:
        return _("due today")
    return ngettext("due in %(days)s day", "due in %(days)s days", days) % {"days": days}


def shortened(text: Written, letters: int) -> Written:
    return Written(Truncator(text).chars(letters), text.language)


# The items of a digest


@dataclass(frozen=True)
class DigestContext:
    """What the items of one digest are written from, besides their own record. ``returned``: the questions that editors
    sent back, by reminder."""

    now: datetime
    today: date
    in_charge: InCharge
    questions: Questions
    returned: dict[Reminder, str]


def question(reminder, context: DigestContext) -> DigestItem:
    """A question to somebody in charge."""
    asked = context.in_charge[reminder.commitment_id].asked
    others = [written(each.name) for each in asked if each.pk != reminder.person_id]
    facts = _about(reminder.commitment, context)
    if others:
        facts.append(Fact(_("Also asked"), typography.names(others)))
    return _commitment_item(reminder, context, facts, _("Answer"))


def escalation(reminder, context: DigestContext) -> DigestItem:
    """Word to somebody above that a question has stood without an answer."""
    asked = [
        compose(
            _("%(person)s, on %(date)s"),
            person=written(each.name),
            date=edtf.in_words(each.first_on.isoformat()),
        )
        for each in context.questions.asked(reminder.commitment_id, reminder.due_on)
    ]
    facts = [Fact(_("Asked"), typography.statements(asked)), *_about(reminder.commitment, context)]
    return _commitment_item(reminder, context, facts, _("Answer yourself"), urgency="unanswered")


def _commitment_item(reminder, context, facts, action, **fields):
    commitment, link = reminder.commitment, answers.link(reminder)
    if is_at_intervals(commitment):
        urgency, when = "interval", _("asked from time to time")
    else:
        urgency = rules.urgency(reminder.due_on, context.today, is_firm=commitment.is_firm)
        when = when_due(reminder.due_on, context.today, is_firm=commitment.is_firm)
    return DigestItem(
        urgency=fields.get("urgency", urgency),
        due_on=reminder.due_on,
        when=when,
        reference=commitment.reference,
        title=commitment.headline,
        quote=written(commitment.wording, commitment.wording_language),
        text=shortened(written(commitment.text), LONGEST_TEXT),
        record_link=links.absolute(commitment.get_absolute_url()),
        question=context.returned[reminder],
        facts=facts,
        action=(action, link),
        # Each only preselects its answer: a page that is opened changes nothing.
        quick_answers=[(label, f"{link}?answer={value}") for value, label in answers.Answer.choices],
        sequence=commitment.due_version,
    )


def _about(commitment, context):
    """Who promised whom, where, by when, and how far it is."""
    facts = []
    promised, made_in = undertaking(commitment), occasion(commitment)
    if promised:
        facts.append(Fact(_("Promised by"), promised))
    if made_in:
        facts.append(Fact(*made_in))
    if commitment.due_in_words:
        facts.append(Fact(_("Due"), commitment.due_in_words))
    reports = last_reports(commitment)
    for report in reports:
        told = filter(None, (report.level, report.side, report.as_of))
        facts.append(Fact(_("Last report"), typography.clauses(told), shortened(report.text, LONGEST_NOTE)))
    return facts if reports else [*facts, Fact(_("Last report"), _("none seen"))]


def ending_notice_period(reminder, context: DigestContext) -> DigestItem:
    """An agreement to which notice can be given for a few more days, the last one included."""
    agreement, ahead = reminder.agreement, (reminder.due_on - context.today).days
    if ahead:
        when = ngettext("notice possible for %(days)s more day", "notice possible for %(days)s more days", ahead)
    else:
        when = _("notice possible today for the last time")
    return DigestItem(
        urgency="record",
        due_on=reminder.due_on,
        when=when % {"days": ahead},
        reference=agreement.reference,
        title=agreement.headline,
        text=_("After that day it runs on, or out, as the text says, and no side can give notice in time."),
        facts=[Fact(_("Last day"), edtf.in_words(reminder.due_on.isoformat()))],
        record_link=links.absolute(agreement.get_absolute_url()),
        action=(
            _("Open the record"),
            links.absolute(reverse("admin:agreements_agreement_change", args=[agreement.pk])),
        ),
    )


def what_lacks(meeting: Meeting, role: Reminder.Role, today: date) -> tuple[str, str]:
    """Return how long ago the meeting was, or was to be, and what its record lacks."""
    past = (today - meeting.held_latest).days
    if role == Reminder.Role.NO_OUTCOMES:
        text = _("The meeting is said to have been held, but nothing is entered that came of it.")
        when = ngettext("held %(days)s day ago", "held %(days)s days ago", past)
    else:
        text = _("Its date has passed, and the record does not say whether it was held, put off or cancelled.")
        when = ngettext("planned for %(days)s day ago", "planned for %(days)s days ago", past)
    return when % {"days": past}, text
