"""The follow-up digest: one mail to one person about all that is due from them."""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Person

from .invitation import FILE_NAME, calendar_file
from .items import Item
from .letterhead import letter

TITLE_IN_SUBJECT = 60
# In the order in which the headings stand.
QUESTIONS = ("overdue", "due", "soon", "interval")
UNANSWERED, UPKEEP = "unanswered", "upkeep"


def compose(person: Person, items: list[Item], now: datetime) -> EmailMultiAlternatives:
    """Return the mail with these items, in the language in force: what is longest overdue comes first."""
    items = sorted(items, key=lambda item: item.due_on)
    groups = _groups(items)
    subject = _subject(groups)
    context = {
        "subject": subject,
        "lead": _lead(groups),
        "groups": groups,
        "reasons": list(_reasons(groups)),
        "questions": _count(groups, QUESTIONS),
        "unanswered": _count(groups, [UNANSWERED]),
        "link_days": settings.FOLLOWUP_LINK_DAYS,
    }
    message = letter(person, "follow_up", context, thread=f"follow-up:{person.pk}")
    calendar = calendar_file(items, now)
    if calendar is not None:
        message.attach(FILE_NAME, calendar, "text/calendar")
    return message


def _groups(items):
    """The items under their headings; a heading without items is left out."""
    headings = {
        "overdue": _("Overdue"),
        "due": _("Due today"),
        "soon": _("Due soon"),
        "interval": _("From time to time"),
        UNANSWERED: _("Without an answer"),
        UPKEEP: _("Records to complete"),
    }
    groups = [(tone, heading, [item for item in items if item.tone == tone]) for tone, heading in headings.items()]
    return [group for group in groups if group[2]]


def _count(groups, tones):
    return sum(len(items) for tone, heading, items in groups if tone in tones)


def _subject(groups):
    """The number and the worst: “3 commitments, first “Set up …” – 12 days overdue”. Only what stands first is counted:
    questions, or what has no answer, or records to complete."""
    kind = QUESTIONS if groups[0][0] in QUESTIONS else (groups[0][0],)
    items = [item for tone, heading, some in groups if tone in kind for item in some]
    title = Truncator(" ".join(items[0].title.split())).chars(TITLE_IN_SUBJECT)
    if groups[0][0] == UPKEEP:
        pattern = ngettext(
            "%(count)s record to complete: “%(title)s” – %(when)s",
            "%(count)s records to complete, first “%(title)s” – %(when)s",
            len(items),
        )
    elif groups[0][0] == UNANSWERED:
        pattern = ngettext(
            "%(count)s question without an answer: “%(title)s” – %(when)s",
            "%(count)s questions without an answer, first “%(title)s” – %(when)s",
            len(items),
        )
    else:
        pattern = ngettext(
            "%(count)s commitment: “%(title)s” – %(when)s",
            "%(count)s commitments, first “%(title)s” – %(when)s",
            len(items),
        )
    return pattern % {"count": len(items), "title": title, "when": items[0].when}


def _reasons(groups):
    """Why the person gets this message, a sentence or two for each reason."""
    questions, unanswered = _count(groups, QUESTIONS), _count(groups, [UNANSWERED])
    if questions:
        text = ngettext(
            "You are named as the person in charge of the commitment below. Please say what became of it: two clicks "
            "will do.",
            "You are named as the person in charge of the %(count)s commitments below: %(lead)s. Please say what "
            "became of each: two clicks will do.",
            questions,
        )
        yield text % {"count": questions, "lead": _lead(group for group in groups if group[0] in QUESTIONS)}
    if unanswered:
        text = ngettext(
            "Those in charge were asked about one commitment and have not answered. You are told because they report "
            "to you, or because you are its forum's secretariat.",
            "Those in charge were asked about %(count)s commitments and have not answered. You are told because they "
            "report to you, or because you are their forum's secretariat.",
            unanswered,
        )
        yield text % {"count": unanswered}
    if _count(groups, [UPKEEP]):
        yield _("You keep the records listed under “Records to complete”.")


def _lead(groups):
    """The counts in a line: “1 overdue, 2 due soon”."""
    counts = Counter({tone: len(items) for tone, heading, items in groups})
    words = {
        "overdue": _("%(count)s overdue"),
        "due": _("%(count)s due today"),
        "soon": _("%(count)s due soon"),
        "interval": _("%(count)s asked from time to time"),
        UNANSWERED: _("%(count)s without an answer"),
        UPKEEP: _("%(count)s to complete"),
    }
    return _(", ").join(pattern % {"count": counts[tone]} for tone, pattern in words.items() if counts[tone])
