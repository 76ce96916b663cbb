"""Themes: what cooperation is about."""

from django.contrib import admin

from agreements.models import Theme
from tracker.records.admin import MergesRecords, RenamesRecords, SharedAdmin, SluggedForm


@admin.register(Theme)
class ThemeAdmin(MergesRecords, RenamesRecords, SharedAdmin):
    form = SluggedForm
    list_display = ["name", "kind", "parent", "slug"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "other_names", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", ("kind", "parent"), "description", "other_names", "slug"]
    next_fields = ["kind", "parent"]
