"""Who is asked, and when: policies, focal points, and the notices that came due."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import FocalPoint, FollowUpPolicy, Notice, OrganisationFocalPoint
from tracker.records.admin import RecordAdmin

TERM = [("person", "deputy", "supervisor"), ("starts", "ends")]


@admin.register(FollowUpPolicy)
class FollowUpPolicyAdmin(RecordAdmin):
    list_display = [
        "__str__",
        "is_active",
        "window_days",
        "days_before",
        "on_the_day",
        "days_after",
        "then_every",
        "rest_days",
    ]
    list_select_related = ["forum"]
    search_fields = ["forum__name"]
    fieldsets = [
        (None, {"fields": [("forum", "is_active")]}),
        (
            _("When people are asked"),
            {
                "fields": ["window_days", ("days_before", "on_the_day", "days_after"), ("then_every", "rest_days")],
                "description": _(
                    "Days count from the due date. A change holds from the next run; it sends nothing now."
                ),
            },
        ),
    ]


class ServingFilter(admin.SimpleListFilter):
    title = _("in charge today")
    parameter_name = "serving"

    def lookups(self, request, model_admin):
        return [("yes", _("yes"))]

    def queryset(self, request, queryset):
        return queryset.serving(timezone.localdate()) if self.value() == "yes" else queryset


@admin.register(FocalPoint)
class FocalPointAdmin(RecordAdmin):
    """Who answers for what is work of every day and no public fact: editors change it after publication too."""

    list_display = ["person", "commitment", "side", "deputy", "supervisor", "starts", "ends"]
    list_filter = [ServingFilter, ("side", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "commitment", "side", "deputy", "supervisor"]
    search_fields = ["person__name", "person__email", "commitment__title", "commitment__reference"]
    fields = ["commitment", "side", *TERM]
    next_fields = ["person", "side", "deputy", "supervisor"]


@admin.register(OrganisationFocalPoint)
class OrganisationFocalPointAdmin(RecordAdmin):
    list_display = ["person", "organisation", "deputy", "supervisor", "starts", "ends"]
    list_filter = [ServingFilter]
    list_select_related = ["person", "organisation", "deputy", "supervisor"]
    search_fields = ["person__name", "person__email", "organisation__name"]
    fields = ["organisation", *TERM]


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """Why each mail went out, or will: read only, the planner writes it."""

    list_display = ["person", "commitment", "stage_in_words", "day", "delivery_state"]
    list_filter = ["day", "delivery__state"]
    list_select_related = ["person", "commitment", "delivery"]
    search_fields = ["person__name", "commitment__reference", "commitment__title"]
    list_per_page = 50
    show_full_result_count = False

    @admin.display(description=_("stage"), ordering="stage")
    def stage_in_words(self, notice):
        if notice.stage == 0:
            return _("on the day")
        text = _("%(days)s days before") if notice.stage < 0 else _("%(days)s days after")
        return text % {"days": abs(notice.stage)}

    @admin.display(description=_("mail"), ordering="delivery__state")
    def delivery_state(self, notice):
        return notice.delivery.get_state_display()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
