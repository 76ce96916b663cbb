"""Organisations: who acts for a country, or beside it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.models import Organisation, OrganisationCitation, OrganisationName
from tracker.records.admin import (
    EDITORS_NOTE,
    CitationInline,
    MadeByName,
    MergesRecords,
    NamedOnlyFilter,
    PublishableAdmin,
    RenamesRecords,
    SluggedPublishableForm,
    ToDoFilter,
    state_column,
)
from tracker.records.models import free_slug

from .names import NameInline


class OrganisationNameInline(NameInline):
    model = OrganisationName


class OrganisationCitationInline(CitationInline):
    model = OrganisationCitation


@admin.register(Organisation)
class OrganisationAdmin(MergesRecords, RenamesRecords, MadeByName, PublishableAdmin):
    form = SluggedPublishableForm
    actions = [*PublishableAdmin.actions, "merge_two"]
    list_display = [
        "name",
        "abbreviation",
        "kind",
        "country",
        "parent",
        state_column,
    ]
    list_filter = [ToDoFilter, "state", "kind", "is_uncertain", ("country", NamedOnlyFilter)]
    list_select_related = ["country", "parent"]
    search_fields = ["name", "abbreviation", "names__name", "names__abbreviation", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    next_fields = ["kind", "country"]
    inlines = [OrganisationCitationInline, OrganisationNameInline]
    fieldsets = [
        (None, {"fields": [("name", "abbreviation"), ("kind", "country"), ("parent", "seat"), "is_uncertain", "note"]}),
        (_("Web address and successors"), {"classes": ["collapse"], "fields": ["slug", "successors"]}),
        EDITORS_NOTE,
    ]
    terms = {
        "country": _("Empty for international organisations."),
        "parent": _("The body it belongs to, as a ministry of a government."),
    }

    def made_of(self, text):
        """Of no kind that anybody has stated yet."""
        return Organisation(name=text, kind=Organisation.Kind.OTHER, slug=free_slug(Organisation, [text]))
