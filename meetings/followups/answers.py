"""What a person answers to a notice: the link that lets them, and the progress update that the answer becomes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from agreements.models import Country
from meetings.models import Commitment, Notice, Progress, ProgressUpdate
from tracker.mail import links

from .policy import happens_again
from .wording import for_wording

Answer = ProgressUpdate.Answer
PURPOSE = "follow-up"


class AlreadyAnswered(Exception):
    """The notice has its answer; another one changes nothing."""


def link(notice: Notice) -> str:
    """Return the address of the notice's answer page, signed for this person, commitment and due date."""
    return links.absolute(reverse("follow-up", args=[links.sign(PURPOSE, *_identity(notice))]))


def notice_of(token: str, now: datetime) -> Notice | None:
    """Return the notice that a link was made for, ready for wording, or None if that no longer exists.

    Raise ``signing.SignatureExpired`` after ``FOLLOWUP_LINK_DAYS``, ``signing.BadSignature`` for a forged link.
    """
    identity = links.read(PURPOSE, token, timedelta(days=settings.FOLLOWUP_LINK_DAYS))
    notices = Notice.objects.select_related("person__user", "person__country", "answer__responsible")
    notice = notices.filter(pk=identity[0]).first()
    if notice is None or _identity(notice) != identity:
        return None
    commitments = Commitment.objects.select_related("working_group")
    notice.commitment = for_wording(commitments.filter(pk=notice.commitment_id), now).get()
    return notice


def _identity(notice):
    return notice.pk, notice.person_id, notice.commitment_id, notice.due_version


def returned_to(notice: Notice, people: Iterable[int]) -> ProgressUpdate | None:
    """Return the last answer of these people, by primary key, where an editor sent it back with a question and this
    notice asks again: they speak for one office, and one answer of theirs is enough."""
    given = ProgressUpdate.objects.filter(commitment=notice.commitment_id, answered_by__in=people, notice__isnull=False)
    standing = given.exclude(state=ProgressUpdate.State.WITHDRAWN, question="")
    last = standing.select_related("notice", "responsible", "answered_by").order_by("pk").last()
    return last if last and last.question and last.notice.round < notice.round else None


def record(notice: Notice, answer: dict, today: date, side: Country | None = None) -> ProgressUpdate:
    """Save the cleaned data of an ``AnswerForm`` as a progress update for the editors to review, given for ``side``.

    Raise ``AlreadyAnswered`` where the notice has one: the database decides who comes first.
    """
    is_complete = answer["answer"] == Answer.DONE and not happens_again(notice.commitment)
    update = ProgressUpdate(
        commitment_id=notice.commitment_id,
        state=ProgressUpdate.State.IN_REVIEW,
        side=side,
        as_of=today.isoformat(),
        progress=Progress.COMPLETE if is_complete else "",
        answered_by=notice.person,
        notice=notice,
        **answer,
    )
    try:
        with transaction.atomic():
            update.save()
    except IntegrityError as error:
        if ProgressUpdate.objects.filter(notice=notice).exists():
            raise AlreadyAnswered from error
        raise
    return update
