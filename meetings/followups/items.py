"""The items of a digest: what one line says to its reader, in words, for the mail's two parts alike."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement
from meetings.models import AgreementNotice, Meeting, MeetingNotice, Notice
from tracker.mail import links
from tracker.records import edtf

from . import answers, wording
from .policy import is_at_intervals
from .recipients import Charges

Role = Notice.Role


@dataclass(frozen=True)
class Fact:
    """A line under an item: “Promised by: Pakistan to Sri Lanka”."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Item:
    """One record as the mail shows it. ``tone`` says under which heading, ``due_on`` in which order."""

    tone: str
    due_on: date
    when: str
    reference: str
    title: str
    record_link: str
    action: tuple[str, str]
    quote: str = ""
    quote_language: str = ""
    text: str = ""
    question: str = ""
    facts: list[Fact] = field(default_factory=list)
    quick_answers: list[tuple[str, str]] = field(default_factory=list)
    sequence: int = 0


@dataclass(frozen=True)
class Sitting:
    """What the items of one digest are written from, besides their own record."""

    now: datetime
    today: date
    charges: dict[int, Charges]
    questions: dict[Notice, str]
    asked_on: dict[tuple[int, int, date], list[tuple[str, date]]]


def question(notice: Notice, sitting: Sitting) -> Item:
    """A question to somebody in charge."""
    commitment, link = notice.commitment, answers.link(notice)
    colleagues = [each.name for each in sitting.charges[commitment.pk].asked if each.pk != notice.person_id]
    facts = _about(commitment, sitting)
    if colleagues:
        facts.append(Fact(_("Also asked"), _(", ").join(colleagues)))
    return Item(
        **_head(notice, commitment, sitting),
        question=sitting.questions[notice],
        facts=facts,
        action=(_("Answer"), link),
        quick_answers=_quick_answers(link),
        sequence=commitment.due_version,
    )


def escalation(notice: Notice, sitting: Sitting) -> Item:
    """Word to somebody above that a question has stood without an answer."""
    commitment, link = notice.commitment, answers.link(notice)
    asked = [
        _("%(person)s, on %(date)s") % {"person": name, "date": edtf.in_words(day.isoformat())}
        for name, day in sitting.asked_on[commitment.pk, notice.due_version, notice.due_on]
    ]
    head = _head(notice, commitment, sitting) | {"tone": "unanswered"}
    return Item(
        **head,
        question=sitting.questions[notice],
        facts=[Fact(_("Asked"), "; ".join(asked)), *_about(commitment, sitting)],
        action=(_("Answer yourself"), link),
        quick_answers=_quick_answers(link),
        sequence=commitment.due_version,
    )


def _quick_answers(link):
    """The answers with a link each, which only preselects it: a page that is opened changes nothing."""
    return [(label, f"{link}?answer={value}") for value, label in answers.Answer.choices]


def _head(notice, commitment, sitting):
    at_intervals = is_at_intervals(commitment)
    return {
        "tone": "interval" if at_intervals else _tone(notice.due_on, sitting.today),
        "due_on": notice.due_on,
        "when": _("asked from time to time") if at_intervals else wording.when_due(notice.due_on, sitting.today),
        "reference": commitment.reference,
        "title": commitment.title,
        "quote": commitment.wording,
        "quote_language": commitment.wording_language,
        "text": commitment.text,
        "record_link": links.absolute(commitment.get_absolute_url()),
    }


def _tone(due_on, today):
    return "overdue" if due_on < today else "due" if due_on == today else "soon"


def _about(commitment, sitting):
    """Who promised whom, where, by when, and how far it is."""
    facts = []
    promised = wording.undertaking(commitment)
    if promised:
        facts.append(Fact(_("Promised by"), promised))
    occasion = wording.occasion(commitment, sitting.now)
    if occasion:
        facts.append(Fact(*occasion))
    if commitment.due:
        facts.append(Fact(_("Due"), commitment.due_in_words))
    elif commitment.due_words:
        facts.append(Fact(_("Due"), commitment.due_words))
    reports = wording.last_reports(commitment)
    for report in reports:
        told = filter(None, (report.level, report.side, report.as_of))
        facts.append(Fact(_("Last report"), _(", ").join(told), report.text))
    return facts if reports else [*facts, Fact(_("Last report"), _("none so far"))]


def meeting_upkeep(notice: MeetingNotice, sitting: Sitting) -> Item:
    """A meeting whose record lacks its outcomes, or a report that it was held."""
    meeting, past = notice.meeting, (sitting.today - notice.meeting.held_latest).days
    if notice.role == MeetingNotice.Role.NO_OUTCOMES:
        text = _("The meeting is said to have been held, but nothing is entered that came of it.")
        when = ngettext("held %(days)s day ago", "held %(days)s days ago", past)
    else:
        text = _("Its date has passed, and the record does not say whether it was held, put off or cancelled.")
        when = ngettext("planned for %(days)s day ago", "planned for %(days)s days ago", past)
    return _upkeep(notice, meeting, when % {"days": past}, text, [Fact(_("Date"), meeting.held_in_words)])


def agreement_upkeep(notice: AgreementNotice, sitting: Sitting) -> Item:
    """An agreement to which notice can be given for a few more days."""
    ahead = (notice.due_on - sitting.today).days
    text = _("After that day it runs on, or out, as the text says, and no side can give notice in time.")
    when = ngettext("notice possible for %(days)s more day", "notice possible for %(days)s more days", ahead)
    fact = Fact(_("Last day"), edtf.in_words(notice.due_on.isoformat()))
    return _upkeep(notice, notice.agreement, when % {"days": ahead}, text, [fact])


def _upkeep(notice, record: Meeting | Agreement, when, text, facts):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_change"
    return Item(
        tone="upkeep",
        due_on=notice.due_on,
        when=when,
        reference=record.reference,
        title=record.headline,
        text=text,
        facts=facts,
        record_link=links.absolute(record.get_absolute_url()),
        action=(_("Open the record"), links.absolute(reverse(name, args=[record.pk]))),
    )
