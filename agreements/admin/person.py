"""People: heads of delegations, signatories, focal points. Their contact data never leave the desk."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.models import Absence, Person
from tracker.mail.models import RefusedAddress
from tracker.records.admin import (
    MadeByName,
    MergesRecords,
    NamedOnlyFilter,
    RenamesRecords,
    RowInline,
    SharedAdmin,
    SluggedForm,
)
from tracker.records.models import free_slug


class PersonForm(SluggedForm):
    """Lets an editor take back that a person wanted no mail: at the person's wish, so on purpose."""

    mail_again = forms.BooleanField(
        label=_("Resume mail"), required=False, help_text=_("Only if the person has asked for it.")
    )

    def save(self, commit=True):
        if self.cleaned_data["mail_again"]:
            self.instance.unsubscribed_at = None
        return super().save(commit)


class AbsenceInline(RowInline):
    model = Absence
    fields = ["starts", "ends"]


@admin.register(Person)
class PersonAdmin(MergesRecords, RenamesRecords, MadeByName, SharedAdmin):
    form = PersonForm
    change_form_template = "admin/person_change_form.html"
    list_display = ["name", "country", "email", "language", "time_zone"]
    list_filter = [("country", NamedOnlyFilter), "language"]
    list_select_related = ["country"]
    search_fields = ["name", "family_name", "other_names", "email", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["unsubscribed_at"]
    next_fields = ["country"]
    terms = {"note": _("For the desk: the page of the person does not show it.")}
    private_fields = frozenset({"email", "language", "time_zone", "send_hour", "working_week", "user"})
    inlines = [AbsenceInline]
    fieldsets = [
        (None, {"fields": [("name", "family_name"), "country", "other_names", "note", "slug"]}),
        (
            _("Mail"),
            {
                "fields": ["email", ("language", "time_zone", "send_hour"), "working_week", "user"],
                "description": _(
                    "Where a person answers for a commitment, reminders go to this address, at this hour of their day. "
                    "None of this is ever shown to the public."
                ),
            },
        ),
    ]

    def made_of(self, text):
        return Person(name=text, slug=free_slug(Person, [text]))

    def get_exclude(self, request, obj=None):
        """Accounts are seen by administrators only, and so is the link to one."""
        return () if request.user.has_perm("accounts.view_user") else ("user",)

    def get_fieldsets(self, request, obj=None):
        hidden = self.get_exclude(request, obj)
        fieldsets = [
            (name, {**options, "fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in super().get_fieldsets(request, obj)
        ]
        if obj is not None:
            may_clear = obj.unsubscribed_at is not None and self.has_change_permission(request, obj)
            fieldsets[-1][1]["fields"].append(("unsubscribed_at", "mail_again") if may_clear else "unsubscribed_at")
        return fieldsets

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            address = obj.email or (obj.user.email if obj.user else "")
            context["refused"] = RefusedAddress.objects.filter(address=address.lower()).first() if address else None
        return super().render_change_form(request, context, add, change, form_url, obj)
