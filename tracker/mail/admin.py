"""Deliveries: every message that is owed, was sent or failed. To be read; a waiting one can be held back."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .models import Delivery

State = Delivery.State


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display = ["recipient", "kind", "day", "state", "not_before", "attempts", "address", "sent_at", "last_error"]
    list_filter = ["state", "kind", "day"]
    search_fields = ["recipient", "address", "subject", "message_id", "key", "error"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["hold", "release"]

    @admin.display(description=_("last error"))
    def last_error(self, delivery):
        return delivery.error[:80]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_steer_permission(self, request):
        return request.user.has_perm("mail.change_delivery")

    @admin.action(description=_("Hold back"), permissions=["steer"])
    def hold(self, request, queryset):
        """Whatever a relay has under lease may be on its way already and is left alone."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=timezone.now())
        held = queryset.filter(free, state=State.QUEUED).update(state=State.HELD)
        text = ngettext("%(count)s message is held back.", "%(count)s messages are held back.", held)
        self._report(request, text % {"count": held}, queryset.exclude(state=State.HELD).count())

    @admin.action(description=_("Release"), permissions=["steer"])
    def release(self, request, queryset):
        released = queryset.filter(state=State.HELD).update(state=State.QUEUED, leased_until=None, lease=None)
        text = ngettext("%(count)s message is released.", "%(count)s messages are released.", released)
        self._report(request, text % {"count": released}, queryset.exclude(state=State.QUEUED).count())

    def _report(self, request, text, others):
        self.message_user(request, text, messages.SUCCESS)
        if others:
            text = ngettext(
                "%(count)s message is being sent or was sent, and stays as it is.",
                "%(count)s messages are being sent or were sent, and stay as they are.",
                others,
            )
            self.message_user(request, text % {"count": others}, messages.WARNING)
