"""Before a record is published: its public page as it would be, and what changes then."""

from copy import copy

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.records.models import NOT_CONTENT, Revision

from . import history
from .steps import Step, outlook
from .steps.bar import StepPanel
from .steps.trial import as_published, letters


class PreviewsRecord:
    """For whoever may see the record on the desk; kept nowhere."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views = [("preview/", self.preview_view, "preview"), ("preview/changes/", self.changes_view, "preview_changes")]
        ways = [
            path(f"<path:object_id>/{way}", self.admin_site.admin_view(view), name=f"{name}_{page}")
            for way, view, page in views
        ]
        return [*ways, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and not context.get("is_popup"):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_preview"
            context["preview_url"] = reverse(name, args=[obj.pk])
            context["preview_changes_url"] = reverse(f"{name}_changes", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview_view(self, request, object_id):
        """The public page, by the view that the public gets it from; of what is public it is that page itself."""
        record = self._to_be_seen(request, object_id)
        if record.is_public:
            return HttpResponseRedirect(record.get_absolute_url())
        with as_published(record, timezone.now()):
            response = public_page(request, record)
        response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
        return response

    def changes_view(self, request, object_id):
        record = self._to_be_seen(request, object_id)
        found = outlook(record, Step.PUBLISH, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What changes when this is published"),
            "subtitle": None,
            "original": record,
            "opts": self.opts,
            "object": record,
            "panel": StepPanel(Step.PUBLISH, found, {}, is_main=True, label=Step.PUBLISH.label),
            "public": self._last_public(record),
            "entry": self._differences(request, record),
            "letters": letters(self._to_be_seen(request, object_id), timezone.now()),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/preview_changes.html", context, headers={"Cache-Control": "no-store"})

    def _to_be_seen(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def _last_public(self, record):
        public = Revision.objects.of(record).applied().filter(content__fields__state="published")
        return public.newest_first().first()

    def _differences(self, request, record):
        """Between what was public last, and the record as it is."""
        public, last = self._last_public(record), Revision.objects.of(record).applied().newest_first().first()
        if public is None or last is None or public.pk == last.pk:
            return None
        hidden = {*NOT_CONTENT, *(self.get_exclude(request, record) or ())}
        return history.entries(self.model, [last, public], last, hidden, 1)[0]


def public_page(request, record):
    """The page of a public record as anybody gets it, but marked as a preview."""
    address = record.get_absolute_url()
    match = resolve(address)
    asked = copy(request)
    asked.method, asked.path, asked.path_info = "GET", address, address
    asked.GET, asked.POST, asked.user = QueryDict(), QueryDict(), AnonymousUser()
    asked.META = request.META | {"PATH_INFO": address, "QUERY_STRING": "", "REQUEST_METHOD": "GET"}
    asked.resolver_match, asked.is_preview = match, True
    response = match.func(asked, *match.args, **match.kwargs)
    if hasattr(response, "render"):
        response.render()
    return response
