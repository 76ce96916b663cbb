"""What changed of a record since it was returned: for whoever reads it again, and for whoever mends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from tracker.records.models import NOT_CONTENT, Comment, Publication, Revision

from . import history
from .history import Entry

State = Publication.State
# Of records that stand in the form as rows.
MOST_COMPARED = 200


@dataclass
class SinceReturn:
    """``version`` is the data version with which the record went back: what was changed in that form is no news."""

    comment: Comment
    version: int

    def entry(self, record: Any, hidden: Any) -> Entry | None:
        """What differs now, as one change; None where nothing was changed."""
        revisions = Revision.objects.of(record).newest_first()
        last, then = revisions.first(), revisions.filter(data_version__lte=self.version).first()
        if last is None or last == then:
            return None
        both = [each for each in (last, then) if each is not None]
        found = history.entries(type(record), both, last, {*NOT_CONTENT, *hidden}, 1)[0]
        return None if then is not None and not found.changes and not found.rows else found


def since_return(record: Any, said: Iterable[Comment]) -> SinceReturn | None:
    """From its last return on, unless it was public meanwhile; ``said`` are its comments, in order."""
    returns = [comment for comment in said if comment.act == Comment.Act.RETURNED]
    if not returns or record.state not in (State.DRAFT, State.IN_REVIEW):
        return None
    comment = returns[-1]
    later = Revision.objects.of(record).filter(made_at__gte=comment.made_at).order_by("number")
    states = list(later.values_list("data_version", "content__fields__state"))
    if not states or State.PUBLISHED in {state for _version, state in states}:
        return None
    return SinceReturn(comment, states[0][0])


class TellsSinceReturn:
    """The form of a record leads to it, where it was returned."""

    opts: Any
    admin_site: Any

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_since_return"
        view = self.admin_site.admin_view(self.since_return_view)
        return [path("<path:object_id>/since-return/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if "comments" in context and since_return(obj, context["comments"].all) is not None:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_since_return"
            context["since_return_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def since_return_view(self, request, object_id):
        record = self._to_be_seen(request, object_id)
        since = since_return(record, Comment.objects.of(record).select_related("account", "addressee"))
        if since is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": _("What changed since it was returned"),
            "subtitle": None,
            "original": record,
            "object": record,
            "opts": self.opts,
            "comment": since.comment,
            "entry": since.entry(record, self.get_exclude(request, record) or ()),
            "others": list(self._others_since(request, record, since)),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/since_return.html", context, headers={"Cache-Control": "no-store"})

    def _others_since(self, request, record, since):
        """Records that stand in its form as rows have a history of their own."""
        for inline in self.get_inline_instances(request, record):
            if not hasattr(inline.model, "state"):
                continue
            relation = next(each for each in inline.model._meta.fields if each.related_model is type(record))
            rows = inline.model._base_manager.filter(**{relation.name: record}).order_by("pk")
            changed = Revision.objects.filter(kind=inline.model._meta.label_lower, data_version__gt=since.version)
            for row in rows.filter(pk__in=changed.values("record"))[:MOST_COMPARED]:
                entry = since.entry(row, self.get_exclude(request, row) or ())
                if entry is not None:
                    yield row, entry
