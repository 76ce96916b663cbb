"""Accounts and their roles. An administrator gives roles, but cannot make or touch a superuser."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import LogIn, RefusedLogIn, User

# Whoever reads the secret of somebody's app has it; who lost theirs sets up another.
admin.site.unregister([StaticDevice, TOTPDevice])

ABOVE_ADMINISTRATORS = ("is_superuser", "user_permissions")


@admin.register(User)
class UserAdmin(StockUserAdmin):
    list_display = ["username", "email", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser", "language"]
    list_per_page = 50
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": [("first_name", "last_name"), "email", ("time_zone", "language")]}),
        (
            _("Role"),
            {
                "fields": ["is_active", "is_staff", "groups", *ABOVE_ADMINISTRATORS],
                "description": _(
                    "Staff status opens the editors’ desk. Editors prepare records, reviewers publish what others "
                    "prepared, administrators do both and see to accounts and mail."
                ),
            },
        ),
        (_("Dates"), {"classes": ["collapse"], "fields": [("last_login", "date_joined")]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "email", "usable_password", "password1", "password2", "is_staff", "groups"],
            },
        )
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user):
        separator = pgettext("between the names of a list", ", ")
        names = separator.join(group.name for group in user.groups.all())
        return names or (_("superuser") if user.is_superuser else "–")

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *ABOVE_ADMINISTRATORS)

    def has_change_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request, obj=None):
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_delete_permission(request, obj) and not above


class WhoCame(admin.ModelAdmin):
    """To be read only: who logged in, or was refused, when, and from where."""

    list_per_page = 50
    show_full_result_count = False
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]

    def get_fields(self, request, obj=None):
        return self.get_list_display(request)

    @admin.display(description=_("moment"), ordering="attempt_time")
    def moment(self, entry):
        return localize(timezone.localtime(entry.attempt_time))

    @admin.display(description=_("user name"), ordering="username")
    def user_name(self, entry):
        return _("no account of this name") if (entry.username or "?").startswith("? ") else entry.username

    @admin.display(description=_("network address"), ordering="ip_address")
    def network_address(self, entry):
        return entry.ip_address

    @admin.display(description=_("browser"))
    def browser(self, entry):
        return entry.user_agent

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(LogIn)
class LogInAdmin(WhoCame):
    list_display = ["moment", "user_name", "network_address", "logged_out", "browser"]

    @admin.display(description=_("logged out"), empty_value="–")
    def logged_out(self, entry):
        return entry.logout_time and localize(timezone.localtime(entry.logout_time))


@admin.register(RefusedLogIn)
class RefusedLogInAdmin(WhoCame):
    list_display = ["moment", "user_name", "network_address", "locks", "browser"]
    list_filter = ["locked_out"]

    @admin.display(description=_("locked from here on"), boolean=True)
    def locks(self, entry):
        return entry.locked_out
