"""Progress updates, and the answers of focal points, as a work list: accept, return, set aside, or open and edit."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.models import ProgressUpdate
from tracker.records.admin import PublishableForm, RecordAdmin, edtf_column
from tracker.records.admin.publishable import PublicationSteps
from tracker.records.admin.steps import Step

from .answers import LeadsOn, ReturnsAnswers
from .filters import AwaitingFilter, ProgressToDoFilter

State = ProgressUpdate.State


class ProgressUpdateForm(PublishableForm):
    def _post_clean(self):
        super()._post_clean()
        for text in self.instance.shortcomings() if self.instance.state == State.PUBLISHED else ():
            self.add_error("assessor", text)


@admin.register(ProgressUpdate)
class ProgressUpdateAdmin(ReturnsAnswers, LeadsOn, PublicationSteps, RecordAdmin):
    """Only accepted (published) updates count for the progress of the commitment."""

    form = ProgressUpdateForm
    change_form_template = "admin/meetings/progressupdate/change_form.html"
    list_display = [
        "commitment",
        "answer",
        "standing",
        "answered_by",
        "text",
        edtf_column("expected", _("new date expected"), "expected"),
        "progress",
        "side",
        edtf_column("as_of", _("as of")),
        "created_at",
    ]
    list_filter = [AwaitingFilter, ProgressToDoFilter, "answer", "progress", ("side", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["commitment", "side", "answered_by"]
    search_fields = ["commitment__title", "commitment__reference", "text", "assessor", "answered_by__name"]
    ordering = ["-created_at", "-pk"]
    actions = ["send_to_review", "publish", "return_with_question", "set_aside", "have_read"]
    # It is returned with a question, on a page of its own.
    steps_left_out = [Step.RETURN]
    readonly_fields = ["created_at", "due_now", "question"]
    next_fields = ["commitment", "side", "source"]
    fieldsets = [
        (None, {"fields": ["commitment", "due_now", ("progress", "side", "as_of"), "text"]}),
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
