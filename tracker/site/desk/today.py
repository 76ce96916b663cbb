"""What the index of the desk shows somebody: the work that waits, by questions; what is zero, in a line; the mail."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.records import typography
from tracker.records.admin.kept import address_of
from tracker.records.admin.questions import Group
from tracker.records.ages import age_in_words
from tracker.records.languages import written
from tracker.records.models import Revision, SentForm

from .asking import ask
from .counting import MOST
from .failing import mail_in_words, what_fails
from .questions import QUESTIONS
from .recent import newest_changes
from .rows import WorkRow

LONGEST_NAME = 160
# Days after which somebody has waited long for what is theirs to do.
OLD = 3
# What the person must do; all else is looked after.
PERSONAL = (Group.MINE, Group.REVIEW)


@dataclass
class WorkSection:
    """A heading of the index. ``nothing`` names what is zero."""

    group: Group
    rows: list[WorkRow] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)

    @property
    def nothing_in_words(self):
        return typography.names(self.nothing)


def today(site, request, now: datetime) -> dict:
    """The context of the index: some twelve queries, whatever there is."""
    day = timezone.localdate(now)
    asked = ask(site, request, day)
    names = _names(asked)
    sections = {group: WorkSection(group) for group in Group}
    for question in QUESTIONS:
        found = [each for each in asked if each.question is question]
        if found:
            _enter(sections[question.group], question, [each for each in found if each.counted.number], names, day)
    _enter_kept(sections[Group.MINE], request.user, now)
    what_fails(sections[Group.FAILING], request, now)
    shown = [section for section in sections.values() if section.rows or section.nothing]
    return {
        "title": _("Today"),
        "sections": shown,
        "lede": _lede(shown),
        "day": day,
        "mail": mail_in_words(request, now),
        "recent": newest_changes(site, request),
    }


def _names(asked):
    """``{(kind, key): title}`` of the first record of each question, as the history has them: one query."""
    keys = {(each.model, each.counted.key) for each in asked if each.counted.number and each.question.said is None}
    last = Revision.objects.last_of(keys) if keys else Revision.objects.none()
    found = {(kind, key): title for kind, key, title in last.values_list("kind", "record", "title")}
    for model, key in keys:
        # What was loaded, and not changed since, has no history.
        if (model._meta.label_lower, key) not in found:
            found[model._meta.label_lower, key] = str(model._base_manager.get(pk=key))
    return found


def _enter(section, question, found, names, day):
    if not found:
        section.nothing.append(str(question.nothing))
        return
    known = [each for each in found if each.counted.is_first]
    first = min(known, key=lambda each: (each.counted.since or "~", each.counted.key), default=None)
    since = _day(first.counted.since) if first else None
    section.rows.append(
        WorkRow(
            number=sum(min(each.counted.number, MOST) for each in found),
            is_more=any(each.counted.number > MOST for each in found),
            label=question.label,
            address=found[0].address if len(found) == 1 else "",
            kinds=[_kind(each) for each in found],
            first=written(_name(first, names)) if first else "",
            first_address=_change_address(first) if first else "",
            quote=first.counted.quote if first else "",
            age=_age(since, day, question.is_ahead),
            is_old=question.group in PERSONAL and since is not None and (day - since).days >= OLD,
            is_late=question.is_late,
            since=since,
        )
    )


def _kind(asked):
    number = min(asked.counted.number, MOST)
    return asked.model._meta.verbose_name_plural, number, asked.counted.number > MOST, asked.address


def _name(first, names):
    name = first.counted.said or names.get((first.model._meta.label_lower, first.counted.key), "")
    return Truncator(name).chars(LONGEST_NAME)


def _change_address(first):
    options = first.model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[first.counted.key])


def _day(text) -> date | None:
    """A database writes a moment as text in UTC, with or without saying so."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if len(text) == len("2026-11-27"):
        return moment.date()
    return timezone.localdate(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _age(since, day, is_ahead):
    if since is None:
        return ""
    if is_ahead:
        return ngettext("%(n)s day left", "%(n)s days left", (since - day).days) % {"n": (since - day).days}
    return age_in_words(since, day) if since < day else _("today")


def _enter_kept(section, user, now):
    kept = list(SentForm.objects.kept_for(user, now))
    if not kept:
        section.nothing.append(_("forms typed and not saved"))
        return
    since = timezone.localdate(min(each.sent_at for each in kept))
    day = timezone.localdate(now)
    links = [(each.title or _("A new record"), address_of(each)) for each in kept]
    section.rows.insert(
        0,
        WorkRow(
            number=len(kept),
            label=_("Typed and not saved"),
            links=links,
            age=_age(since, day, False),
            is_late=True,
            since=since,
        ),
    )


def _lede(sections):
    """“4 things wait for you, the oldest for 3 days.”"""
    rows = [row for section in sections if section.group in PERSONAL for row in section.rows]
    number = sum(row.number for row in rows)
    if not number:
        return _("Nothing waits for you.")
    oldest = min((row for row in rows if row.since), key=lambda row: row.since, default=None)
    if oldest is None or oldest.age == _("today"):
        return ngettext("%(n)s thing waits for you.", "%(n)s things wait for you.", number) % {"n": number}
    words = ngettext(
        "%(n)s thing waits for you, for %(age)s.", "%(n)s things wait for you, the oldest for %(age)s.", number
    )
    return words % {"n": number, "age": oldest.age}
