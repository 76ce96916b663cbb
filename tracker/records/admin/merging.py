"""Two records of the same made one, on the desk: both sides, what stays of each field, what moves, then the act."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tracker.records.merging.addresses import present_key
from tracker.records.merging.merge import MergingPair, merge, rehearse
from tracker.records.models import Merger, Publication, one_change

from .keys import is_readable
from .meanwhile import CONFLICT
from .merged import moved_in_words, record_address
from .opened import current_version
from .publication import may_change_at_once, may_publish
from .seen import CHANGED_MEANWHILE, version_seen

TWO = _("Choose two records: one stays, and the other is taken into it.")
UNREAD = _(
    "“%(gone)s” is not public, and “%(kept)s” is: let it be published first, so that two people have read all that "
    "becomes public by it."
)
# How many records that may not be touched are named.
MOST_NAMED = 5
PERMISSION = "records.add_merger"
# Of those that are found by words.
MOST_FOUND, LONGEST_SEARCH = 20, 200
# The choice of a side, before the name of the field.
OF = "_of:"


class MergesRecords:
    """The admin of a kind of which the same may have been entered twice."""

    merge_template = "admin/merging/merge.html"
    actions = ["merge_two"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name=self._page_name("merge")), *super().get_urls()]

    def has_merge_permission(self, request):
        return may_publish(request.user, self.model) and request.user.has_perm(PERMISSION)

    @admin.action(description=_("Make one of two"), permissions=["merge"])
    def merge_two(self, request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, TWO, messages.WARNING)
            return None
        return HttpResponseRedirect(self._merge_address(kept=keys[0], gone=keys[1]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and self.has_merge_permission(request):
            context["merge_url"] = self._merge_address(kept=obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request):
        """Which two; what becomes of them; and, once that was seen, the act."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        kept, gone = (self._record(request, asked.get(name, "")) for name in ("kept", "gone"))
        if kept is None:
            self.message_user(request, TWO, messages.WARNING)
            return HttpResponseRedirect(reverse(f"admin:{self._page_name('changelist')}"))
        if gone is None:
            return self._asks_which(request, kept)
        chosen = {name.removeprefix(OF): side == "gone" for name, side in asked.items() if name.startswith(OF)}
        return self._answer(request, MergingPair(kept, gone, chosen))

    def _answer(self, request, pair):
        """The version is read before anything else is: what changes from then on is noticed at the next step."""
        is_act, version = request.POST.get("_step") == "merge", current_version()
        try:
            if not is_act:
                merged = rehearse(pair, timezone.now())
                self._refuse(request, merged)
                return self._page_of_pair(request, pair, merged, version)
            with one_change():
                merged = merge(pair, timezone.now())
                self._refuse(request, merged)
        except ValidationError as error:
            return self._page_of_pair(request, pair, None, version, refusals=error.messages)
        except MergedTooLate:
            self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
            return self._page_of_pair(request, pair, rehearse(pair, timezone.now()), version, status=CONFLICT)
        return self._done(request, merged)

    def _refuse(self, request, merged):
        """Whoever merges must be allowed to change every record that this changes, and must have seen it as it is. What
        both records say was read by two people, where the rule of four eyes asks for that."""
        pair = merged.pair
        if pair.is_secret and isinstance(pair.kept, Publication) and not may_change_at_once(request.user, pair.kept):
            raise ValidationError(UNREAD % {"gone": pair.gone, "kept": pair.kept})
        locked = [each for each in merged.touched if not _may_change(self.admin_site, request, each)]
        if locked:
            text = _("You may not change what it would change: %(records)s")
            raise ValidationError(text % {"records": "; ".join(map(str, locked[:MOST_NAMED]))})
        seen = version_seen(request)
        if seen is not None and merged.has_changed_since(seen):
            raise MergedTooLate

    def _done(self, request, merged):
        text = format_html(
            '{} <a href="{}">{}</a>',
            _("“%(gone)s” is now part of “%(kept)s”.")
            % {"gone": merged.merger.gone_title, "kept": merged.merger.kept_title},
            reverse("admin:records_merger_change", args=[merged.merger.pk]),
            _("See what was done, or undo it"),
        )
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(record_address(merged.pair.kept))

    def _page_of_pair(self, request, pair, merged, version, refusals=(), status=200):
        is_preview = request.POST.get("_step") == "preview" and status == 200 and merged is not None
        seen, choices = version_seen(request), pair.choices(self.get_exclude(request, pair.kept) or ())
        context = {
            "title": _("Make one of two: %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "pair": pair,
            "sides": [_side(pair.kept), _side(pair.gone)],
            "choices": choices,
            "is_preview": is_preview,
            "merged": merged,
            "moved": moved_in_words(merged.joining.moved, self.model) if merged else [],
            "scheduled": [each for each in merged.touched if getattr(each, "publish_at", None)] if merged else [],
            "refusals": refusals,
            "seen": seen if is_preview and seen is not None else version,
            "of": OF,
            "address": self._merge_page,
            "swap_url": self._merge_address(kept=pair.gone.pk, gone=pair.kept.pk),
        }
        return self._render(request, context, status)

    def _asks_which(self, request, kept):
        """The other one is looked for by words."""
        text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
        others = self.get_queryset(request).exclude(pk=kept.pk)
        found, _may_have_duplicates = self.get_search_results(request, others, text) if text else (others.none(), False)
        records = list(found.distinct().order_by("pk")[: MOST_FOUND + 1])
        context = {
            "title": _("Make one of two: %(kind)s") % {"kind": self.opts.verbose_name_plural},
            "original": kept,
            "text": text,
            "found": [(each, self._merge_address(kept=kept.pk, gone=each.pk)) for each in records[:MOST_FOUND]],
            "has_more": len(records) > MOST_FOUND,
        }
        return self._render(request, context)

    def _render(self, request, context, status=200):
        common = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}
        return TemplateResponse(request, self.merge_template, common | context, status=status)

    def _record(self, request, text):
        if not text or not is_readable(self.opts.pk, text):
            return None
        return self.get_queryset(request).filter(pk=text).first()

    def _merge_address(self, **keys):
        return f"{self._merge_page}?{urlencode(keys)}"

    @property
    def _merge_page(self):
        return reverse(f"admin:{self._page_name('merge')}")

    def _page_name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """The address of a record that was taken into another leads to that one."""
        key = int(object_id) if object_id.isdecimal() else 0
        merger = Merger.objects.standing().filter(kind=opts.label_lower, gone=key).first()
        kept = merger and self.model._base_manager.filter(pk=present_key(self.model, key)).first()
        if kept is None:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        text = _("“%(gone)s” is now part of “%(kept)s”.") % {"gone": merger.gone_title, "kept": kept}
        self.message_user(request, text, messages.INFO)
        return HttpResponseRedirect(record_address(kept))


class MergedTooLate(Exception):
    """Somebody changed a record that the merger changes, after it was looked at."""


def _may_change(site, request, record: Any) -> bool:
    if site.is_registered(type(record)):
        return site.get_model_admin(type(record)).has_change_permission(request, record)
    return not isinstance(record, Publication) or may_publish(request.user, record)


def _side(record):
    """What tells the two apart at first sight."""
    state = record.get_state_display() if isinstance(record, Publication) else ""
    return {"record": record, "state": state, "code": getattr(record, "state", ""), "url": record_address(record)}
