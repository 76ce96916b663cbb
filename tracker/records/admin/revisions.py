"""The pages of a record's history: one line a change, one page a revision, and the ways back."""

from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tracker.records.models import Revision, one_writer
from tracker.records.models.content import with_values
from tracker.records.restoring import restore, restore_row

from . import history
from .opened import current_version
from .seen import CHANGED_MEANWHILE, changes_since_seen

PER_PAGE = 25


class KeepsRevisions:
    """A record whose revisions can be read and brought back by those who may see it, or change it, as it is now."""

    object_history_template = "admin/record_history.html"
    revision_template = "admin/record_revision.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        start = "<path:object_id>/history/<int:number>/"
        views = [
            (start, self.revision_view, "revision"),
            (f"{start}restore/", self.restore_view, "restore"),
            (f"{start}restore/<str:label>/<int:row>/", self.restore_row_view, "restore_row"),
        ]
        ways = [path(way, self.admin_site.admin_view(view), name=f"{name}_{page}") for way, view, page in views]
        return [*ways, *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        """One line for each change of the record and of its rows, newest first. Rows have theirs with their record."""
        if self.model.is_row:
            return HttpResponseRedirect(self._history_of_owner(request, unquote(object_id)))
        record, revisions = self._seen(request, object_id)
        page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("p"))
        start = (page.number - 1) * PER_PAGE
        found = list(revisions.select_related("account", "reader")[start : start + PER_PAGE + 1])
        today = found[0] if start == 0 and found else revisions.first()
        hidden = self.get_exclude(request, record) or ()
        context = {
            **self._context(request, record),
            "title": gettext("Change history: %s") % record,
            "entries": history.entries(self.model, found, today, hidden, PER_PAGE),
            "page": page,
            "of_named": self._changes_of_named(today) if today is not None and start == 0 else [],
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _changes_of_named(self, today):
        """``[(revision, address of the history that it stands in)]`` of what the record names."""
        found = history.changes_of_named(self.model, today.content) if today.content else []
        names = {each.kind: each.kind.replace(".", "_") for each in found}
        return [(each, reverse(f"admin:{names[each.kind]}_history", args=[each.record])) for each in found]

    def _history_of_owner(self, request, object_id):
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        record = row.main_record
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_history", args=[record.pk])

    def revision_view(self, request, object_id, number):
        """What the record said then, with its rows."""
        record, revisions = self._seen(request, object_id)
        revision = get_object_or_404(revisions.applied().select_related("account"), number=number)
        values, rows = history.whole(self.model, revision.content, self.get_exclude(request, record) or ())
        context = {
            **self._context(request, record),
            "title": revision.title,
            "revision": revision,
            "values": values,
            "kinds_of_rows": rows,
            "is_present": revision.pk == revisions[0].pk,
        }
        return TemplateResponse(request, self.revision_template, context)

    @method_decorator(require_POST)
    def restore_view(self, request, object_id, number):
        """Bring the whole record back to what it said then, as far as the form of today offers it."""
        record, revision = self._to_restore(request, object_id, number)
        names = set(self.get_form(request, record, change=True).base_fields)
        return self._restored(request, record, lambda: restore(self.model, revision, names))

    @method_decorator(require_POST)
    def restore_row_view(self, request, object_id, number, label, row):
        """Bring a row of the record back as it was then."""
        record, revision = self._to_restore(request, object_id, number)
        if str(row) not in revision.content["rows"].get(label, {}) or record._state.adding:
            raise Http404
        return self._restored(request, record, lambda: restore_row(apps.get_model(label), revision, str(row)))

    def may_bring_back(self, request, record):
        return self.has_change_permission(request, record)

    def _to_restore(self, request, object_id, number):
        record, revisions = self._present_or_last(request, unquote(object_id))
        if not self.may_bring_back(request, record):
            raise PermissionDenied
        return record, get_object_or_404(revisions.applied(), number=number)

    def _restored(self, request, record, bring_back):
        """Nobody changes the record from here on; where somebody did before, its history is shown as it is now."""
        with transaction.atomic():
            one_writer()
            same = self.model._base_manager.filter(pk=record.pk)
            if changes_since_seen(request, same).exists():
                self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
                return HttpResponseRedirect(self._history_of(record))
            return self._bring_back(request, record, bring_back)

    def _bring_back(self, request, record, bring_back):
        try:
            back = bring_back()
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, _("“%(row)s” has been restored.") % {"row": back}, messages.SUCCESS)
        return HttpResponseRedirect(self._history_of(record))

    def _history_of(self, record):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[record.pk])

    def _seen(self, request, object_id):
        record, revisions = self._present_or_last(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record, revisions

    def _present_or_last(self, request, object_id):
        """The record as it is, or as it was when it was removed; and its revisions that somebody made, newest first."""
        record = self.get_object(request, object_id)
        if record is None and object_id.isdecimal():
            record = self.model(pk=object_id)
            last = Revision.objects.of(record).applied().newest_first().first()
            record = last and with_values(record, last.content["derived"] | last.content["fields"])
        if record is None:
            raise Http404
        return record, Revision.objects.of(record).editorial().newest_first()

    def _context(self, request, record):
        return {
            **self.admin_site.each_context(request),
            "seen": current_version(),
            "object": record,
            "opts": self.opts,
            "module_name": self.opts.verbose_name_plural,
            "may_restore": self.may_bring_back(request, record),
        }
