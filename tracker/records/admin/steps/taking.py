"""Steps carried out: on one record whose form was saved with one, on what goes along with it, and on many of a list."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Comment, Publishable, Revision

from .outlook import Staying, company, outlook
from .step import Step, why_not

NO_REASON = _("Say why it is returned: whoever wrote it reads this first.")


@dataclass
class StepWords:
    """What somebody says with a step: ``text`` to colleagues, ``public_reason`` to everyone; ``alone`` leaves what
    would go along where it is. ``no_moment`` says why there is no moment, where more is to be said than that."""

    text: str = ""
    moment: datetime | None = None
    no_moment: str = ""
    public_reason: str = ""
    is_by_law: bool = False
    alone: bool = False


@dataclass
class Taken:
    """The records that were moved; those that stayed with the reasons; and how many were in another state."""

    moved: list[Any] = field(default_factory=list)
    stayed: list[Staying] = field(default_factory=list)
    elsewhere: int = 0


def put(record: Any, step: Step, told: StepWords) -> None:
    """Bring the record, unsaved, to where the step leads."""
    record.bring_to(step.leads_to, told.moment if step == Step.PUBLISH_AT else None)
    if step.is_grave and isinstance(record, Publishable):
        record.withdrawal_reason, record.is_withdrawn_by_law = told.public_reason, told.is_by_law


def say(record: Any, step: Step, told: StepWords, user: Any, now: datetime) -> None:
    """Keep what was said with the step. What is sent on, or decided, is returned no more."""
    if step != Step.RETURN:
        Comment.objects.of(record).returns().update(settled_at=now, settled_by=user)
    act = {Step.RETURN: Comment.Act.RETURNED, Step.REVIEW: Comment.Act.SENT}.get(step)
    if act is None or not told.text:
        return
    settled = {} if act == Comment.Act.RETURNED else {"settled_at": now, "settled_by": user}
    Comment.objects.create(
        **{"kind": record._meta.label_lower, "record": record.pk, "act": act, "text": told.text},
        **{"account": user, "made_at": now, "addressee_id": writer_of(record, user) if not settled else None},
        **settled,
    )


def writer_of(record: Any, besides: Any) -> int | None:
    """To whom a record goes back: who last changed what it says, or else sent it, other than whoever returns it."""
    changes = Revision.objects.of(record).editorial().exclude(account=besides.pk).exclude(account=None)
    by_content = changes.changing_content().newest_first() if changes.changing_content().exists() else changes
    return by_content.newest_first().values_list("account", flat=True).first()


def carry(record: Any, step: Step, told: StepWords, user: Any, now: datetime, together: Collection[Any] = ()) -> Taken:
    """Once the record itself has moved: move what goes along with it."""
    taken = Taken()
    for each, reasons in () if told.alone else list(company(record, step, user, together)):
        if reasons:
            taken.stayed.append(Staying(each, reasons))
            if step == Step.PUBLISH_AT and not why_not(Step.REVIEW, each, user):
                move(each, Step.REVIEW, told, user, now)  # what keeps it from going out can be mended until then
        else:
            move(each, step, told, user, now)
            taken.moved.append(each)
    return taken


def move(record: Any, step: Step, told: StepWords, user: Any, now: datetime) -> None:
    put(record, step, told)
    record.save()
    if step == Step.PUBLISH:
        record.was_published(localdate(now))


def take(records: Collection[Any], step: Step, told: StepWords, user: Any, now: datetime) -> Taken:
    """The step with each of these records and with what goes along; where one stands among the others too it is moved
    once."""
    taken, done = Taken(), set()
    for record in records:
        if (type(record), record.pk) in done:
            continue
        if why_not(step, record, user):
            taken.elsewhere += 1
            continue
        found = outlook(record, step, user, alone=True)
        if found.against:
            taken.stayed.append(Staying(record, found.against))
            continue
        move(record, step, told, user, now)
        say(record, step, told, user, now)
        along = carry(record, step, told, user, now, records)
        taken.moved += [record, *along.moved]
        known = {(type(each.record), each.record.pk) for each in taken.stayed}
        taken.stayed += [each for each in along.stayed if (type(each.record), each.record.pk) not in known]
        done |= {(type(each), each.pk) for each in along.moved}
    return taken
