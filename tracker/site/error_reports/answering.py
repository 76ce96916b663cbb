"""The mail with the answer to a report: one for each report, to the address that its reporter left."""

from collections.abc import Callable
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tracker.mail.links import absolute
from tracker.mail.messages import OutgoingMessage
from tracker.mail.models import Delivery
from tracker.mail.queue import enqueue
from tracker.mail.relay import Withdraw
from tracker.mail.writers import WRITERS
from tracker.records import edtf
from tracker.records.models import DataVersion, Referenced
from tracker.records.public import public_name
from tracker.registers.plan import model_of

from ..registers import REGISTERS
from .models import ADDRESS_IS_KEPT_FOR, ErrorReport

KIND = "error-report"
State = ErrorReport.State


def answer(report: ErrorReport, text: str, account, now: datetime) -> bool:
    """Answer a report that waits and queue the mail, in one transaction; False where somebody was quicker."""
    with transaction.atomic():
        if not _handle(report, State.ANSWERED, account, now, answer=text):
            return False
        enqueue([_delivery(report, now)])
    return True


def dismiss(report: ErrorReport, account, now: datetime) -> bool:
    """Close a report that waits, without an answer; False where somebody was quicker."""
    return _handle(report, State.DISMISSED, account, now)


def recipient(key: int) -> str:
    return f"{KIND}:{key}"


def _handle(report, state, account, now, **changes):
    changes |= {"state": state, "handled_by": account, "handled_at": now}
    return ErrorReport.objects.waiting().filter(pk=report.pk).update(**changes) == 1


def _delivery(report, now):
    to = recipient(report.pk)
    return Delivery(key=to, kind=KIND, recipient=to, day=timezone.localdate(now), not_before=now, created_at=now)


class AnswerToReportWriter:
    """The answers of some deliveries of this kind: one query, and one for each record."""

    def __init__(self, deliveries: list[Delivery], now: datetime):
        self._version = DataVersion.current()
        self._reports = _reports(deliveries)
        self._today = timezone.localdate(now)

    def write(self, delivery: Delivery) -> OutgoingMessage:
        report = self._reports.get(delivery.recipient)
        if report is None or not report.email:
            raise Withdraw(_("The address of the reporter was erased."))
        with translation.override(report.language):
            return _compose(report, _public_record(report, self._today))

    def is_current(self, delivery: Delivery) -> bool:
        known, now = self._reports[delivery.recipient], _reports([delivery]).get(delivery.recipient)
        return DataVersion.current() == self._version and now is not None and now.email == known.email

    def once_sent(self, delivery: Delivery) -> Callable[[], None] | None:
        """An answer leaves no trace but its delivery."""
        return None


WRITERS[KIND] = AnswerToReportWriter


def _reports(deliveries):
    keys = [int(delivery.recipient.removeprefix(f"{KIND}:")) for delivery in deliveries]
    return {recipient(report.pk): report for report in ErrorReport.objects.filter(pk__in=keys)}


def _public_record(report, today):
    """The record as the public knows it; None where it is not public any more: then it is not named."""
    for register in REGISTERS:
        if model_of(register)._meta.label_lower == report.kind:
            return register.records(today).filter(pk=report.record).first()
    return None


def _compose(report, record):
    """Of what is not public any more, a reference says nothing; a slug may."""
    reference = report.name if record or issubclass(apps.get_model(report.kind), Referenced) else ""
    subject = _("Your report of an error, %(name)s") if reference else _("Your report of an error")
    near, far = ("right", "left") if translation.get_language_bidi() else ("left", "right")
    context = {
        "report": report,
        "day": edtf.in_words(timezone.localdate(report.received_at).isoformat()),
        "name": public_name(record),
        "link": absolute(record.get_absolute_url()) if record else "",
        "days": ADDRESS_IS_KEPT_FOR.days,
        "reference": reference,
        "subject": subject % {"name": reference},
        "site_url": absolute(reverse("home")),
        "near": near,
        "far": far,
    }
    text = render_to_string("mail/error_report.txt", context)
    message = OutgoingMessage(context["subject"], text.strip() + "\n", to=[report.email])
    message.attach_alternative(render_to_string("mail/error_report.html", context), "text/html")
    return message
