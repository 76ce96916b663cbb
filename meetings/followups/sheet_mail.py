"""The mail that a coordinator's weekly sheet goes out in: its rows in words, for both parts alike."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Country, Forum, Organisation
from meetings.models import Commitment, Meeting, Reminder
from tracker.mail import links
from tracker.mail.messages import OutgoingMessage
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw
from tracker.records import edtf, typography
from tracker.records.languages import compose, written
from tracker.records.public import public

from . import rules, wording
from .history import Answer, Holds, State, WhyDropped
from .letter import LastLook, labelled, letter_that_fits, wrapped
from .nobody import why_nobody
from .people import Coordinators
from .sheet import SheetContents, SheetScope, SheetSection, monday_of, read_key
from .wording import Fact
from .working_days import Clock, local_time

MOST_ROWS = 200
NAME_IN_SUBJECT = 60
# A sheet ends with what is overdue for other reasons; a subject names it before what is less grave.
LESS_GRAVE = (SheetSection.RECORDS, SheetSection.SOON, SheetSection.PASSED)
GRAVEST = sorted(SheetSection, key=lambda section: section in LESS_GRAVE)


@dataclass(frozen=True)
class SheetRow:
    """One entry of a sheet as the mail shows it. ``urgency`` colours it."""

    urgency: str
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


class SheetWriter:
    """Writes the mails of some deliveries of the kind ``sheet``: some thirty queries, whatever their number."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._last_look = LastLook()
        self._now, self._holds, self._written = now, Holds(timezone.localdate(now)), {}
        keys = {delivery.pk: read_key(delivery.key) for delivery in deliveries}
        days = {}
        for delivery in deliveries:
            # Planned for a day to come (send_followups --today), it speaks as of that day.
            person = keys[delivery.pk][1]
            days[person] = min(delivery.day, days.get(person, delivery.day))
        self._clock = Clock(now, earliest=days)
        coordinators = Coordinators(self._clock)
        self._readers = {pk: _reader(coordinators, *parts) for pk, parts in keys.items()}
        forums = {keys[pk][0] for pk, person in self._readers.items() if person}
        self._contents = SheetContents(SheetScope(forums, coordinators), self._clock, self._holds)
        self._forums = Forum.objects.in_bulk(forums - {None})
        self._read_names()

    def _read_names(self):
        """Whatever rows name beside the records themselves, and how many commitments are open in all."""
        appointments = [each for people in self._contents.in_charge.values() for each in people.appointments]
        self._sides = Country.objects.in_bulk({getattr(each, "side_id", None) for each in appointments} - {None})
        organisations = {getattr(each, "organisation_id", None) for each in appointments} - {None}
        self._organisations = Organisation.objects.published().in_bulk(organisations)
        self._open, scope = Counter(), self._contents.scope
        open_ = scope.narrow(Commitment.objects.published().open()).order_by()
        for forum_id, count in open_.values_list("forum").annotate(Count("pk")):
            self._open[scope.sheet_of(forum_id)] += count

    def write(self, delivery: Delivery) -> OutgoingMessage:
        """Return the mail, in the person's language, or raise ``Withdraw``."""
        forum_id, _person_id, monday = read_key(delivery.key)
        person = self._readers[delivery.pk]
        if person is None:
            raise Withdraw("The person no longer keeps these records, or cannot be written to.")
        if monday < monday_of(self._clock.day(person)):
            raise Withdraw("Its week is over.")
        if self._holds.on_person(person):
            raise Withdraw(str(WhyDropped.HELD.label))
        with translation.override(person.language):
            entries = self._contents.entries(forum_id, person)
            if not entries:
                raise Withdraw("Nothing is left to say.")
            message, shown = self._compose(forum_id, person, entries)
            self._written[delivery.pk] = entries[:shown]
            return message

    def is_current(self, delivery: Delivery) -> bool:
        return self._last_look.still_holds(self._readers[delivery.pk])

    def once_sent(self, delivery: Delivery):
        """Keep in the person's history which records they were asked to complete."""
        records = [each for each in self._written[delivery.pk] if each.section == SheetSection.RECORDS]
        return partial(self._note_records, delivery, records) if records else None

    def _note_records(self, delivery, records):
        person = self._readers[delivery.pk]
        today = self._clock.day(person)
        rows = [
            Reminder(
                delivery=delivery,
                person=person,
                role=each.role,
                meeting=each.subject,
                due_on=each.day,
                stage=(today - each.day).days,
                day=today,
            )
            for each in records
        ]
        Reminder.objects.bulk_create(rows, ignore_conflicts=True)

    def _compose(self, forum_id, person, entries):
        forum = public(self._forums.get(forum_id))
        name, short = self._names(forum_id, forum)
        today = self._clock.day(person)
        counts = Counter(entry.section for entry in entries)
        rows = [
            (entry.section, self._row(entry, person, today, with_forum=forum_id is None))
            for entry in entries[:MOST_ROWS]
        ]
        context = {
            "subject": _subject(short, today, counts),
            "name": name,
            "week": _("Week %(week)s") % {"week": today.isocalendar().week},
            "lead": _lead(counts),
            "others": self._open[forum_id] - counts.total() + counts[SheetSection.RECORDS],
            "passed_link": _register(forum, schedule=[*rules.HAS_PASSED]),
            "register_link": _register(forum),
        }

        def with_so_many(number):
            groups = [
                (section, counts[section], [row for _section, row in some])
                for section, some in groupby(rows[:number], key=itemgetter(0))
            ]
            return context | {"groups": groups, "more": len(entries) - number}

        return letter_that_fits(person, "sheet", with_so_many, len(rows), thread=f"sheet:{forum_id or 0}")

    def _names(self, forum_id, forum):
        """The forum's name, and what stands for it in a subject. A forum that is not public is not named."""
        if forum is not None:
            return written(forum.name), Truncator(forum.abbreviation or forum.name).chars(NAME_IN_SUBJECT)
        if forum_id is not None:
            name = _("Your forum")
        else:
            name = _("Other commitments") if self._contents.scope.coordinated else _("All commitments")
        return name, name

    def _row(self, entry, reader, today, with_forum):
        record = entry.subject
        forum = public(record.forum) if with_forum else None
        facts = [Fact(_("Forum"), written(forum.name))] if forum is not None else []
        if isinstance(record, Meeting):
            when, lacking = wording.what_lacks(record, entry.role, today)
            facts += [Fact(_("Reason"), lacking), Fact(_("Date"), record.held_in_words)]
            link = links.absolute(reverse("admin:meetings_meeting_change", args=[record.pk]))
            return SheetRow("record", when, "", record.reference, record.headline, link, facts)
        urgency, when = _when(record, entry.day, today)
        facts += self._facts(entry, reader, today)
        link = links.absolute(record.get_absolute_url())
        return SheetRow(urgency, when, _due(record, entry.day), record.reference, record.headline, link, facts)

    def _facts(self, entry, reader, today):
        responsible = self._asked_people(entry) or [party.name for party in entry.subject.told_parties]
        if responsible:
            yield Fact(_("Responsible"), typography.names(responsible))
        if entry.section == SheetSection.NOBODY:
            yield Fact(_("Reason"), why_nobody(entry.people, self._contents.in_charge.directory))
        elif entry.is_held:
            yield Fact(_("Held back"), _("nobody is asked about it for now"))
        if entry.asked:
            yield Fact(_("Asked"), typography.statements(map(_asked, entry.asked)))
        for answer in entry.answers:
            yield _answer(answer, reader, today)

    def _asked_people(self, entry):
        """Those who are asked, with their side or organisation."""
        appointments = entry.people.appointments if entry.people.asked else []
        return list(filter(None, map(self._asked_person, appointments)))

    def _asked_person(self, appointment):
        person = self._contents.in_charge.directory.reached_by(appointment)
        if person is None:
            return ""
        name = written(person.name)
        if person.pk != appointment.person_id:
            deputised = written(appointment.person.name)
            name = compose(_("%(deputy)s for %(person)s"), deputy=name, person=deputised)
        organisation = self._organisations.get(getattr(appointment, "organisation_id", None))
        side = self._sides.get(getattr(appointment, "side_id", None))
        of = organisation or side or appointment.person.country
        return compose(_("%(person)s (%(side)s)"), person=name, side=written(of)) if of else name


