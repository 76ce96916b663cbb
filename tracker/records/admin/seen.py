"""Acts on records that were seen on a page: where somebody changed one meanwhile, the page says so, and nothing is done
until it is asked for again. Each page carries the data version that it was drawn at."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Revision, one_change

from . import history
from .meanwhile import CONFLICT
from .opened import current_version

INPUT = "_seen"
# Says that what was shown is to be done: not of records that have changed since.
CONFIRMED = "_confirmed"
NOT_SENT_AGAIN = (INPUT, CONFIRMED, "csrfmiddlewaretoken")
MOST_SHOWN = 20
# In digits: more than any version has.
LONGEST_NUMBER = 18
CHANGED_MEANWHILE = _("Somebody changed it while you had this page open. Look at it again: nothing has been done yet.")


def version_seen(request: HttpRequest) -> int | None:
    """The data version that the page was drawn at that was sent; None where it says none."""
    version = request.POST.get(INPUT, "")
    return int(version) if version.isdecimal() and len(version) <= LONGEST_NUMBER else None


def changes_since_seen(request: HttpRequest, records: models.QuerySet) -> models.QuerySet[Revision]:
    """The changes that somebody made of these records after the page was drawn that was sent, the newest first."""
    version = version_seen(request)
    if version is None:
        return Revision.objects.none()
    made = Revision.objects.filter(kind=records.model._meta.label_lower, data_version__gt=version).editorial()
    found = records.filter(pk__in=list(made.values_list("record", flat=True).distinct())).values_list("pk", flat=True)
    return made.filter(record__in=list(found.order_by())).select_related("account", "reader").order_by("-data_version")


class ActsOnWhatWasSeen:
    """List actions and deletion."""

    change_list_template = "admin/record_change_list.html"
    delete_confirmation_template = "admin/record_delete_confirmation.html"
    delete_selected_confirmation_template = "admin/record_delete_selected.html"
    changed_template = "admin/changed_since_seen.html"

    def changelist_view(self, request, extra_context=None):
        request.version_on_opening = current_version()
        return super().changelist_view(request, extra_context)

    def response_action(self, request, queryset):
        """An action is one change, from the reading of its records on: nobody changes them meanwhile."""
        chosen = queryset
        if request.POST.get("select_across") != "1":
            keys = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if key.isdecimal()]
            chosen = queryset.filter(pk__in=keys)
        with one_change():
            changes = list(changes_since_seen(request, chosen))
            return self._changed_page(request, changes) if changes else super().response_action(request, queryset)

    def delete_view(self, request, object_id, extra_context=None):
        request.version_on_opening = current_version()
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with one_change():
            if changes_since_seen(request, self.model._base_manager.filter(pk=unquote(object_id))).exists():
                self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
                request.POST = QueryDict()  # which asks again
            return super().delete_view(request, object_id, extra_context)

    def _changed_page(self, request, changes):
        """What became of the records meanwhile, and the same act once more, for the records as they are now."""
        by_record: dict[int, list[Revision]] = {}
        for revision in changes:
            by_record.setdefault(revision.record, []).append(revision)
        records = self.model._base_manager.in_bulk(list(by_record)[:MOST_SHOWN])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Some of it was changed meanwhile"),
            "opts": self.opts,
            "changed": [(record, self._told(request, record, by_record[key])) for key, record in records.items()],
            "more": len(by_record) - len(records),
            "sent": [(name, texts) for name, texts in request.POST.lists() if name not in NOT_SENT_AGAIN],
            "seen": current_version(),
            "media": self.media,
        }
        return TemplateResponse(request, self.changed_template, context, status=CONFLICT)

    def _told(self, request, record, revisions):
        before = Revision.objects.of(record).filter(number__lt=revisions[-1].number).newest_first().first()
        found = [*revisions, before] if before is not None else revisions
        hidden = self.get_exclude(request, record) or ()
        return history.entries(self.model, found, revisions[0], hidden, len(revisions))
