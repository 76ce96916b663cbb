"""Who is asked: people appointed for a time, as focal points or as coordinators."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Coordinator, FocalPoint, OrganisationFocalPoint
from tracker.records.admin import RecordAdmin

from .reach import UnreachableFilter, obstacle_column

TERM = [("person", "deputy", "supervisor"), ("starts", "ends")]


class ServingFilter(admin.SimpleListFilter):
    title = _("in charge today")
    parameter_name = "serving"

    def lookups(self, request, model_admin):
        return [("yes", _("yes"))]

    def queryset(self, request, queryset):
        return queryset.serving(timezone.localdate()) if self.value() == "yes" else queryset


class AppointmentAdmin(RecordAdmin):
    """People in charge for a time: whether they are today, and whether mail can reach them."""

    list_filter = [ServingFilter, UnreachableFilter]
    search_fields = ["person__name", "person__email"]

    def get_list_display(self, request):
        person, *others = super().get_list_display(request)
        return [person, obstacle_column(), *others]


@admin.register(FocalPoint)
class FocalPointAdmin(AppointmentAdmin):
    """Who answers for what is work of every day and no public fact: editors change it after publication too."""

    list_display = ["person", "commitment", "side", "deputy", "supervisor", "starts", "ends"]
    list_filter = [*AppointmentAdmin.list_filter, ("side", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person__user", "commitment", "side", "deputy", "supervisor"]
    search_fields = [*AppointmentAdmin.search_fields, "commitment__title", "commitment__reference"]
    fields = ["commitment", "side", *TERM]
    next_fields = ["person", "side", "deputy", "supervisor"]


@admin.register(OrganisationFocalPoint)
class OrganisationFocalPointAdmin(AppointmentAdmin):
    list_display = ["person", "organisation", "deputy", "supervisor", "starts", "ends"]
    list_select_related = ["person__user", "organisation", "deputy", "supervisor"]
    search_fields = [*AppointmentAdmin.search_fields, "organisation__name"]
    fields = ["organisation", *TERM]


@admin.register(Coordinator)
class CoordinatorAdmin(AppointmentAdmin):
    """Who is reminded of what the records of a forum lack."""

    list_display = ["person", "forum", "deputy", "starts", "ends"]
    list_select_related = ["person__user", "forum", "deputy"]
    search_fields = [*AppointmentAdmin.search_fields, "forum__name", "forum__abbreviation"]
    fields = ["forum", ("person", "deputy"), ("starts", "ends")]
