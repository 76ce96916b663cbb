"""What people send back by the links in their mail: an answer, by a link that works for a time; or that they want no
more mail, by one click in a mail program or on a page (RFC 8058), and mail again.

Each link is good for one purpose only. The one that stops mail never expires and needs neither a login nor a cookie:
mail programs keep it for years.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.models import Country, Person
from meetings.models import Commitment, Progress, ProgressUpdate, Reminder
from tracker.mail import links
from tracker.mail.models import Delivery
from tracker.records import edtf
from tracker.records.form_fields import EDTFFormField
from tracker.records.models import one_change, one_writer

from .rules import happens_again

Answer = ProgressUpdate.Answer
TO_ANSWER, TO_READ, TO_STOP = "follow-up", "follow-up-list", "follow-up-stop"
# What is asked only with one answer, and its empty value. The page hides it with the others, so there it can be
# neither wrong nor right.
DETAILS = {
    Answer.LATE: {"expected": "", "expected_words": "", "reason": ""},
    Answer.NOT_MINE: {"responsible": None, "responsible_words": ""},
}
# What people write into the form in their own words.
TEXTS = ("text", "reason", "expected", "expected_words", "responsible_words", "evidence_url")


class AlreadyAnswered(Exception):
    """The reminder has its ``answer``; another one changes nothing."""

    def __init__(self, answer: ProgressUpdate):
        super().__init__(answer)
        self.answer = answer


def link(reminder: Reminder) -> str:
    """Return the address of the reminder's answer page, signed for this person, commitment and due date."""
    return links.absolute(reverse("follow-up", args=[links.sign(TO_ANSWER, *_identity(reminder))]))


def reminder_of(token: str) -> Reminder | None:
    """Return the reminder that a link was made for, or None if that no longer exists.

    Raise ``signing.SignatureExpired`` after ``FOLLOWUP_LINK_DAYS``, ``signing.BadSignature`` for a forged link.
    """
    identity = links.read(TO_ANSWER, token, timedelta(days=settings.FOLLOWUP_LINK_DAYS))
    reminders = Reminder.objects.select_related("person__user", "person__country", "answer__responsible")
    reminder = reminders.filter(pk=identity[0]).first()
    return reminder if reminder is not None and _identity(reminder) == identity else None


def list_link(delivery: Delivery, person: Person) -> str:
    """Return the address of the page with all that one message to the person says."""
    return links.absolute(reverse("follow-up-list", args=[links.sign(TO_READ, delivery.pk, person.pk)]))


def message_of(token: str) -> tuple[Delivery | None, Person | None]:
    """Return the message that such a link was made for, and to whom; None of what is gone. Raise as ``reminder_of``."""
    delivery, person = links.read(TO_READ, token, timedelta(days=settings.FOLLOWUP_LINK_DAYS))
    people = Person.objects.select_related("user", "country")
    return Delivery.objects.filter(pk=delivery).first(), people.filter(pk=person).first()


def recipient_of(token: str) -> Person | None:
    """Return whom a link was sent to, however long ago; None where they are gone."""
    identity = links.read(TO_ANSWER, token, timedelta.max)
    return Person.objects.filter(pk=identity[1]).first()


def _identity(reminder):
    return reminder.pk, reminder.person_id, reminder.commitment_id, reminder.due_version


def what_is_asked(commitment: Commitment) -> str:
    """A mark of what a person reads before answering, the public text and the due date; once they differ, another."""
    read = (commitment.title, commitment.text, commitment.wording, commitment.due, commitment.recurrence)
    return sha256(repr(read).encode()).hexdigest()[:16]


def returned_to(reminder: Reminder, people: Iterable[int]) -> ProgressUpdate | None:
    """Return the last answer of these people, by primary key, where an editor sent it back with a question and this
    reminder asks again: they share an appointment, and one answer of theirs is enough."""
    given = ProgressUpdate.objects.filter(
        commitment=reminder.commitment_id, answered_by__in=people, reminder__isnull=False
    )
    standing = given.exclude(state=ProgressUpdate.State.WITHDRAWN, question="")
    last = standing.select_related("reminder", "responsible", "answered_by").order_by("pk").last()
    return last if last and last.question and last.reminder.round < reminder.round else None


