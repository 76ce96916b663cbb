"""What is held back: mail that does not go out although a rule calls for it, until somebody releases it."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings.models import FollowUpHold
from tracker.records.admin import RecordAdmin


class InForceFilter(admin.SimpleListFilter):
    title = _("in force today")
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        return [("yes", _("yes")), ("no", _("no longer"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "yes":
            return queryset.on(today)
        return queryset.filter(until__lt=today) if self.value() == "no" else queryset


@admin.register(FollowUpHold)
class FollowUpHoldAdmin(RecordAdmin):
    list_display = ["__str__", "until", "reason"]
    list_filter = [InForceFilter]
    list_select_related = ["person", "commitment"]
    search_fields = ["person__name", "commitment__title", "commitment__reference", "reason"]
    fieldsets = [
        (
            None,
            {
                "fields": [("person", "commitment"), "until", "reason"],
                "description": _(
                    "A person alone: no mail to them. A commitment alone: no mail about it. Both: no mail to the "
                    "person about this commitment. What is waiting already is held in the list of deliveries."
                ),
            },
        ),
    ]
    actions = ["release"]

    def get_actions(self, request):
        """To release is to delete, without a page of questions: the history keeps it."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("Release"), permissions=["delete"])
    def release(self, request, queryset):
        count = queryset.count()
        self.delete_queryset(request, queryset)
        text = ngettext("%(count)s hold is released.", "%(count)s holds are released.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
