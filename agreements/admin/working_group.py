"""Working groups and the stages of their life."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.models import (
    WorkingGroup,
    WorkingGroupCitation,
    WorkingGroupMember,
    WorkingGroupName,
    WorkingGroupStage,
)
from tracker.records.admin import (
    ARROW,
    EDITORS_NOTE,
    CitationInline,
    MadeByName,
    MergesRecords,
    NamedOnlyFilter,
    PublishableAdmin,
    RenamesRecords,
    SluggedPublishableForm,
    StackedRowInline,
    ToDoFilter,
    state_column,
)
from tracker.records.models import free_slug

from .names import NameInline
from .statement import WorkingGroupStatementInline


class WorkingGroupNameInline(NameInline):
    model = WorkingGroupName


class WorkingGroupCitationInline(CitationInline):
    model = WorkingGroupCitation


class StageInline(StackedRowInline):
    model = WorkingGroupStage
    line, line_title = [("on", "on_words"), "stage", ("source", "locator")], "stage"
    fields = [("stage", "on", "on_words"), ("source", "locator", "note")]
    widths = {"source": 5, "locator": 3, "note": 4}
    extra_when_new = 1
    terms = {
        "stage": _(
            "Proposed by a side; agreed in principle; announced as to be formed; established; first met. It may stop "
            "anywhere. Ended, or not known: it is a group of the past, or nobody knows whether it still exists."
        ),
    }


class MemberInline(StackedRowInline):
    model = WorkingGroupMember
    line, line_title = [("country", "organisation"), ("is_founding", "joined", ARROW, "left")], "country"
    fields = [("country", "organisation", "is_founding"), ("joined", "left", "source", "note")]
    terms = {
        "country": _("Only where the group has members of its own; else those of its forum are its members."),
    }


@admin.register(WorkingGroup)
class WorkingGroupAdmin(MergesRecords, RenamesRecords, MadeByName, PublishableAdmin):
    form = SluggedPublishableForm
    actions = [*PublishableAdmin.actions, "merge_two"]
    list_display = ["headline", "abbreviation", "forum", "stage", state_column]
    list_filter = [ToDoFilter, "state", "stage", ("forum", NamedOnlyFilter)]
    list_select_related = ["parent", "forum", "founding_agreement"]
    search_fields = ["name", "abbreviation", "names__name", "names__abbreviation", "description", "forum__name", "slug"]
    search_related = ["forum", "countries"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["stage"]
    next_fields = ["forum"]
    inlines = [
        WorkingGroupCitationInline,
        StageInline,
        MemberInline,
        WorkingGroupNameInline,
        WorkingGroupStatementInline,
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "abbreviation"),
                    ("forum", "parent"),
                    ("stage", "session_word"),
                    "description",
                    "themes",
                ]
            },
        ),
        (
            _("Establishment"),
            {"classes": ["collapse"], "fields": ["founding_agreement", ("convener", "convening_country")]},
        ),
        (_("Web address and successors"), {"classes": ["collapse"], "fields": ["slug", "successors"]}),
        EDITORS_NOTE,
    ]
    terms = {"stage": _("The last one reached, from the rows below.")}

    def was_renamed(self, group, on):
        """A stage in its life, as the day of its renaming is known."""
        group.stages.get_or_create(stage=WorkingGroup.Stage.RENAMED, on=on)

    @admin.display(description=_("name"), ordering="name")
    def headline(self, group):
        return group.headline

    def made_of(self, text):
        return WorkingGroup(name=text, slug=free_slug(WorkingGroup, [text]))
