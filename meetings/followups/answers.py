"""What a person answers to a notice: the link that lets them, the form, and the progress update it becomes."""

from datetime import date, datetime, timedelta

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from meetings.models import Commitment, Notice, Progress, ProgressUpdate
from tracker.mail import links
from tracker.records import edtf

from .wording import for_wording

Answer = ProgressUpdate.Answer
PURPOSE = "follow-up"
# What is asked only with one answer. The page hides it with the others, so there it can be neither wrong nor right.
DETAILS = {Answer.LATE: ("expected", "reason"), Answer.NOT_MINE: ("responsible_words",)}


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
    notice = Notice.objects.filter(pk=identity[0]).select_related("person__user", "person__country", "answer").first()
    if notice is None or _identity(notice) != identity:
        return None
    notice.commitment = for_wording(Commitment.objects.filter(pk=notice.commitment_id), now).get()
    return notice


def _identity(notice):
    return notice.pk, notice.person_id, notice.commitment_id, notice.due_version


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class AnswerForm(forms.Form):
    """The five answers and what belongs to them."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=Answer, error_messages={"required": _("Choose one of the five answers.")}
    )
    expected = forms.CharField(label=_("New date"), required=False, max_length=40)
    reason = forms.CharField(label=_("Why"), required=False, max_length=400)
    responsible_words = forms.CharField(label=_("Who then?"), required=False, max_length=200)
    text = forms.CharField(label=_("Note"), required=False, max_length=4000)
    evidence_url = WebAddressField(
        label=_("Link to evidence"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        error_messages={"invalid": _("Write a web address that begins with https:// or http://.")},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self):
        answer = self.cleaned_data.get("answer")
        for choice, names in DETAILS.items():
            for name in names:
                if choice != answer:
                    self.errors.pop(name, None)
                    self.cleaned_data[name] = ""
        if answer == Answer.LATE:
            self._clean_lateness()

    def _clean_lateness(self):
        expected = self.cleaned_data.get("expected")
        if "reason" not in self.errors and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say in a few words why it is late."))
        if not expected:
            return
        try:
            latest = edtf.bounds(expected).latest
        except forms.ValidationError as error:
            self.add_error("expected", error)
            return
        if latest is not None and latest < self.today:
            self.add_error("expected", _("This day has passed already: give the new date."))


def record(notice: Notice, answer: dict[str, str], today: date) -> ProgressUpdate:
    """Save the cleaned data of an ``AnswerForm`` as a progress update for the editors to review.

    Raise ``AlreadyAnswered`` where the notice has one: the database decides who comes first.
    """
    update = ProgressUpdate(
        commitment_id=notice.commitment_id,
        state=ProgressUpdate.State.IN_REVIEW,
        side=side_of(notice.person, notice.commitment),
        as_of=today.isoformat(),
        progress=Progress.COMPLETE if answer["answer"] == Answer.DONE else "",
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


def side_of(person: Person, commitment: Commitment):
    """The side that the person speaks for: as their term of office says, else their country."""
    office = commitment.focal_points.filter(person=person).select_related("side").first()
    return (office and office.side) or person.country
