"""How a coordinator's weekly sheet is put into words, for the mail's two parts alike."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.core.mail import EmailMultiAlternatives
from django.db.models import Count
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Country, Forum, Organisation, Person
from meetings.models import Commitment, ProgressUpdate
from tracker.mail import links
from tracker.records import edtf

from . import policy as rules
from . import wording
from .calendar import local_time
from .columns import labelled, wrapped
from .items import Fact
from .letterhead import letter
from .owed import Entry, Ledger, Section, Ward
from .recipients import why_nobody

MOST_LINES = 200
NAME_IN_SUBJECT = 60
# A sheet ends with what is overdue for other reasons; a subject names it before what is only due soon.
GRAVEST = sorted(Section, key=lambda section: section == Section.SOON)
Answer, State = ProgressUpdate.Answer, ProgressUpdate.State


@dataclass(frozen=True)
class Row:
    """One line of a sheet. ``tone`` colours it."""

    tone: str
    when: str
    due: str
    reference: str
    title: str
    link: str
    facts: list[Fact]

    @property
    def plain(self) -> str:
        """The row as plain text, its facts in a column of their own."""
        due = [(_("Due"), self.due)] if self.due else []
        facts = [(fact.label, f"{fact.value} – {fact.note}" if fact.note else fact.value) for fact in self.facts]
        head = [*wrapped(self.title), *wrapped(f"{self.reference} – {self.when}")]
        return "\n".join([*head, *labelled([*due, *facts, (_("Record"), self.link)])])


class Desk:
    """Where the sheets of a ledger are written: three queries, whatever their number."""

    def __init__(self, ledger: Ledger, ward: Ward, forums: dict[int, Forum]):
        self._ledger, self._ward, self._forums = ledger, ward, forums
        self._now = ledger.clock.now
        offices = [office for charges in ledger.in_charge.values() for office in charges.offices]
        self._sides = Country.objects.in_bulk({getattr(each, "side_id", None) for each in offices} - {None})
        bodies = {getattr(each, "organisation_id", None) for each in offices} - {None}
        self._bodies = Organisation.objects.published().in_bulk(bodies)
        self._open = Counter()
        open_ = ward.narrow(Commitment.objects.published().open()).order_by()
        for forum_id, count in open_.values_list("forum").annotate(Count("pk")):
            self._open[ward.of(forum_id)] += count

    def compose(self, forum_id: int | None, person: Person, entries: list[Entry]) -> EmailMultiAlternatives:
        """Return the mail with these entries, in the language in force."""
        forum = self._forums.get(forum_id)
        is_named = forum is not None and forum.is_public
        name, short = self._names(forum_id, forum if is_named else None)
        today = self._ledger.clock.day(person)
        counts = Counter(entry.section for entry in entries)
        shown = entries[:MOST_LINES]
        groups = [
            (section, counts[section], [self._row(entry, person, today, with_forum=forum_id is None) for entry in some])
            for section, some in groupby(shown, key=lambda entry: entry.section)
        ]
        context = {
            "subject": _subject(short, today, counts),
            "name": name,
            "week": _week(today),
            "lead": _lead(counts),
            "groups": groups,
            "more": len(entries) - len(shown),
            "others": self._open[forum_id] - len(entries),
            "overdue_link": _register(forum if is_named else None, schedule="overdue"),
            "register_link": _register(forum if is_named else None),
        }
        return letter(person, "sheet", context, thread=f"sheet:{forum_id or 0}")

    def _names(self, forum_id, forum):
        """The forum's name, and what stands for it in a subject. A forum that is not public is not named."""
        if forum is not None:
            return forum.name, Truncator(forum.abbreviation or forum.name).chars(NAME_IN_SUBJECT)
        if forum_id is not None:
            name = _("Your forum")
        else:
            name = _("Other commitments") if self._ward.kept else _("All commitments")
        return name, name

    def _row(self, entry, reader, today, with_forum):
        commitment, day = entry.commitment, entry.day
        if day is None:
            tone, when = "interval", _("no due date")
        elif rules.is_at_intervals(commitment):
            tone, when = "interval", _("asked from time to time")
        else:
            tone = "overdue" if day < today else "due" if day == today else "soon"
            when = wording.when_due(day, today)
        return Row(
            tone,
            when,
            _due(entry),
            commitment.reference,
            commitment.title,
            links.absolute(commitment.get_absolute_url()),
            list(self._facts(entry, reader, today, with_forum)),
        )

    def _facts(self, entry, reader, today, with_forum):
        commitment, forum = entry.commitment, entry.commitment.forum
        if with_forum and forum is not None and forum.is_public:
            yield Fact(_("Forum"), forum.name)
        owed_by = self._asked_people(entry) or self._promised(commitment)
        if owed_by:
            yield Fact(_("Owed by"), _(", ").join(owed_by))
        if entry.section == Section.NOBODY:
            yield Fact(_("Reason"), why_nobody(entry.charges.offices, self._ledger.in_charge.register))
        elif entry.is_held:
            yield Fact(_("Held back"), _("nobody is asked about it for now"))
        if entry.asked:
            yield Fact(_("Asked"), "; ".join(map(_asked, entry.asked)))
        for answer in entry.answers:
            yield _answer(answer, reader, today)

    def _asked_people(self, entry):
        """Those who are asked, with their side or organisation."""
        offices = entry.charges.offices if entry.charges.asked else []
        return list(filter(None, map(self._office, offices)))

    def _office(self, office):
        person = self._ledger.in_charge.register.written_to(office)
        if person is None:
            return ""
        name = person.name
        if person.pk != office.person_id:
            name = _("%(deputy)s for %(person)s") % {"deputy": name, "person": office.person.name}
        body = self._bodies.get(getattr(office, "organisation_id", None))
        side = body or self._sides.get(getattr(office, "side_id", None)) or office.person.country
        return _("%(person)s (%(side)s)") % {"person": name, "side": side} if side else name

    def _promised(self, commitment):
        parties = commitment.told_parties
        return [each.name for each in parties if not each.organisation or each.organisation.is_public]


