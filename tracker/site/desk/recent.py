"""What was changed last on the desk, and by whom."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.records.languages import written
from tracker.records.models import Revision

FEW, MANY = 8, 100
# In digits: more than any key has.
LONGEST_KEY = 19
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
    """The last few of those that somebody made, as far as this person may see what they changed: one query."""
    return [_change(each, site) for each in _visible(site, request, Revision.objects.all())[:FEW]]


def recent_changes(request, desk):
    """All changes, newest first; ``before`` is the key of the last one seen."""
    before = request.GET.get("before", "")
    is_first = not (before.isdecimal() and len(before) < LONGEST_KEY)
    looked_at = Revision.objects.all() if is_first else Revision.objects.filter(pk__lt=int(before))
    found = _visible(desk, request, looked_at)
    context = {
        **desk.each_context(request),
        "title": _("Recently changed"),
        "changes": [_change(each, desk) for each in found],
        "earlier": found[-1].pk if found else None,
        "is_first": is_first,
    }
    return TemplateResponse(request, "admin/recent.html", context)


def _visible(site, request, revisions):
    """The last of these. The newest are read in their order, whatever their kind, and those that this person may not
    see are left out of them: to ask the database for some kinds would have it sort them all."""
    kinds = {model._meta.label_lower for model, desk in site._registry.items() if desk.has_view_permission(request)}
    editorial = revisions.editorial().select_related("account").only(*READ, "account__username")
    return [each for each in editorial.order_by("-pk")[:MANY] if each.kind in kinds]


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