def _reader(coordinators, forum_id, person_id, _monday):
    """The coordinator that a sheet is for; None where somebody else coordinates the forum now."""
    people = coordinators.of_forum(forum_id) if forum_id in coordinators.forums() else []
    return next((person for person in people if person.pk == person_id), None)


def _when(commitment, day, today):
    if day is None:
        return "interval", _("no due date")
    if rules.is_at_intervals(commitment):
        return "interval", _("asked from time to time")
    is_firm = commitment.is_firm
    return rules.urgency(day, today, is_firm=is_firm), wording.when_due(day, today, is_firm=is_firm)


def _due(commitment, day):
    if commitment.recurrence and day:
        return _in_words(day)
    return commitment.due_in_words


def _asked(person):
    words = {"person": written(person.name), "times": person.times, "date": _in_words(person.last_on)}
    if person.times == 1:
        return compose(_("%(person)s, on %(date)s"), **words)
    pattern = ngettext(
        "%(person)s, %(times)s time, last on %(date)s", "%(person)s, %(times)s times, last on %(date)s", person.times
    )
    return compose(pattern, **words)


def _answer(answer, reader, today):
    """“Ayesha Khan, on 20 November 2026: late, new date December 2026”, and what they wrote."""
    state = _("accepted") if answer.state == State.PUBLISHED else _("in review")
    told = [f"{answer.get_answer_display()} ({state})"]
    if answer.answer == Answer.LATE and answer.expected_in_words:
        latest = edtf.bounds(answer.expected).latest
        has_passed = latest is not None and latest < today
        pattern = _("new date %(date)s, which has passed") if has_passed else _("new date %(date)s")
        told.append(pattern % {"date": answer.expected_in_words})
    responsible = answer.responsible or answer.responsible_words
    if answer.answer == Answer.NOT_MINE and responsible:
        told.append(compose(_("names %(person)s"), person=_name(responsible)))
    words = {
        "person": _name(answer.answered_by) if answer.answered_by else _("somebody"),
        "date": _in_words(local_time(answer.created_at, reader).date()),
        "answer": typography.clauses(told),
    }
    said = " ".join(" ".join([answer.reason, answer.text]).split())
    return Fact(_("Answer"), compose(_("%(person)s, on %(date)s: %(answer)s"), **words), written(said, ""))


