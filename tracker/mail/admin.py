"""Deliveries: every message that waits, was sent or failed, to be read and steered; and the refused addresses."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.records.admin import ListsWhatIsAskedFor

from .models import Delivery, LastRun, RefusedAddress
from .preview import as_a_page, written_or_why_not
from .recipients import named
from .writers import WRITERS

State = Delivery.State


class StateFilter(admin.SimpleListFilter):
    """What needs somebody first. Those that are done with are not counted: there may be a million."""

    title = _("state")
    parameter_name = "state"
    counted = (State.DEAD, State.HELD, State.QUEUED)
    others = (State.SENT, State.WITHDRAWN)

    def lookups(self, request, model_admin):
        rows = Delivery.objects.filter(state__in=self.counted).order_by().values_list("state").annotate(Count("pk"))
        counts = dict(rows)
        labels = [(state.value, f"{state.label} ({localize(counts.get(state, 0))})") for state in self.counted]
        return labels + [(state.value, state.label) for state in self.others]

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in State else queryset


def recipient_column(request):
    """Return a list column, good for this request, with the name of whom a message is for and the way to them: of those
    of its page (``request.listed``) at once."""
    known = SimpleLazyObject(lambda: named(each.recipient for each in request.listed))

    @admin.display(description=_("recipient"), ordering="recipient")
    def recipient(delivery):
        found = known if hasattr(request, "listed") else named([delivery.recipient])
        one = found.get(delivery.recipient)
        if one is None:
            return delivery.recipient
        if not request.user.has_perm(one.right):
            return one.name
        return format_html('<a href="{}">{}</a>', one.address, one.name)

    return recipient


class ReadOnlyAdmin(ListsWhatIsAskedFor):
    """To be looked at: everything that stands in it was found out by a program."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["kind", "day", "state", "next_try", "attempts", "address", "sent_at", "last_error"]
    list_display_links = ["kind"]
    list_filter = [StateFilter, "kind", "day"]
    search_fields = ["recipient", "address", "subject", "message_id", "key", "error"]
    actions = ["try_again", "hold", "release"]
    fieldsets = [
        (None, {"fields": ["state", "error", "attempts", "next_try", "as_it_goes"]}),
        (_("Message"), {"fields": ["kind", "day", "address", "subject", "message_id", "key"]}),
        (_("Delivery history"), {"fields": ["created_at", "not_before", "leased_until", "sent_at", "dead_at"]}),
    ]

    def get_list_display(self, request):
        return [recipient_column(request), *super().get_list_display(request)]

    def get_fieldsets(self, request, obj=None):
        """Whom it is for stands first."""
        first, (title, options), *others = super().get_fieldsets(request, obj)
        fields = [recipient_column(request), *options["fields"]]
        return [first, (title, {**options, "fields": fields}), *others]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), recipient_column(request)]

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        ways = [
            path("<int:key>/preview/", view, {"part": "text"}, name="mail_delivery_preview"),
            path("<int:key>/preview/page/", view, {"part": "html"}, name="mail_delivery_preview_page"),
        ]
        return [*ways, *super().get_urls()]

    def preview_view(self, request, key, part):
        """A message that waits, as it would go out now: for whoever may see it, and whom it is for."""
        delivery = get_object_or_404(Delivery.objects.unsent(), pk=key)
        one = named([delivery.recipient]).get(delivery.recipient)
        if not self.has_view_permission(request, delivery) or (one and not request.user.has_perm(one.right)):
            raise PermissionDenied
        mail, nothing = written_or_why_not(delivery, timezone.now())
        if part == "html":
            if mail is None or not mail.html:
                raise Http404
            return as_a_page(mail)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mail to %(person)s") % {"person": one.name if one else delivery.recipient},
            "opts": self.opts,
            "original": delivery,
            "mail": mail,
            "nothing": nothing,
            "page": reverse("admin:mail_delivery_preview_page", args=[key]),
        }
        return TemplateResponse(request, "admin/mail/delivery/preview.html", context)

    @admin.display(description=_("Preview"), empty_value="–")
    def as_it_goes(self, delivery):
        if delivery.state not in Delivery.UNSENT or delivery.kind not in WRITERS:
            return None
        address = reverse("admin:mail_delivery_preview", args=[delivery.pk])
        return format_html('<a href="{}">{}</a>', address, _("as it would go out now"))

    @admin.display(description=_("last error"))
    def last_error(self, delivery):
        return delivery.error[:80]

    @admin.display(description=_("next try"), ordering="not_before")
    def next_try(self, delivery):
        if delivery.state != State.QUEUED:
            return None
        return max(filter(None, [delivery.not_before, delivery.leased_until]))

    def has_delete_permission(self, request, obj=None):
        return False

    def has_steer_permission(self, request):
        return request.user.has_perm("mail.change_delivery")

    def changelist_view(self, request, extra_context=None):
        runs = {run.name: run for run in LastRun.objects.all()}
        names = [(name.label, runs.get(name)) for name in LastRun.OF_MAIL]
        response = super().changelist_view(request, {"last_runs": names} | (extra_context or {}))
        if "cl" in (getattr(response, "context_data", None) or {}):
            request.listed = response.context_data["cl"].result_list
        return response

    @admin.action(description=_("Try again"), permissions=["steer"])
    def try_again(self, request, queryset):
        """What was given up starts afresh; its address counts as one that works."""
        dead = list(queryset.dead().values_list("pk", "address"))
        addresses = {address.lower() for _pk, address in dead}
        RefusedAddress.objects.filter(address__in=addresses).delete()
        queued = {"state": State.QUEUED, "attempts": 0, "not_before": timezone.now(), "dead_at": None}
        tried = Delivery.objects.dead().filter(pk__in=[pk for pk, _address in dead]).update(**queued)
        text = ngettext("%(count)s message will be tried again.", "%(count)s messages will be tried again.", tried)
        self._report(request, text % {"count": tried}, queryset.exclude(state=State.QUEUED).count())

    @admin.action(description=_("Hold back"), permissions=["steer"])
    def hold(self, request, queryset):
        """Whatever a relay has under lease may be on its way already and is left alone."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=timezone.now())
        held = queryset.filter(free, state=State.QUEUED).update(state=State.HELD, leased_until=None, lease=None)
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
                "%(count)s message is in another state, and stays as it is.",
                "%(count)s messages are in another state, and stay as they are.",
                others,
            )
            self.message_user(request, text % {"count": others}, messages.WARNING)


@admin.register(RefusedAddress)
class RefusedAddressAdmin(ReadOnlyAdmin):
    """Nothing is sent to these; to delete one is to say that it works again."""

    list_display = ["address", "error", "refused_at"]
    search_fields = ["address", "error"]
    date_hierarchy = "refused_at"
    fields = ["address", "error", "refused_at", "message"]

    @admin.display(description=_("refused message"))
    def message(self, mark):
        if mark.delivery is None:
            return None
        address = reverse("admin:mail_delivery_change", args=[mark.delivery_id])
        return format_html('<a href="{}">{}</a>', address, mark.delivery)
