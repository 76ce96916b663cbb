"""Subscriptions on the desk, to be looked at: how many there are of what. Whose they are is seen by those alone who
see to the mail."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.mail.admin import ReadOnlyAdmin

from .followed import BY_NAME
from .models import Subscription

ADDRESS = "site.view_subscriber"
STATES = {
    "active": (pgettext_lazy("alerts by mail", "confirmed"), Q(confirmed_at__isnull=False, stopped_at__isnull=True)),
    "asked": (_("waiting for confirmation"), Q(confirmed_at__isnull=True, stopped_at__isnull=True)),
    "stopped": (pgettext_lazy("alerts by mail", "stopped"), Q(stopped_at__isnull=False)),
}


class StateOfSubscription(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        counts = Subscription.objects.aggregate(
            **{name: Count("pk", filter=which) for name, (_l, which) in STATES.items()}
        )
        return [(name, f"{label} ({localize(counts[name])})") for name, (label, _which) in STATES.items()]

    def queryset(self, request, queryset):
        return queryset.filter(STATES[self.value()][1]) if self.value() in STATES else queryset


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_filter = [StateOfSubscription, "frequency", "language"]
    shown = [
        "list",
        "record",
        "query",
        "frequency",
        "language",
        "asked_at",
        "confirmed_at",
        "stopped_at",
        "why_stopped",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("subscriber")

    def get_list_display(self, request):
        return [*self.shown, "address"] if request.user.has_perm(ADDRESS) else self.shown

    def get_fields(self, request, obj=None):
        return [*self.get_list_display(request), "looked_on", "told_version"]

    def get_search_fields(self, request):
        return ["query", "subscriber__address"] if request.user.has_perm(ADDRESS) else ["query"]

    @admin.display(description=pgettext_lazy("alerts by mail", "list"), ordering="followed")
    def list(self, subscription):
        register = BY_NAME.get(subscription.followed)
        return register.title if register else subscription.followed

    @admin.display(description=_("address"), ordering="subscriber__address")
    def address(self, subscription):
        return subscription.subscriber.address

    def has_delete_permission(self, request, obj=None):
        return False