def record(reminder, answer: dict, today: date, side: Country | None = None) -> ProgressUpdate:
    """Save the cleaned data of an ``AnswerForm`` as a progress update for the editors to review, given for ``side``.

    Raise ``AlreadyAnswered`` where the reminder has one: the database decides who comes first.
    """
    is_complete = answer["answer"] == Answer.DONE and not happens_again(reminder.commitment)
    update = ProgressUpdate(
        commitment_id=reminder.commitment_id,
        state=ProgressUpdate.State.IN_REVIEW,
        side=side,
        as_of=today.isoformat(),
        progress=Progress.COMPLETE if is_complete else "",
        answered_by=reminder.person,
        reminder=reminder,
        **answer,
    )
    try:
        with transaction.atomic():
            update.save()
    except IntegrityError as error:
        given = ProgressUpdate.objects.filter(reminder=reminder).select_related("responsible").first()
        if given is None:
            raise
        raise AlreadyAnswered(given) from error
    return update


# The form of the answer page


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]


class NewDayField(EDTFFormField):
    """What a calendar in a browser sends, and what people write where there is none."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != edtf.UNREADABLE:
                raise
            text = _("“%(value)s” is not a date. Choose a day, or say in words when it will be.")
            raise forms.ValidationError(text, params=error.params) from error


class AnswerForm(forms.Form):
    """The cleaned data are fields of ``ProgressUpdate``. ``colleagues`` are those whom “not mine” may name."""

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=Answer, error_messages={"required": _("Choose one of the five answers.")}
    )
    expected = NewDayField(label=_("New date"), required=False, max_length=80)
    expected_words = forms.CharField(label=_("New date, in words"), required=False, max_length=100)
    reason = forms.CharField(label=_("Why"), required=False, max_length=400)
    responsible = forms.TypedChoiceField(label=_("Who is responsible?"), required=False, empty_value=None)
    responsible_words = forms.CharField(label=_("Who is responsible?"), required=False, max_length=200)
    text = forms.CharField(label=_("Note"), required=False, max_length=4000)
    evidence_url = WebAddressField(
        label=_("Link to evidence"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        error_messages={"invalid": _("Write a web address that begins with https:// or http://.")},
    )

    def __init__(self, *args, today, colleagues=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.colleagues = colleagues
        people = {str(person.pk): person for person in colleagues}
        self.fields["responsible"].choices = [("", ""), *((key, person.name) for key, person in people.items())]
        self.fields["responsible"].coerce = people.get

    def clean(self):
        answer = self.cleaned_data.get("answer")
        for choice, details in DETAILS.items():
            if choice != answer:
                for name, empty in details.items():
                    self.errors.pop(name, None)
                    self.cleaned_data[name] = empty
        if answer == Answer.LATE:
            self._clean_lateness()

    def _clean_lateness(self):
        expected = self.cleaned_data.get("expected")
        if "reason" not in self.errors and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say in a few words why it is late."))
        if not expected:
            return
        latest = edtf.bounds(expected).latest
        if latest is not None and latest < self.today:
            self.add_error("expected", _("This day has passed already: give the new date."))


# No more mail, and mail again


def stop_link(person: Person) -> str:
    """Return the address that stops all follow-up mail to the person: for ``List-Unsubscribe`` and for the footer."""
    return links.absolute(reverse("follow-up-stop", args=[links.sign(TO_STOP, person.pk)]))


def person_of(token: str) -> Person | None:
    """Return the person that a link was made for, or None where they are gone; raise ``signing.BadSignature``."""
    (key,) = links.read(TO_STOP, token, timedelta.max)
    return Person.objects.filter(pk=key).first()


def stop(person: Person, now: datetime) -> None:
    """Write that the person wants no mail from ``now`` on; who stopped it before, stopped it then."""
    _set(person, now, "stopped by the person, with the link in a message")


def resume(person: Person) -> None:
    """Write that the person wants mail again."""
    _set(person, None, "wanted again by the person, with the link in a message")


def _set(person, moment, reason):
    with transaction.atomic():
        one_writer()  # before the row's own lock, as every other change takes them
        person.refresh_from_db(from_queryset=Person.objects.select_for_update())
        if (person.unsubscribed_at is None) == (moment is None):
            return
        person.unsubscribed_at = moment
        with one_change(reason=reason):
            person.save(update_fields=["unsubscribed_at"])
