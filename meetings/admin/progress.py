"""Progress updates, and the answers of focal points, as a work list: accept, return, set aside, or open and edit."""

from django.contrib import admin
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from meetings.models import ProgressUpdate
from tracker.records.admin import ListView, NamedOnlyFilter, PublishableForm, RecordAdmin, edtf_column
from tracker.records.admin.publication import LAST_EDITOR, needs_another_reader
from tracker.records.admin.publishable import PublicationSteps
from tracker.records.admin.steps import Panel, Step

from .answers import LeadsOn, QuestionForm, ReturnsAnswers, obstacle_to_question, returnable
from .columns import answered_by, answered_commitment, beginning_of_text, progress_said
from .filters import AwaitingFilter, ProgressToDoFilter
from .said import Said

State = ProgressUpdate.State
# The button and the input of the panel.
RETURN, QUESTION = "_return", "_question"
RETURN_PANEL = "admin/meetings/progressupdate/return_panel.html"
NOT_RETURNABLE = _("Only an answer to a message that is in review can be returned with a question.")
ACCEPTED_AS_WRITTEN = _(
    "Change it where needed: an answer is accepted as it is written here. What you change in it stands in the list of "
    "what nobody else has read."
)


class ProgressUpdateForm(PublishableForm):
    """Also returned with a question: what is typed in the form is saved with that."""

    @property
    def is_returned(self):
        return RETURN in self.data

    @cached_property
    def changed_data(self):
        return [*super().changed_data, *(["question", "state"] if self.is_returned else [])]

    @cached_property
    def asked(self):
        return QuestionForm({"question": self.data.get(QUESTION, "")})

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if self.is_returned:
            if not returnable(ProgressUpdate.objects.filter(pk=self.instance.pk)).exists():
                self.add_error(None, NOT_RETURNABLE)
            for texts in self.asked.errors.values():
                self.add_error(None, texts)
        return cleaned

    def _objections(self):
        """Who gave an answer and who accepts it are two people. What the second one edits in the same step waits for a
        reader afterwards, as any change of what is published does (docs/decisions/answers-are-accepted-as-edited.md).
        """
        if self.instance.reminder_id is None:
            yield from super()._objections()
        elif needs_another_reader(self.instance, self.user):
            yield LAST_EDITOR

    def _post_clean(self):
        if self.is_returned and not self.errors:
            self.instance.bring_to(State.WITHDRAWN)
            self.instance.question = self.asked.cleaned_data["question"]
        super()._post_clean()
        for text in self.instance.shortcomings() if self.instance.state == State.PUBLISHED else ():
            self.add_error("assessor", text)


@admin.register(ProgressUpdate)
class ProgressUpdateAdmin(ReturnsAnswers, LeadsOn, PublicationSteps, RecordAdmin):
    """Only accepted (published) updates count for the progress of the commitment."""

    form = ProgressUpdateForm
    change_form_template = "admin/meetings/progressupdate/change_form.html"
    list_display = [
        answered_commitment,
        "answer",
        "standing",
        answered_by,
        beginning_of_text,
        edtf_column("expected", _("new date expected"), "expected"),
        progress_said,
    ]
    list_filter = [AwaitingFilter, ProgressToDoFilter, "answer", "progress", ("side", NamedOnlyFilter)]
    list_views = (
        ListView(_("Waiting for review")),
        ListView(_("Returned, waiting for the person"), f"work={AwaitingFilter.RETURNED}"),
        ListView(_("Accepted or declined"), f"work={AwaitingFilter.DECIDED}"),
        ListView(_("All"), f"work={AwaitingFilter.ALL}"),
    )
    list_select_related = ["commitment", "side", "answered_by"]
    search_fields = ["commitment__title", "commitment__reference", "text", "assessor", "answered_by__name"]
    ordering = ["-created_at", "-pk"]
    actions = ["send_to_review", "publish", "return_with_question", "set_aside", "have_read"]
    # It is returned with a question, by a panel of its own.
    steps_left_out = [Step.RETURN]
    readonly_fields = ["created_at", "due_now", "question"]
    next_fields = ["commitment", "side", "source"]
    fieldsets = [
        (
            _("As it is published"),
            {
                "fields": ["commitment", "due_now", ("progress", "side", "as_of"), "text"],
            },
        ),
        (
            _("Evidence"),
            {"fields": [("source", "locator"), "evidence_url", "assessor"]},
        ),
        (
            _("Answer of a focal point"),
            {
                "fields": [
                    ("answer", "answered_by"),
                    ("expected", "expected_words", "reason"),
                    ("responsible", "responsible_words"),
                    ("created_at", "question"),
                ]
            },
        ),
    ]
    terms = {
        "progress": _(
            "Not started: nothing done. Started: something, how much is not known. Limited: first steps. Substantial: "
            "most of it. Complete: all of it, and a source says so. Empty: the answer does not say."
        ),
        "side": _("Whose view it is; empty for an outside assessor."),
    }

    def get_fieldsets(self, request, obj=None):
        """What is said of accepting holds for an answer that waits for it."""
        (name, options), *others = super().get_fieldsets(request, obj)
        if obj is not None and obj.answered_by_id and obj.state == ProgressUpdate.State.IN_REVIEW:
            options = {**options, "description": ACCEPTED_AS_WRITTEN}
        return [(name, options), *others]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """An answer is shown as it came, above what is published of it."""
        if obj is not None and obj.pk and obj.answered_by_id:
            stored = ProgressUpdate.objects.select_related("commitment", "answered_by").get(pk=obj.pk)
            context["said"] = Said(stored, timezone.localdate())
        response = super().render_change_form(request, context, add, change, form_url, obj)
        for panel in context["bar"].panels if "bar" in context else ():
            if getattr(panel, "step", None) == Step.PUBLISH:
                panel.label, panel.button = _("Accept"), _("Accept as it is written below")
        return response

    def further_panels(self, request, record):
        if record.pk is None or not record.reminder_id or record.state != State.IN_REVIEW:
            return ()
        values = {"input": QUESTION, "button": RETURN, "question": request.POST.get(QUESTION, "")}
        values |= {"person": record.answered_by, "obstacle": obstacle_to_question(record)}
        values["most"] = QuestionForm.base_fields["question"].max_length
        is_open = RETURN in request.POST
        return (Panel(_("Return with a question"), RETURN_PANEL, is_open=is_open, values=values),)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.is_returned:
            self.report_returned(request, [form.instance], 0)

    @admin.display(description=_("due now"))
    def due_now(self, update):
        return update.commitment.due_in_words or "–" if update.pk else "–"

    @admin.display(description=_("state"), ordering="state")
    def standing(self, update):
        return _("returned") if update.question else update.get_state_display()

    @admin.action(description=_("Accept (publish)"), permissions=["publish"])
    def publish(self, request, queryset):
        return super().publish(request, queryset)

    @admin.action(description=_("Decline"), permissions=["publish"])
    def set_aside(self, request, queryset):
        return self.ask_or_take(request, queryset, Step.SET_ASIDE)

    def step_taken(self, request, step, taken):
        super().step_taken(request, step, taken)
        for update in taken.moved if step == Step.PUBLISH else ():
            self.tell_steps(request, update)
