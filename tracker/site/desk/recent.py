"""What was changed last on the desk, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.records.languages import written
from tracker.records.models import Revision

FEW, MANY = 8, 50
# What is read of a revision: not what the record said.
READ = ("kind", "record", "title", "made_at", "account", "reason", "status", "number")


@dataclass
class RecentChange:
    """``who`` is empty where no account made the change; ``address`` where the record is gone."""

    title: str
    address: str
    kind: str
    who: str
    made_at: datetime
    what: str


def newest_changes(site, request) -> list[RecentChange]:
    """The last few of those that somebody made: one query."""
    return [_change(each, site) for each in _visible(site, request)[:FEW]]


def recent_changes(request, desk):
    """All changes, newest first; ``before`` is the key of the last one seen."""
    before = request.GET.get("before", "")
    revisions = _visible(desk, request)
    if before.isdecimal() and len(before) < 19:
        revisions = revisions.filter(pk__lt=int(before))
    found = list(revisions[: MANY + 1])
    context = {
        **desk.each_context(request),
        "title": _("Recently changed"),
        "changes": [_change(each, desk) for each in found[:MANY]],
        "earlier": found[MANY - 1].pk if len(found) > MANY else None,
        "is_first": not before,
    }
    return TemplateResponse(request, "admin/recent.html", context)


def _visible(site, request):
    """Of the kinds that this person may see."""
    kinds = [model._meta.label_lower for model, desk in site._registry.items() if desk.has_view_permission(request)]
    revisions = Revision.objects.editorial().filter(kind__in=kinds).select_related("account")
    return revisions.only(*READ, "account__username").order_by("-pk")


def _change(revision, site):
    model = apps.get_model(revision.kind)
    is_there = revision.status == Revision.Status.APPLIED
    address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return RecentChange(
        title=written(revision.title),
        address=reverse(address, args=[revision.record]) if is_there else "",
        kind=str(model._meta.verbose_name),
        who=revision.account.username if revision.account else "",
        made_at=revision.made_at,
        what=_what(revision, is_there),
    )


def _what(revision, is_there):
    if not is_there:
        return _("deleted")
    return _("new") if revision.number == 1 else ""
