"""How far commitments are: updates by each side with their evidence, and answers to follow-up mail awaiting review."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from agreements.models import Country, Person
from tracker.records.fields import EarliestDay, EDTFField, LatestDay, StatedWords
from tracker.records.languages import OF_EDITORS
from tracker.records.models import Publication, PublishableQuerySet, Row, Source

from .assessment import Progress
from .commitment import Commitment
from .followup import Reminder

NOBODY_SAYS_SO = _(
    "To be complete it needs a source, the address of evidence, who assessed it, or the side whose word it is."
)


class ProgressUpdateQuerySet(PublishableQuerySet):
    def awaiting_review(self):
        return self.filter(state=Publication.State.IN_REVIEW)

    def returned(self):
        """Answers that an editor sent back with a question."""
        return self.exclude(question="")


class ProgressUpdate(Publication, Row):
    """What one side, or an assessor, says of a commitment as of a day. Only published ones set its progress."""

    class Answer(models.TextChoices):
        DONE = "done", _("done")
        ON_TRACK = "on_track", _("on track")
        LATE = "late", _("late")
        NOT_MINE = "not_mine", _("not mine")
        NEED_HELP = "need_help", _("need help")

    owner_name = "commitment"
    # What is between those in charge and the desk.
    NOT_SHOWN = frozenset(
        {
            *("expected", "expected_earliest", "expected_latest", "expected_words", "reason"),
            *("responsible", "responsible_words", "answered_by", "reminder", "created_at"),
        }
    )

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="progress_updates")
    side = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("side")
    )
    as_of = EDTFField(_("as of"))
    as_of_earliest = EarliestDay(of="as_of")
    as_of_latest = LatestDay(of="as_of")
    progress = models.CharField(_("progress"), max_length=15, choices=Progress, blank=True)
    text = models.TextField(_("what was done"), blank=True, help_text=_("In our own words."))
    assessor = models.CharField(_("assessed by"), max_length=150, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    locator = models.CharField(_("place in the source"), max_length=100, blank=True)
    evidence_url = models.URLField(_("address of the evidence"), max_length=1000, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    expected = EDTFField(_("new date expected"))
    expected_words = StatedWords(
        of="expected", verbose_name=_("new date, in words"), help_text=_("As the person put it.")
    )
    reason = models.CharField(_("why it is late"), max_length=400, blank=True)
    responsible_words = models.CharField(_("who is responsible instead"), max_length=200, blank=True)
    responsible = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person responsible instead"),
    )
    question = models.TextField(
        _("editor’s question"),
        blank=True,
        max_length=2000,
        help_text=_("Goes to whoever gave the answer, with the next message."),
    )
    answered_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    reminder = models.OneToOneField(
        Reminder,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="answer",
        verbose_name=_("answers the reminder"),
    )
    created_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta(Publication.Meta):
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        ordering = [F("as_of_latest").asc(nulls_first=True), "pk"]
        indexes = [models.Index(fields=["commitment", "state", "as_of_latest"], name="progress_of_commitment")]
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(progress="") | ~Q(answer=""),
                name="progress_update_says_something",
                violation_error_message=_("Say how far the commitment has progressed."),
            ),
            models.CheckConstraint(
                condition=Q(reminder__isnull=True) | ~Q(answer=""),
                name="answer_to_a_reminder_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(question="") | Q(state="withdrawn", reminder__isnull=False),
                name="progress_question_returns_an_answer",
                violation_error_message=_("Only an answer to a message can be returned with a question."),
            ),
        ]

    def bring_to(self, state, moment=None):
        """One that was returned is decided on after all; the history keeps the question."""
        super().bring_to(state, moment)
        self.question = ""

    def shortcomings(self):
        """That something is complete is somebody's word, or stands somewhere."""
        is_told = self.source_id or self.evidence_url or self.assessor or self.side_id
        return [NOBODY_SAYS_SO] if self.progress == Progress.COMPLETE and not is_told else []

    @property
    def text_language(self):
        """The language of editors; nobody says in which one those in charge answer."""
        return "" if self.answer else OF_EDITORS

    def was_published(self, day):
        """Who accepts news of a commitment has looked for it."""
        self.commitment.look_again(day, reason=gettext_noop("news of it was accepted"))

    def __str__(self):
        return f"{self.get_progress_display() or self.get_answer_display()} {self.as_of_in_words}".strip()
