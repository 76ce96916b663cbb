"""The follow-up digest: one mail to one person about all that is due from them, written from the data of the moment."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Commitment
from tracker.mail import links
from tracker.mail.models import Delivery
from tracker.mail.relay import Withdraw

from . import answers, wording
from .calendar import local_time
from .lapses import Lapse, lapse
from .recipients import address, awaiting_editors, is_reachable, people_asked

TITLE_IN_SUBJECT = 60


@dataclass(frozen=True)
class Item:
    """One commitment as the mail shows it."""

    number: int
    commitment: Commitment
    when: str
    tone: str
    occasion: tuple[str, str] | None
    undertaking: str
    reports: list[wording.Report]
    answer_link: str
    record_link: str

    @property
    def quick_answers(self):
        """The answers with a link each, which only preselects it: a page that is opened changes nothing."""
        return [(label, f"{self.answer_link}?answer={value}") for value, label in answers.Answer.choices]


def render(delivery: Delivery, now: datetime) -> EmailMultiAlternatives:
    """Return the mail of a delivery of the kind ``follow-up``, in the person's language, or raise ``Withdraw``."""
    notices = list(delivery.notices.select_related("person__user", "person__country", "answer"))
    if not notices:
        raise Withdraw("It asks nothing any more.")
    person = notices[0].person
    if not is_reachable(person):
        raise Withdraw("The person's account is closed.")
    # Planned for a day to come (send_followups --today), it speaks as of that day.
    today = max(local_time(now, person).date(), delivery.day)
    notices = _standing(notices, now, today)
    with translation.override(person.language):
        return _compose(person, _items(notices, now, today), today)


def _standing(notices, now, today):
    """The notices that still hold, with their commitments read again; raise ``Withdraw`` if none does."""
    commitments = wording.for_wording(Commitment.objects.filter(notices__in=notices), now).distinct().in_bulk()
    asked = people_asked(list(commitments.values()), lambda person: today)
    with_editors = awaiting_editors(list(commitments))
    reasons, standing = Counter(), []
    for notice in notices:
        notice.commitment = commitments[notice.commitment_id]
        reason = lapse(notice, asked.get(notice.commitment_id, []), now, today)
        if reason is None and (notice.commitment_id, notice.person_id) in with_editors:
            reason = Lapse.ANSWERED
        reasons[reason] += 1
        if reason is None:
            standing.append(notice)
    if not standing:
        raise Withdraw("; ".join(f"{reason.label}: {count}" for reason, count in reasons.items()))
    return standing


def _items(notices, now, today):
    """The items of the mail: the longest overdue first, then what is due, then what comes soon."""
    notices = sorted(notices, key=lambda notice: notice.commitment.due_latest)
    return [_item(number, notice, now, today) for number, notice in enumerate(notices, 1)]


def _item(number, notice, now, today):
    commitment = notice.commitment
    due = commitment.due_latest
    return Item(
        number=number,
        commitment=commitment,
        when=wording.when(commitment, today),
        tone="overdue" if due < today else "due" if due == today else "soon",
        occasion=wording.occasion(commitment, now),
        undertaking=wording.undertaking(commitment),
        reports=wording.last_reports(commitment),
        answer_link=answers.link(notice),
        record_link=links.absolute(commitment.get_absolute_url()),
    )


def _compose(person, items, today):
    subject = _subject(items)
    near, far = ("right", "left") if translation.get_language_bidi() else ("left", "right")
    context = {
        "person": person,
        "subject": subject,
        "total": len(items),
        "lead": _lead(items),
        "groups": _groups(items),
        "today": today,
        "link_days": settings.FOLLOWUP_LINK_DAYS,
        "site_url": settings.SITE_URL,
        # Mail programs know no logical "start" and "end".
        "near": near,
        "far": far,
    }
    message = EmailMultiAlternatives(subject, _text(context), to=[address(person)])
    message.attach_alternative(render_to_string("mail/follow_up.html", context), "text/html")
    return message


def _text(context):
    """The plain text. Where the template leaves something out, it leaves an empty line too many."""
    return re.sub(r"\n{3,}", "\n\n", render_to_string("mail/follow_up.txt", context)).strip() + "\n"


def _subject(items):
    """The number and the worst: “3 commitments: “Set up …” is 12 days overdue”."""
    title = Truncator(" ".join(items[0].commitment.title.split())).chars(TITLE_IN_SUBJECT)
    pattern = ngettext(
        "%(count)s commitment: “%(title)s” – %(when)s",
        "%(count)s commitments, first “%(title)s” – %(when)s",
        len(items),
    )
    return pattern % {"count": len(items), "title": title, "when": items[0].when}


def _lead(items):
    """The counts in a line: “1 overdue, 2 due soon”."""
    tones = Counter(item.tone for item in items)
    words = {"overdue": _("%(count)s overdue"), "due": _("%(count)s due today"), "soon": _("%(count)s due soon")}
    return _(", ").join(pattern % {"count": tones[tone]} for tone, pattern in words.items() if tones[tone])


def _groups(items):
    """The items under their headings; a heading without items is left out."""
    headings = {"overdue": _("Overdue"), "due": _("Due today"), "soon": _("Due soon")}
    groups = [(tone, heading, [item for item in items if item.tone == tone]) for tone, heading in headings.items()]
    return [group for group in groups if group[2]]
