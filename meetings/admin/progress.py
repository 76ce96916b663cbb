"""Progress updates, and the answers of focal points, as a work list: accept, set aside, or open and edit."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.models import ProgressUpdate
from tracker.records.admin import PublishableForm, RecordAdmin, edtf_column
from tracker.records.admin.publishable import PublicationSteps

from .filters import AwaitingFilter


@admin.register(ProgressUpdate)
class ProgressUpdateAdmin(PublicationSteps, RecordAdmin):
    """Only accepted (published) updates count for the progress of the commitment."""

    form = PublishableForm
    list_display = [
        "commitment",
        "answer",
        "progress",
        "text",
        "side",
        edtf_column("as_of", _("as of")),
        "expected",
        "answered_by",
        "state",
        "created_at",
    ]
    list_filter = [AwaitingFilter, "answer", "progress", ("side", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["commitment", "side", "answered_by"]
    search_fields = ["commitment__title", "commitment__reference", "text", "assessor", "answered_by__name"]
    ordering = ["-created_at", "-pk"]
    actions = ["send_to_review", "publish", "set_aside"]
    readonly_fields = ["created_at", "due_now"]
    next_fields = ["commitment", "side", "source"]
    fieldsets = [
        (None, {"fields": ["commitment", "due_now", ("progress", "side", "as_of"), "text"]}),
        (
            _("Evidence"),
            {"fields": [("source", "locator"), "evidence_url", "assessor"]},
        ),
        (
            _("Answer of a focal point"),
            {"fields": [("answer", "answered_by"), ("expected", "reason"), "responsible_words", "created_at"]},
        ),
        (
            _("Publication"),
            {
                "fields": [("state", "embargoed_until")],
                "description": _(
                    "Published: accepted; it counts for the progress of the commitment. Withdrawn: set aside. A new "
                    "date moves nothing by itself: enter it on the commitment, with the change of the due date."
                ),
            },
        ),
    ]
    terms = {
        "progress": _(
            "Not started: nothing done. Limited: first steps. Substantial: most of it. Complete: all of it, and a "
            "source says so. Empty: the answer tells nothing of it."
        ),
        "side": _("Whose view it is; empty for an outside assessor."),
    }

    @admin.display(description=_("due now"))
    def due_now(self, update):
        return update.commitment.due_in_words or "–" if update.pk else "–"

    @admin.action(description=_("Accept (publish)"), permissions=["publish"])
    def publish(self, request, queryset):
        super().publish(request, queryset)

    @admin.action(description=_("Set aside"), permissions=["publish"])
    def set_aside(self, request, queryset):
        waiting = list(queryset.awaiting_review())
        self._move(request, waiting, ProgressUpdate.State.WITHDRAWN)
        self._report_rest(request, queryset.count() - len(waiting))
