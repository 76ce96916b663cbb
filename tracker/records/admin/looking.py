"""“Looked again, nothing found”: one click on the page of a record, and a list action."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tracker.records.models import one_change

from .publishable import PublicationSteps


class LooksAgain:
    """It changes nothing that the record says, so whoever may change such records may do it on published ones too."""

    actions = [*PublicationSteps.actions, "looked_again"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.looked_again_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_looked_again"
        return [path("<path:object_id>/looked-again/", view, name=name), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), "last_looked_on")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and self.has_change_permission(request):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_looked_again"
            context["looked_again_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    @method_decorator(require_POST)
    def looked_again_view(self, request, object_id):
        if not self.has_change_permission(request):
            raise PermissionDenied
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        self._note(request, [record])
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(page, args=[record.pk]))

    @admin.action(description=_("Looked again, nothing found"), permissions=["change"])
    def looked_again(self, request, queryset):
        self._note(request, list(queryset))

    def _note(self, request, records):
        with one_change():
            for record in records:
                record.look_again(timezone.localdate())
        text = ngettext(
            "%(count)s record: last looked today, nothing found.",
            "%(count)s records: last looked today, nothing found.",
            len(records),
        )
        self.message_user(request, text % {"count": len(records)}, messages.SUCCESS)
