"""People: heads of delegations, signatories, focal points. Their contact data never leave the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.models import Person
from tracker.records.admin import RecordAdmin, SluggedForm


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    form = SluggedForm
    list_display = ["name", "country", "email", "language", "time_zone"]
    list_filter = [("country", admin.RelatedOnlyFieldListFilter), "language"]
    list_select_related = ["country"]
    search_fields = ["name", "family_name", "other_names", "email", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    next_fields = ["country"]
    fieldsets = [
        (None, {"fields": [("name", "family_name"), "country", "other_names", "note", "slug"]}),
        (
            _("Mail"),
            {
                "fields": ["email", ("language", "time_zone", "send_hour"), "user"],
                "description": _(
                    "Where a person answers for a commitment, notices go to this address, at this hour of their day. "
                    "None of this is ever shown to the public."
                ),
            },
        ),
    ]

    def get_exclude(self, request, obj=None):
        """Accounts are seen by administrators only, and so is the link to one."""
        return () if request.user.has_perm("accounts.view_user") else ("user",)

    def get_fieldsets(self, request, obj=None):
        hidden = self.get_exclude(request, obj)
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in super().get_fieldsets(request, obj)
        ]
