"""What every admin of a record does: relations are typed, dates read back, rows keep their rules, history is kept."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.db import models
from django.forms import Textarea
from django.http import HttpResponseRedirect, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import DurationField, EDTFField
from tracker.records.form_fields import PlaceFormField
from tracker.records.models import Publication, found_by
from tracker.records.words import terms_of

from .bulk import ChangesInBulk
from .choosing import ChosenAutocomplete, ChosenAutocompleteMultiple
from .dates import DurationInput, EDTFInput, PlaceInput
from .finding import FoundByWords
from .forms import RecordForm
from .lists import ListsRecords
from .looking_up import found_in
from .made import OneOrMade, SeveralOrMade
from .meanwhile import JoinsForms
from .pasting import MakesRows
from .proposing import ProposesChanges, is_proposed
from .publication import is_locked, may_change_at_once
from .revisions import KeepsRevisions
from .seen import ActsOnWhatWasSeen


def edtf_column(name, label, order_by=""):
    """A list column with the EDTF field ``name`` in words, sorted by the earliest day it allows."""

    @admin.display(description=label, ordering=order_by or f"{name}_earliest")
    def column(record):
        return getattr(record, f"{name}_in_words")

    column.__name__ = f"{name}_in_words"
    return column


def yes_no_column(name, label):
    """A list column with a tick or a cross for the annotation ``name``."""

    @admin.display(description=label, boolean=True)
    def column(record):
        return getattr(record, name)

    column.__name__ = name
    return column


class RecordInputs:
    """Inputs that all forms and rows share. ``terms`` maps a field to the definition shown as its help text, ``widths``
    to the twelfths of a line that it takes where several fields share one; without, they share it evenly."""

    terms: dict[str, str | Promise] = {}
    widths: dict[str, int] = {}
    form = RecordForm
    formfield_overrides = {
        EDTFField: {"widget": EDTFInput},
        DurationField: {"widget": DurationInput},
        models.URLField: {"assume_scheme": "https"},
        models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 80})},
    }

    def get_autocomplete_fields(self, request):
        """Every relation to a record with an admin of its own: nobody scrolls through 200 countries."""
        fields = (*self.opts.fields, *self.opts.many_to_many)
        return [
            field.name for field in fields if field.remote_field and self.admin_site.is_registered(field.related_model)
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if self.admin_site.is_registered(db_field.remote_field.model):
            kwargs.setdefault("widget", ChosenAutocomplete(db_field, self.admin_site))
            kwargs.setdefault("form_class", OneOrMade)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if self.admin_site.is_registered(db_field.remote_field.model):
            kwargs.setdefault("widget", ChosenAutocompleteMultiple(db_field, self.admin_site))
            kwargs.setdefault("form_class", SeveralOrMade)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "locator":
            kwargs = {"form_class": PlaceFormField, "widget": PlaceInput} | kwargs
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        field.help_text = self.terms.get(db_field.name, field.help_text)
        if isinstance(field.widget, (AdminTextInputWidget, Textarea)):
            field.widget.attrs.setdefault("dir", "auto")  # what is typed has a language of its own
        if isinstance(field, (OneOrMade, SeveralOrMade)):
            field.offer(request.user)
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
            if isinstance(field.widget.widget, (AutocompleteSelect, AutocompleteSelectMultiple)):
                field.widget.widget.attrs.setdefault("data-placeholder", str(_("type to search")))
        return field


class RecordAdmin(
    RecordInputs,
    FoundByWords,
    ProposesChanges,
    KeepsRevisions,
    MakesRows,
    JoinsForms,
    ActsOnWhatWasSeen,
    ChangesInBulk,
    ListsRecords,
    admin.ModelAdmin,
):
    """A record with its history. ``next_fields`` are kept when an editor saves one and goes on to the next."""

    next_fields: Sequence[str] = ()
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    change_form_template = "admin/record_change_form.html"

    class Media:
        js = ["admin_tracker/leaving.js", "admin_tracker/contents.js", "admin_tracker/choices.js"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        request.form_of = obj  # for inputs that offer what belongs to it
        return super().get_form(request, obj, change=change, **kwargs)

    def get_changeform_initial_data(self, request):
        """From the address, where all is text; the input for a moment takes none."""
        initial = super().get_changeform_initial_data(request)
        moments = {field.name: field for field in self.opts.fields if isinstance(field, models.DateTimeField)}
        return initial | {name: moments[name].to_python(initial[name]) for name in moments.keys() & initial.keys()}

    def get_search_results(self, request, queryset, search_term):
        """What the columns hold as it is typed, and what the public search finds by the words of a record."""
        columns, terms = self.get_search_fields(request), terms_of(search_term)
        if columns and search_term.strip():
            said = self.says(terms) if terms and found_by(self.model) else models.Q(pk__in=[])
            queryset = queryset.filter(found_in(self.model, columns, search_term) | said)
        return queryset, False

    def save_model(self, request, obj, form, change):
        """A form without a change is no change: it moves no version, and cancels no approval."""
        if not change or form.changed_data:
            super().save_model(request, obj, form, change)

    def delete_queryset(self, request, queryset):
        """One by one: what is derived from a record must follow."""
        for record in queryset:
            record.delete()

    def response_add(self, request, obj, post_url_continue=None):
        return self._with_next_fields(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._with_next_fields(request, obj, super().response_change(request, obj))

    def _with_next_fields(self, request, obj, response):
        kept = self.next_initial(obj)
        if "_addanother" in request.POST and kept and isinstance(response, HttpResponseRedirect):
            address, _mark, old = response["Location"].partition("?")
            query = QueryDict(old, mutable=True)
            for name, value in kept.items():
                query[name] = value
            response["Location"] = f"{address}?{query.urlencode()}"
        return response

    def next_initial(self, obj):
        """What the form of the next record starts with after ``obj``, as a dict of strings."""
        values = {name: getattr(obj, self.opts.get_field(name).attname) for name in self.next_fields}
        return {name: str(value) for name, value in values.items() if value not in (None, "")}


class RowForm(RecordForm):
    """The form of a row on a page of its own. ``user`` is set for each request."""

    user = None
    # Where it is a proposal, nothing is locked.
    is_proposed = False

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        owner = cleaned.get(self._meta.model.owner_name)
        if owner is not None and not self.is_proposed and not may_change_owner(self.user, owner):
            text = _("It is published: propose it in the form of the record.")
            if is_locked_owner(self.user, owner):
                text = _("It is published; only a reviewer may add to it.")
            self.add_error(self._meta.model.owner_name, text)
        return cleaned


class RowAdmin(RecordAdmin):
    """A row that also has a page of its own; what it belongs to decides who may change it."""

    form = RowForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user, form.is_proposed = request.user, is_proposed(request, obj)
        return form

    def publication_of(self, obj):
        owner = obj.main_record
        return owner if isinstance(owner, Publication) else None

    def has_change_permission(self, request, obj=None):
        locked = obj is not None and is_locked_owner(request.user, obj.main_record)
        return super().has_change_permission(request, obj) and (not locked or is_proposed(request, obj))

    def has_delete_permission(self, request, obj=None):
        allowed = obj is None or may_change_owner(request.user, obj.main_record)
        return super().has_delete_permission(request, obj) and allowed


def may_change_owner(user, owner):
    return not isinstance(owner, Publication) or may_change_at_once(user, owner)


def is_locked_owner(user, owner):
    return isinstance(owner, Publication) and is_locked(user, owner)
