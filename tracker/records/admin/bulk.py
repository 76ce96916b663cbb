"""One change of many records at once: first it is shown record by record, and only what was shown is then done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.records.models import one_change

from .opened import current_version
from .publication import may_change_at_once
from .seen import CONFIRMED

ASKED, PREVIEWED = "_asked", "_previewed"
PREFIX = "_bulk"
MOST_RECORDS = 200
TO_BE_PROPOSED = _("It is published: propose the change on its own form.")
LOCKED = _("It was withdrawn: only a reviewer may change it.")


@dataclass
class Planned:
    """What is to become of one record: each value before and after in words, or the reasons why it stays as it is."""

    record: models.Model
    changes: list[tuple[str | Promise, str, str]] = field(default_factory=list)
    reasons: Sequence[str | Promise] = ()


class BulkChange:
    """One kind of change. A subclass has a form, and says what follows from it for a record.

    ``name`` is that of the list action; ``warning`` says what saving it leads to.
    """

    name = ""
    label: str | Promise = ""
    warning: str | Promise = ""
    form_class: type[forms.Form]
    # Beside the right to change the record itself.
    permission = ""
    # Whether it changes what the record says: that is locked once it is published.
    is_content = True

    @classmethod
    def is_allowed(cls, request: HttpRequest) -> bool:
        return not cls.permission or request.user.has_perm(cls.permission)

    def fetched(self, records: models.QuerySet) -> models.QuerySet:
        """The records with what is read of each."""
        return records

    def apply(self, record: models.Model, values: dict) -> list[tuple[str | Promise, str, str]]:
        """Put the values into the record, unsaved, and return what differs, in words; empty where nothing does.

        Raise ValidationError with the reason why this record cannot take them.
        """
        raise NotImplementedError

    def save(self, record: models.Model, values: dict) -> None:
        """Save what ``apply`` put into the record."""
        record.save()


class ChangesInBulk:
    """A list of records with a state that can be changed many at once. ``bulk_changes`` are the kinds of change."""

    bulk_changes: Sequence[type[BulkChange]] = ()
    bulk_template = "admin/bulk_change.html"

    def get_actions(self, request):
        """They come first."""
        actions = super().get_actions(request)
        if not actions or not self.has_change_permission(request):
            return actions
        own = {
            kind.name: (_action_of(kind), kind.name, kind.label)
            for kind in self.bulk_changes
            if kind.is_allowed(request)
        }
        return own | actions

    def bulk_view(self, request, queryset, kind):
        """The page that asks for the values, then shows what they change; None once it is done."""
        if queryset.count() > MOST_RECORDS:
            text = _("No more than %(count)s records can be changed at once: nothing was changed.")
            self.message_user(request, text % {"count": MOST_RECORDS}, messages.WARNING)
            return None
        change = kind()
        records = list(change.fetched(queryset))
        form = kind.form_class(request.POST if ASKED in request.POST else None, prefix=PREFIX)
        planned = self._planned(request, change, records, form.cleaned_data) if form.is_valid() else None
        mark = _mark(request.POST, records)
        if planned is not None and CONFIRMED in request.POST and request.POST.get(PREVIEWED) == mark:
            self._carry_out(request, change, planned, form.cleaned_data)
            return None
        return self._bulk_page(request, change, records, form, planned, mark)

    def _planned(self, request, change, records, values):
        planned = [Planned(record) for record in records]
        for each in planned:
            try:
                if change.is_content and not may_change_at_once(request.user, each.record):
                    raise ValidationError(TO_BE_PROPOSED if each.record.is_public else LOCKED)
                each.changes = change.apply(each.record, values)
            except ValidationError as error:
                each.reasons = error.messages
        return planned

    def _carry_out(self, request, change, planned, values):
        changed = [each.record for each in planned if each.changes]
        with one_change():
            for record in changed:
                change.save(record, values)
        if changed:
            text = ngettext("%(count)s record is changed.", "%(count)s records are changed.", len(changed))
            self.message_user(request, text % {"count": len(changed)}, messages.SUCCESS)
        if rest := len(planned) - len(changed):
            text = ngettext("%(count)s record stays as it is.", "%(count)s records stay as they are.", rest)
            self.message_user(request, text % {"count": rest}, messages.INFO)

    def _bulk_page(self, request, change, records, form, planned, mark):
        context = {
            **self.admin_site.each_context(request),
            "title": change.label,
            "opts": self.opts,
            "change": change,
            "form": form,
            "records": records,
            "changed": [each for each in planned or () if each.changes],
            "refused": [each for each in planned or () if each.reasons],
            "same": [each for each in planned or () if not each.changes and not each.reasons],
            "is_previewed": planned is not None,
            "mark": mark,
            "names": {"asked": ASKED, "previewed": PREVIEWED, "confirmed": CONFIRMED, "chosen": ACTION_CHECKBOX_NAME},
            "seen": current_version(),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, self.bulk_template, context)


def _action_of(kind):
    def action(admin, request, queryset):
        return admin.bulk_view(request, queryset, kind)

    return action


def _mark(post: QueryDict, records: Iterable[models.Model]) -> str:
    """Of the records and the values: what is carried out is what was shown, and nothing that was typed since."""
    values = sorted((name, texts) for name, texts in post.lists() if name.startswith(PREFIX))
    return sha256(repr((sorted(record.pk for record in records), values)).encode()).hexdigest()
