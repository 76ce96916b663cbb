"""The admin of accounts, with the mail that accounts are sent; and, from its own place, that of what readers send."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.accounts import second_factor
from tracker.accounts.admin import UserAdmin
from tracker.accounts.models import User
from tracker.mail.accounts import invite
from tracker.records.admin import ListsWhatIsAskedFor
from tracker.records.admin.meanwhile import JoinsForms

from . import list_files  # noqa: F401
from .desk import forum  # noqa: F401
from .desk.recent import recent_changes
from .desk.search import search
from .desk.today import today
from .error_reports import admin as error_reports  # noqa: F401
from .subscriptions import steps  # noqa: F401
from .subscriptions.admin import SubscriptionAdmin  # noqa: F401

desk: Any = admin.site
desk.whats_to_do = today
desk.pages = {"search": search, "recent": recent_changes}
admin.site.unregister(User)


class NewAccountForm(AdminUserCreationForm):
    """Nobody has to think up a password for somebody else."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["usable_password"]
        field.label = _("Password")
        field.choices = [("false", _("Whoever it is for sets it, by a link in a mail")), ("true", _("Set it here"))]
        field.initial = "false"
        field.help_text = _("The link works for three days. Another one can be sent from the list of accounts.")


@admin.register(User)
class InvitingUserAdmin(JoinsForms, ListsWhatIsAskedFor, UserAdmin):
    change_form_template = "admin/record_change_form.html"
    keeps_new = False
    add_form = NewAccountForm
    actions = ["send_invitation", "remove_second_factor"]

    class Media:
        js = ["admin_tracker/leaving.js"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change and not obj.has_usable_password():
            self._invite(request, [obj])

    @admin.action(description=_("Send an invitation by mail"), permissions=["change"])
    def send_invitation(self, request, queryset):
        self._invite(request, [user for user in queryset if self.has_change_permission(request, user)])

    def _invite(self, request, users):
        for user in users:
            if not user.email or not user.is_active:
                text, level = _("%(name)s has no address, or is closed: no mail goes there."), messages.WARNING
            elif invite(user, timezone.now()):
                text, level = _("An invitation to %(name)s goes out within a few minutes."), messages.SUCCESS
            else:
                text, level = _("%(name)s was invited within this hour already."), messages.WARNING
            self.message_user(request, text % {"name": user.username}, level)

    @admin.action(description=_("Remove the second factor"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        for user in queryset:
            if self.has_change_permission(request, user):
                second_factor.remove(user)
                text = _("%(name)s sets up a new app at the next log-in.")
                self.message_user(request, text % {"name": user.username}, messages.SUCCESS)
