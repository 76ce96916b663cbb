"""What was changed last on the desk, and by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db.models import F
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Commitment, ProgressUpdate
from tracker.records import edtf
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
    when: str
    what: str


def newest_changes(site, request, today: date) -> list[RecentChange]:
    """The last few of those that somebody made, as far as this person may see what they changed: two queries."""
    return _changes(_visible(site, request, Revision.objects.all())[:FEW], today)


def recent_changes(request, desk):
    """All changes, newest first; ``before`` is the key of the last one seen."""
    before = request.GET.get("before", "")
    is_first = not (before.isdecimal() and len(before) < LONGEST_KEY)
    looked_at = Revision.objects.all() if is_first else Revision.objects.filter(pk__lt=int(before))
    found = _visible(desk, request, looked_at)
    context = {
        **desk.each_context(request),
        "title": _("Recently changed"),
        "changes": _changes(found, timezone.localdate()),
        "earlier": found[-1].pk if found else None,
        "is_first": is_first,
    }
    return TemplateResponse(request, "admin/recent.html", context)


def _visible(site, request, revisions):
    """The last of these. The newest are read in their order, whatever their kind, and those that this person may not
    see are left out of them: to ask the database for some kinds would have it sort them all."""
    kinds = {model._meta.label_lower for model, desk in site._registry.items() if desk.has_view_permission(request)}
    editorial = revisions.editorial().select_related("account").only(*READ, "account__username")
    of_commitments = editorial.annotate(of_commitment=F("content__fields__commitment"))
    return [each for each in of_commitments.order_by("-pk")[:MANY] if each.kind in kinds]


def _changes(revisions, today):
    """An answer is called by the commitment that it is about: by itself it says too little."""
    answers = [each for each in revisions if each.kind == ProgressUpdate._meta.label_lower]
    commitments = Commitment.objects.in_bulk([each.of_commitment for each in answers]) if answers else {}
    names = {each.pk: str(commitments.get(each.of_commitment, each.title)) for each in answers}
    return [_change(each, names.get(each.pk, each.title), today) for each in revisions]


def _change(revision, title, today):
    model = apps.get_model(revision.kind)
    is_there = revision.status == Revision.Status.APPLIED
    address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return RecentChange(
        title=written(title),
        address=reverse(address, args=[revision.record]) if is_there else "",
        kind=str(model._meta.verbose_name),
        who=revision.account.username if revision.account else "",
        made_at=revision.made_at,
        when=_when(timezone.localtime(revision.made_at), today),
        what=_what(revision, is_there),
    )


def _when(moment, today):
    day = _("today") if moment.date() == today else edtf.in_words(moment.date().isoformat())
    return _("%(day)s %(time)s") % {"day": day, "time": f"{moment:%H:%M}"}


def _what(revision, is_there):
    if not is_there:
        return _("deleted")
    return _("new") if revision.number == 1 else ""
