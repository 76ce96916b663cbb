"""Countries: loaded with the product, seldom changed."""

from django.contrib import admin

from agreements.models import Country
from tracker.records.admin import SharedAdmin


@admin.register(Country)
class CountryAdmin(SharedAdmin):
    list_display = ["name", "code", "alpha2", "name_ur", "name_zh", "is_union"]
    list_filter = ["is_union"]
    search_fields = ["name", "code", "alpha2", "name_ur", "name_zh"]
    ordering = ["name"]
    fields = [("code", "alpha2"), "name", ("name_ur", "name_zh"), "is_union"]
