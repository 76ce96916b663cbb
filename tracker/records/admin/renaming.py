"""A record is renamed as of a day: what it was called until then is kept, with its time where the kind keeps that."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tracker.records import edtf
from tracker.records.form_fields import EDTFFormField
from tracker.records.merging.names import name_columns, name_rows, rename
from tracker.records.models import Publication, one_change

from .dates import EDTFInput
from .meanwhile import CONFLICT
from .merged import record_address
from .opened import current_version
from .publication import may_change_at_once
from .seen import CHANGED_MEANWHILE, changes_since_seen

RENAMED = gettext_noop("renamed")
RENAMED_IN_WORDS = _("It has a new name.")
ON, NEW_SLUG = "_renamed_on", "_new_slug"


class RenameForm(forms.Form):
    """The columns that name a record, with what they say now; the day, where further names have theirs."""

    def __init__(self, record: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        for column in name_columns(type(record)):
            field: Any = record._meta.get_field(column)
            self.fields[column] = field.formfield(initial=getattr(record, column))
            self.fields[column].widget.attrs["size"] = 60
        self.fields[name_columns(type(record))[0]].required = True
        if name_rows(type(record)) is not None:
            text = _(
                "The first day of the new name, as exactly as the source says it: 23 September 2021, 2021-09, 2021."
            )
            self.fields[ON] = EDTFFormField(label=_("Renamed on"), help_text=text, widget=EDTFInput)
        text = _("The old address then leads to the new one for good.")
        self.fields[NEW_SLUG] = forms.BooleanField(label=_("New address too"), help_text=text, required=False)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        column = name_columns(type(self.record))[0]
        if cleaned.get(column) == getattr(self.record, column):
            self.add_error(column, _("So it is called already: write the new name."))
        if (on := cleaned.get(ON)) and (day := edtf.bounds(on).earliest) and day > timezone.localdate():
            self.add_error(ON, _("That day has not come yet."))
        return cleaned

    @property
    def columns(self):
        return {name: self.cleaned_data[name] for name in name_columns(type(self.record))}


class RenamesRecords:
    """The admin of a kind whose records keep what they were called."""

    rename_template = "admin/merging/rename.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_rename"
        view = self.admin_site.admin_view(self.rename_view)
        return [path("<path:object_id>/rename/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and self._may_rename(request, obj):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_rename"
            context["rename_url"] = reverse(name, args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def rename_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self._may_rename(request, record):
            raise PermissionDenied
        form, status = RenameForm(record, request.POST or None), 200
        if request.method == "POST" and form.is_valid():
            act = self._rename if self._is_renamed_at_once(request, record) else self._propose_name
            try:
                answer = act(request, record, form)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                if answer is not None:
                    return answer
                self.message_user(request, CHANGED_MEANWHILE, messages.WARNING)
                status = CONFLICT
        return self._rename_page(request, record, form, status)

    def _may_rename(self, request, record):
        publication = self.publication_of(record)
        may_propose = publication is not None and self._may_propose(request, publication)
        return may_propose or self.has_change_permission(request, record)

    def _is_renamed_at_once(self, request, record):
        """A change that somebody else has to read first is proposed."""
        return not isinstance(record, Publication) or may_change_at_once(request.user, record)

    def _rename(self, request, record, form):
        """None where somebody changed the record meanwhile: what was typed stays in the form."""
        with one_change(reason=RENAMED):
            if self._was_changed(request, record):
                return None
            renamed = self._named_anew(record, form)
        text = _("It is called “%(name)s” from now on.") % {"name": renamed}
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(record_address(record))

    def _propose_name(self, request, record, form):
        if self._was_changed(request, record):
            return None
        return self.propose_act(request, record, lambda: self._named_anew(record, form), str(RENAMED_IN_WORDS))

    def _was_changed(self, request, record):
        return changes_since_seen(request, self.model._base_manager.filter(pk=record.pk)).exists()

    def _named_anew(self, record, form):
        """The record as it is stored now, under its new name."""
        with one_change() as change:
            found, on = self.model._base_manager.get(pk=record.pk), form.cleaned_data.get(ON, "")
            rename(change, found, form.columns, on, has_new_slug=form.cleaned_data[NEW_SLUG])
            self.was_renamed(found, on)
        return found

    def was_renamed(self, record, on):
        """For kinds of which a renaming is an event of its own; ``on`` is an EDTF date."""

    def _rename_page(self, request, record, form, status):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rename"),
            "subtitle": str(self.model._base_manager.get(pk=record.pk)),
            "opts": self.opts,
            "original": record,
            "form": form,
            "is_proposed": not self._is_renamed_at_once(request, record),
            "seen": current_version(),
            "media": self.media,
        }
        return TemplateResponse(request, self.rename_template, context, status=status)