def _name(of):
    """Somebody of the records; a name in the words of an answer may be in any language."""
    return written(of, "") if isinstance(of, str) else written(of)


def _in_words(day: date) -> str:
    return edtf.in_words(day.isoformat())


def _subject(name, today, counts):
    """The number and the worst: “JEC, week 48: 12 open, 3 without an answer”."""
    number = counts.total() - counts[SheetSection.RECORDS]
    worst = next(_counted(section, counts) for section in GRAVEST if counts[section])
    words = {"forum": name, "week": today.isocalendar().week, "count": number, "worst": worst}
    pattern = (
        _("%(forum)s, week %(week)s: %(count)s open, %(worst)s") if number else _("%(forum)s, week %(week)s: %(worst)s")
    )
    return pattern % words


def _lead(counts):
    """The counts in a line: “1 in need of help, 3 without an answer, 2 also overdue”."""
    words = {SheetSection.OVERDUE: _("%(count)s also overdue") % {"count": counts[SheetSection.OVERDUE]}}
    return typography.clauses(
        words.get(section) or _counted(section, counts) for section in SheetSection if counts[section]
    )


def _counted(section, counts):
    number = counts[section]
    words = {
        SheetSection.NOBODY: _("%(count)s without a contact person"),
        SheetSection.HELP: _("%(count)s in need of help"),
        SheetSection.NOT_THEIRS: _("%(count)s with responsibility declined"),
        SheetSection.NO_ANSWER: _("%(count)s without an answer"),
        SheetSection.LATE: _("%(count)s reported late"),
        SheetSection.WAITING: _("%(count)s waiting for an editor"),
        SheetSection.RECORDS: ngettext("%(count)s record to complete", "%(count)s records to complete", number),
        SheetSection.SOON: _("%(count)s due soon"),
        SheetSection.OVERDUE: _("%(count)s overdue"),
        SheetSection.PASSED: _("%(count)s only proposed, with a date that has passed"),
    }
    return words[section] % {"count": number}


def _register(forum, **query):
    """The address of the public register of commitments, of one forum or all."""
    query = ({"forum": forum.slug} if forum else {}) | query
    return links.absolute(reverse("commitment-list")) + (f"?{urlencode(query, doseq=True)}" if query else "")