def _due(entry):
    commitment = entry.commitment
    if commitment.recurrence and entry.day:
        return _in_words(entry.day)
    return commitment.due_in_words or commitment.due_words


def _asked(asked):
    day = _in_words(asked.last_on)
    if asked.times == 1:
        return _("%(person)s, on %(date)s") % {"person": asked.name, "date": day}
    pattern = ngettext(
        "%(person)s, %(times)s time, last on %(date)s", "%(person)s, %(times)s times, last on %(date)s", asked.times
    )
    return pattern % {"person": asked.name, "times": asked.times, "date": day}


def _answer(answer, reader, today):
    """“Ayesha Khan, on 20 November 2026: late, new date December 2026”, and what they wrote."""
    state = _("accepted") if answer.state == State.PUBLISHED else _("in review")
    told = [f"{answer.get_answer_display()} ({state})"]
    if answer.answer == Answer.LATE and answer.expected:
        latest = edtf.bounds(answer.expected).latest
        has_passed = latest is not None and latest < today
        pattern = _("new date %(date)s, which has passed") if has_passed else _("new date %(date)s")
        told.append(pattern % {"date": answer.expected_in_words})
    responsible = answer.responsible or answer.responsible_words
    if answer.answer == Answer.NOT_MINE and responsible:
        told.append(_("names %(person)s") % {"person": responsible})
    words = {
        "person": answer.answered_by or _("somebody"),
        "date": _in_words(local_time(answer.created_at, reader).date()),
        "answer": _(", ").join(told),
    }
    said = " ".join(" ".join([answer.reason, answer.text]).split())
    return Fact(_("Answer"), _("%(person)s, on %(date)s: %(answer)s") % words, said)


def _in_words(day: date) -> str:
    return edtf.in_words(day.isoformat())


def _week(today: date):
    return _("Week %(week)s") % {"week": today.isocalendar().week}


def _subject(name, today, counts):
    """The number and the worst: “JEC, week 48: 12 open, 3 without an answer”."""
    number = counts.total()
    words = {
        "forum": name,
        "week": today.isocalendar().week,
        "count": number,
        "worst": next(_counted(section, counts) for section in GRAVEST if counts[section]),
    }
    return _("%(forum)s, week %(week)s: %(count)s open, %(worst)s") % words


def _lead(counts):
    """The counts in a line: “1 in need of help, 3 without an answer, 2 also overdue”."""
    words = {Section.OVERDUE: _("%(count)s also overdue") % {"count": counts[Section.OVERDUE]}}
    return _(", ").join(words.get(section) or _counted(section, counts) for section in Section if counts[section])


def _counted(section, counts):
    words = {
        Section.NOBODY: _("%(count)s with nobody to ask"),
        Section.HELP: _("%(count)s in need of help"),
        Section.NOT_THEIRS: _("%(count)s not theirs"),
        Section.NO_ANSWER: _("%(count)s without an answer"),
        Section.LATE: _("%(count)s late with a new date"),
        Section.WAITING: _("%(count)s waiting for an editor"),
        Section.SOON: _("%(count)s due soon"),
        Section.OVERDUE: _("%(count)s overdue"),
    }
    return words[section] % {"count": counts[section]}


def _register(forum, **query):
    """The address of the public register of commitments, of one forum or all."""
    query = ({"forum": forum.slug} if forum else {}) | query
    return links.absolute(reverse("commitment-list")) + (f"?{urlencode(query)}" if query else "")
