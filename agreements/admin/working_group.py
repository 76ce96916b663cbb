"""Working groups and the stages of their life."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.models import WorkingGroup, WorkingGroupCitation, WorkingGroupName, WorkingGroupStage
from tracker.records.admin import (
    PUBLICATION,
    CitationInline,
    PublishableAdmin,
    RowInline,
    SluggedPublishableForm,
    ToDoFilter,
    yes_no_column,
)

from .names import NameInline


class WorkingGroupNameInline(NameInline):
    model = WorkingGroupName


class WorkingGroupCitationInline(CitationInline):
    model = WorkingGroupCitation


class StageInline(RowInline):
    model = WorkingGroupStage
    show_change_link = True
    fields = ["stage", "on", "source", "locator", "note"]
    extra_when_new = 1
    terms = {
        "stage": _("Proposed by a side; agreed in principle; announced as formed; first met. It may stop anywhere."),
    }


@admin.register(WorkingGroup)
class WorkingGroupAdmin(PublishableAdmin):
    form = SluggedPublishableForm
    list_display = ["name", "abbreviation", "forum", "stage", "state", yes_no_column("has_source", _("sources"))]
    list_filter = [ToDoFilter, "state", "stage", ("forum", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["forum"]
    search_fields = ["name", "abbreviation", "names__name", "names__abbreviation", "forum__name", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["stage"]
    next_fields = ["forum"]
    inlines = [WorkingGroupCitationInline, StageInline, WorkingGroupNameInline]
    fieldsets = [
        (None, {"fields": [("name", "abbreviation"), ("forum", "parent"), "stage", "description", "themes"]}),
        (_("Establishment"), {"classes": ["collapse"], "fields": [("founding_agreement", "convener")]}),
        (_("Web address and successors"), {"classes": ["collapse"], "fields": ["slug", "successors"]}),
        PUBLICATION,
    ]
    terms = {"stage": _("The last one reached, from the rows below.")}
