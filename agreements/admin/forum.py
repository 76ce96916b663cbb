"""Forums: where sides meet again and again."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.models import Forum, ForumCitation, ForumName, Membership, Presidency
from tracker.records.admin import (
    ARROW,
    EDITORS_NOTE,
    CitationInline,
    MergesRecords,
    PublishableAdmin,
    RenamesRecords,
    RowInline,
    SluggedPublishableForm,
    StackedRowInline,
    ToDoFilter,
    state_column,
)

from .names import NameInline
from .statement import ForumStatementInline


class ForumNameInline(NameInline):
    model = ForumName


class ForumCitationInline(CitationInline):
    model = ForumCitation


class MembershipInline(StackedRowInline):
    model = Membership
    line, line_title = [("country", "organisation"), ("role", "joined", ARROW, "left")], "country"
    fields = [
        ("country", "organisation", "role", "ordinal"),
        ("joined", "joined_words", "left", "left_words"),
        ("source", "note"),
    ]
    widths = {"country": 4, "organisation": 4, "role": 2, "ordinal": 2, "source": 4, "note": 8}
    extra_when_new = 2
    terms = {
        "country": _("A country or an organisation, one of them."),
        "role": _("An invited party or an observer is not a member."),
        "ordinal": _("As in “the 16th member”."),
    }


class PresidencyInline(RowInline):
    model = Presidency
    fields = ["country", "term", "source", "note"]


@admin.register(Forum)
class ForumAdmin(MergesRecords, RenamesRecords, PublishableAdmin):
    form = SluggedPublishableForm
    actions = [*PublishableAdmin.actions, "merge_two"]
    list_display = ["name", "abbreviation", "kind", "members", state_column]
    list_filter = [ToDoFilter, "state", "kind"]
    search_fields = ["name", "abbreviation", "names__name", "names__abbreviation", "slug"]
    search_related = ["countries"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ForumCitationInline, MembershipInline, ForumNameInline, PresidencyInline, ForumStatementInline]
    fieldsets = [
        (None, {"fields": [("name", "abbreviation"), ("kind", "session_word"), "description"]}),
        (
            _("Lead organisations and secretariat"),
            {"classes": ["collapse"], "fields": ["lead_organisations", ("secretariat", "organisation")]},
        ),
        (_("Web address and successors"), {"classes": ["collapse"], "fields": ["slug", "successors"]}),
        EDITORS_NOTE,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships__country")

    @admin.display(description=_("member countries"))
    def members(self, forum):
        """The first few by code; a row of sixteen names would hide the rest of the list."""
        codes = sorted(each.country.code for each in forum.memberships.all() if each.country and each.belongs)
        return " ".join(codes[:6]) + (" …" if len(codes) > 6 else "")
