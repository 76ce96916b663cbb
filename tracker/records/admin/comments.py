"""What people at the desk say to one another on the form of a record: of the record, of a field, or of a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import pgettext

from tracker.records.models import MOST_OF_A_COMMENT, Comment

# The inputs; what was settled is named by its key, and may be several.
TEXT, ABOUT, SETTLED = "_comment", "_comment_about", "_settled"


@dataclass
class About:
    """A place in the form that something can be said of. ``name`` is how the form sends it."""

    name: str
    label: str
    anchor: str
    field: str = ""
    row_kind: str = ""
    row: int | None = None

    @property
    def key(self):
        return self.field, self.row_kind, self.row


def places(form: Any, formsets: Iterable[Any]) -> list[About]:
    """Those of the form as it is shown, in its order."""
    found = [
        About(f"field:{name}", capfirst(str(field.label or name)), f"#{form[name].id_for_label}", field=name)
        for name, field in form.fields.items()
        if not field.widget.is_hidden
    ]
    pattern = pgettext("a row of a form by its kind, its number and its beginning", "%(kind)s %(number)s: %(row)s")
    for formset in formsets:
        kind = capfirst(str(formset.model._meta.verbose_name))
        for number, row in enumerate(formset.initial_forms):
            label = pattern % {"kind": kind, "number": number + 1, "row": str(row.instance)[:60]}
            name = f"row:{formset.model._meta.label_lower}:{row.instance.pk}"
            where = {"row_kind": formset.model._meta.label_lower, "row": row.instance.pk}
            found.append(About(name, label, f"#{row.prefix}", **where))
    return found


class Comments:
    """The comments of a record for its form; ``sent`` is what was sent with a form that could not be saved."""

    most = MOST_OF_A_COMMENT

    def __init__(self, record: Any, form: Any, formsets: Iterable[Any], sent: Any) -> None:
        self.record, self.form, self.sent_text, self.sent_about = record, form, sent.get(TEXT, ""), sent.get(ABOUT, "")
        self.settled_now = sent.getlist(SETTLED)
        self.places = places(form, formsets)

    @cached_property
    def all(self) -> list[Comment]:
        """With where each stands, as far as its place is in the form still."""
        by_key = {place.key: place for place in self.places}
        found = list(Comment.objects.of(self.record).select_related("account", "settled_by"))
        for comment in found:
            comment.is_ticked = str(comment.pk) in self.settled_now
            comment.place = by_key.get((comment.field, comment.row_kind, comment.row))
        return found

    @property
    def open(self):
        return [each for each in self.all if each.settled_at is None]

    @property
    def settled(self):
        return [each for each in self.all if each.settled_at is not None]

    def stand_beside(self) -> None:
        """Put those on a field below its help, where a reader of the form meets them."""
        for comment in self.open:
            if comment.field and not comment.row_kind and comment.place is not None:
                bound = self.form[comment.field]
                bound.help_text = render_to_string(
                    "admin/comments/of_field.html", {"help": bound.help_text, "comment": comment}
                )


def keep_comments(request: Any, record: Any, form: Any, formsets: Iterable[Any]) -> None:
    """Keep what was said with a form that is saved, and settle what was ticked."""
    now = timezone.now()
    keys = [key for key in request.POST.getlist(SETTLED) if key.isdecimal() and len(key) < 19]
    if keys:
        Comment.objects.of(record).open().filter(pk__in=keys).update(settled_at=now, settled_by=request.user)
    text = request.POST.get(TEXT, "").strip()[:MOST_OF_A_COMMENT]
    if text:
        about = {place.name: place for place in places(form, formsets)}.get(request.POST.get(ABOUT, ""))
        where = {"field": about.field, "row_kind": about.row_kind, "row": about.row} if about else {}
        named = {"kind": record._meta.label_lower, "record": record.pk}
        Comment.objects.create(**named, **where, account=request.user, made_at=now, text=text)
