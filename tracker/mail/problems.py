"""Mail to the administrators about mail: what was given up, which addresses were refused, and where to mend it.

One a day at most. Each covers the time from the planning of the last one that was sent to its own planning, so that
nothing is told twice or left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Max, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .links import absolute
from .messages import OutgoingMessage
from .models import Delivery, RefusedAddress
from .queue import enqueue
from .relay import Withdraw

KIND = "mail-problems"
ROLE = "administrator"
MOST_LISTED = 50  # of each sort
NEVER = datetime.min.replace(tzinfo=UTC)


def plan(now: datetime) -> int:
    """Queue a mail to each administrator who has not been told of everything yet; return how many. Any number may
    plan at once, as often as they like. Five queries at most."""
    latest = _latest(now)
    if latest is None:
        return 0
    day = timezone.localdate(now)
    people = {recipient(user): user for user in administrators()}
    told, waiting = _told(people)
    due = {each: user for each, user in people.items() if each not in waiting and told.get(each, NEVER) < latest}
    with transaction.atomic():
        rows = (
            Delivery(key=f"{KIND}:{user.pk}:{day}", kind=KIND, recipient=each, day=day, not_before=now, created_at=now)
            for each, user in due.items()
        )
        return len(enqueue(rows))


@dataclass(frozen=True)
class MailProblem:
    """A message that was given up (``what``: to whom, about what), or an address that was refused."""

    what: str
    error: str
    link: str


@dataclass(frozen=True)
class ProblemReport:
    """The problems of a time, the newest first; of very many the counts alone are complete."""

    dead: tuple[MailProblem, ...]
    refused: tuple[MailProblem, ...]
    dead_count: int
    refused_count: int


class ReportWriter:
    """The reports of some deliveries of this kind: four queries, and four for each stretch of time that they cover."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._contents = _contents(deliveries)

    def write(self, delivery):
        user, report = self._contents[delivery.pk]
        if user is None:
            raise Withdraw(_("The account is not an administrator's, or has no address."))
        if not report.dead_count and not report.refused_count:
            raise Withdraw(_("All problems have since been resolved."))
        name, address, language = user
        with translation.override(language):
            return _compose(name, address, report)

    def is_current(self, delivery):
        return _contents([delivery])[delivery.pk] == self._contents[delivery.pk]

    def once_sent(self, delivery):
        """A report leaves no trace but its delivery."""


def administrators():
    """Accounts that see to the mail, and can be written to."""
    users = get_user_model().objects.filter(Q(is_superuser=True) | Q(groups__name=ROLE), is_active=True)
    return users.exclude(email="").order_by("pk").distinct()


def recipient(user) -> str:
    return f"user:{user.pk}"


def _dead(until):
    return Delivery.objects.dead().filter(dead_at__lte=until).exclude(kind=KIND).order_by("-dead_at", "-pk")


def _refused(until):
    marks = RefusedAddress.objects.filter(refused_at__lte=until).exclude(delivery__kind=KIND)
    return marks.order_by("-refused_at", "-pk")


def _latest(now):
    """The moment of the last problem."""
    moments = [_dead(now).values_list("dead_at", flat=True).first()]
    moments.append(_refused(now).values_list("refused_at", flat=True).first())
    return max(filter(None, moments), default=None)


def _told(recipients: Iterable[str], before: datetime | None = None):
    """Return up to when each recipient has been told, and the set of those for whom a mail waits already."""
    mails = Delivery.objects.filter(kind=KIND, recipient__in=recipients).order_by().values("recipient")
    if before:
        mails = mails.filter(created_at__lt=before)
    rows = mails.annotate(
        told=Max("created_at", filter=Q(state=Delivery.State.SENT)),
        waiting=Count("pk", filter=Q(state__in=Delivery.UNSENT)),
    )
    told = {row["recipient"]: row["told"] for row in rows if row["told"]}
    return told, {row["recipient"] for row in rows if row["waiting"]}


def _contents(deliveries):
    """Return by the key of each delivery its reader, None if that is nobody, and what there is to report."""
    users = {recipient(user): user for user in administrators()}
    reports, contents = {}, {}
    for delivery in deliveries:
        told, _waiting = _told([delivery.recipient], before=delivery.created_at)
        stretch = told.get(delivery.recipient, NEVER), delivery.created_at
        reports[stretch] = reports.get(stretch) or _report(*stretch)
        user = users.get(delivery.recipient)
        reader = user and (user.get_full_name() or user.username, user.email, user.language)
        contents[delivery.pk] = reader, reports[stretch]
    return contents


def _report(since, until):
    dead = _dead(until).filter(dead_at__gt=since)
    refused = _refused(until).filter(refused_at__gt=since)
    return ProblemReport(
        dead=tuple(_of_delivery(delivery) for delivery in dead[:MOST_LISTED]),
        refused=tuple(_of_mark(mark) for mark in refused[:MOST_LISTED]),
        dead_count=dead.count(),
        refused_count=refused.count(),
    )


def _of_delivery(delivery):
    what = ": ".join(filter(None, [delivery.address or delivery.recipient, delivery.subject]))
    return MailProblem(what, delivery.error, absolute(reverse("admin:mail_delivery_change", args=[delivery.pk])))


def _of_mark(mark):
    link = absolute(reverse("admin:mail_refusedaddress_change", args=[mark.pk]))
    return MailProblem(mark.address, mark.error, link)


def _compose(name, address, report):
    count = report.dead_count + report.refused_count
    subject = ngettext("Mail: %(count)s problem to look at", "Mail: %(count)s problems to look at", count)
    lists = {
        "dead_link": absolute(reverse("admin:mail_delivery_changelist") + "?state=dead"),
        "refused_link": absolute(reverse("admin:mail_refusedaddress_changelist")),
        "more_dead": report.dead_count - len(report.dead),
        "more_refused": report.refused_count - len(report.refused),
    }
    text = render_to_string("mail/problems.txt", {"name": name, "report": report, **lists})
    return OutgoingMessage(subject % {"count": count}, text.strip() + "\n", to=[address])
