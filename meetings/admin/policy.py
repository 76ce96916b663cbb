"""When people are asked, and who else is told when no answer comes: the policies of forums, and the default."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from meetings.models import FollowUpPolicy
from tracker.records.admin import RecordAdmin


@admin.register(FollowUpPolicy)
class FollowUpPolicyAdmin(RecordAdmin):
    """All mail hangs on the default one: it can be switched off, in sight of everybody, and not deleted."""

    list_display = [
        "__str__",
        "is_active",
        "window_days",
        "days_before",
        "on_the_day",
        "days_after",
        "then_every",
        "rest_days",
        "supervisor_after",
        "secretariat_after",
    ]
    list_select_related = ["forum"]
    search_fields = ["forum__name"]
    fieldsets = [
        (None, {"fields": [("forum", "is_active")]}),
        (
            _("When people are asked"),
            {
                "fields": [
                    "window_days",
                    ("days_before", "on_the_day", "days_after"),
                    ("then_every", "rest_days", "continuous_every"),
                ],
                "description": _(
                    "Days are counted from the due date. A change takes effect from the next run; it sends nothing now."
                ),
            },
        ),
        (
            _("Who else is informed if there is no answer"),
            {
                "fields": [("supervisor_after", "secretariat_after")],
                "description": _(
                    "The supervisor is named beside the focal point. The secretariat is the focal points of the "
                    "organisation that runs the forum."
                ),
            },
        ),
        (
            _("What the coordinator is reminded of"),
            {
                "fields": ["outcomes_after"],
                "description": _("A coordinator maintains the records of a forum, and is named under “Coordinators”."),
            },
        ),
    ]

    def has_delete_permission(self, request, obj=None):
        is_default = obj is not None and obj.forum_id is None
        return super().has_delete_permission(request, obj) and not is_default
