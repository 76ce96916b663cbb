"""What was made one: the list of it, what was done each time, and the way back."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tracker.records.merging.ledger import have_changed_since
from tracker.records.merging.undoing import rehearse_undoing, touched_by, undo
from tracker.records.models import Merger, one_change

from .opened import current_version
from .publication import may_publish
from .seen import CHANGED_MEANWHILE, version_seen
from .unread import ListsWhatIsAskedFor

Kinds = tuple[type[models.Model], type[models.Model]]


def record_address(record: Any) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def moved_in_words(moved: Counter[Kinds], model: type[models.Model]) -> list[tuple[str, int]]:
    """``[(what moves, how many)]`` from numbers by the kind of row and that of its record."""
    return sorted((capfirst(_kind_in_words(row, of, model)), number) for (row, of), number in moved.items())


def _kind_in_words(row, of, model):
    rows, records = str(row._meta.verbose_name_plural), str(of._meta.verbose_name_plural)
    if of in (row, model):
        return rows
    return pgettext("kind of rows, in records of a kind", "%(rows)s of %(records)s") % {
        "rows": rows,
        "records": records,
    }


@admin.register(Merger)
class MergerAdmin(ListsWhatIsAskedFor):
    """Nobody types one in, changes or deletes it: it is made by merging and ended by undoing."""

    list_display = ["gone_title", "kept_title", "kind_in_words", "made_at", "account", "undone_at"]
    list_select_related = ["account"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["gone_title", "kept_title"]
    merger_template = "admin/merging/merger.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<path:object_id>/undo/", view, name="records_merger_undo"), *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.fields]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, merger):
        return capfirst(apps.get_model(merger.kind)._meta.verbose_name)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What was done, and what it would be to undo it."""
        merger = self._merger(request, object_id)
        may_undo = merger.undone_at is None and self._may_undo(request, merger)
        if request.method == "POST" and not self.has_change_permission(request, merger):
            raise PermissionDenied
        version = current_version()
        told, refusals = _told_of(merger, request.user) if may_undo else ([], [])
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Made one of two"),
            "subtitle": str(merger),
            "opts": self.opts,
            "merger": merger,
            "kind": capfirst(apps.get_model(merger.kind)._meta.verbose_name_plural),
            "kept": apps.get_model(merger.kind)._base_manager.filter(pk=merger.kept).first(),
            "done": _done_in_words(merger),
            "told": told,
            "refusals": refusals,
            "seen": version,
            "may_undo": may_undo and not refusals,
            "media": self.media,
        }
        context["kept_url"] = record_address(context["kept"]) if context["kept"] else ""
        return TemplateResponse(request, self.merger_template, context)

    @method_decorator(require_POST)
    def undo_view(self, request, object_id):
        """All records that it changed must be one's own to change, as they must be to merge."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        merger = self._merger(request, object_id)
        try:
            with one_change():
                if not self._may_undo(request, merger):
                    raise PermissionDenied
                seen = version_seen(request)
                if seen is not None and have_changed_since(
                    ((type(each), each.pk) for each in touched_by(merger)), seen
                ):
                    self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
                    return HttpResponseRedirect(record_address(merger))
                told = undo(merger, timezone.now(), request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(record_address(merger))
        text = gettext("“%(gone)s” is a record of its own again.") % {"gone": merger.gone_title}
        self.message_user(request, text, messages.SUCCESS)
        for each in told:
            self.message_user(request, each, messages.WARNING)
        back = apps.get_model(merger.kind)._base_manager.get(pk=merger.gone)
        return HttpResponseRedirect(record_address(back))

    def _merger(self, request, object_id):
        merger = self.get_object(request, object_id)
        if merger is None:
            raise Http404
        if not self.has_view_or_change_permission(request, merger):
            raise PermissionDenied
        return merger

    def _may_undo(self, request, merger):
        if not self.has_change_permission(request, merger) or not may_publish(
            request.user, apps.get_model(merger.kind)
        ):
            return False
        desks = self.admin_site
        return all(
            desks.get_model_admin(type(each)).has_change_permission(request, each)
            for each in touched_by(merger)
            if desks.is_registered(type(each))
        )


def _told_of(merger, account):
    try:
        return rehearse_undoing(merger, timezone.now(), account), []
    except ValidationError as error:
        return [], error.messages


def _done_in_words(merger):
    """What was done to how many rows of each kind."""
    words = {
        "changed": _("%(kind)s: %(number)s moved or changed"),
        "added": _("%(kind)s: %(number)s added"),
        "removed": _("%(kind)s: %(number)s taken in, or joined with another"),
        "linked": _("%(kind)s: %(number)s linked anew"),
    }
    numbers = Counter((act["what"], act["kind"]) for act in merger.acts if act["what"] in words)
    kinds = {kind: capfirst(apps.get_model(kind)._meta.verbose_name_plural) for _what, kind in numbers}
    return [words[what] % {"kind": kinds[kind], "number": number} for (what, kind), number in numbers.items()]
