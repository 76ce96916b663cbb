"""The lists of the desk: what each column says, on the page and in a file; filters above it, tabs over these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404, HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from tracker.records.languages import marked

from .looking_up import KeyedPaginator
from .unread import ReadList
from .views_of_lists import KeepsViews, plain_query

MOST_CHOICES = 100
# The hook for rooms above, which know formats: a function of a request, an admin and a list, by label and extension.
FileWriter = Callable[[HttpRequest, admin.ModelAdmin, ChangeList], HttpResponseBase]
_files: dict[str, tuple[str, FileWriter]] = {}


def list_file(extension: str, label: str, write: FileWriter) -> None:
    """Let every list be taken away as such a file, as it is filtered and with the columns that it has."""
    _files[extension] = label, write


@dataclass(frozen=True)
class ListCell:
    """One column of a file: its head, and what it says of a record, as text or as something that knows its own."""

    label: str | Promise
    value: Callable[[Any], object]


def listed(label, *, below: Sequence[ListCell] = (), order_by=None, value=None, sign=" · "):
    """Mark a function of a record as a column: what it returns, and ``below`` it in small what else belongs to it.

    In a file each of these has a column of its own; there ``value`` may say the first one otherwise.
    """

    def mark(function):
        @admin.display(description=label, ordering=order_by)
        def column(record):
            small = [marked(text) for cell in below if (text := cell.value(record))]
            first = marked(function(record))
            return format_html('{} <span class="sub">{}</span>', first, _joined(small, sign)) if small else first

        column.__name__ = function.__name__
        column.cells = (ListCell(label, value or function), *below)
        return column

    return mark


def _joined(texts, sign):
    return mark_safe(sign.join(text if isinstance(text, SafeString) else format_html("{}", text) for text in texts))


class DeskList(ReadList):
    """The list of one kind of record, called after it."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.tabs = [] if self.is_popup else self.model_admin.tabs(request)
        if not self.is_popup:
            self.title = capfirst(self.opts.verbose_name_plural)
        # Django would look for the view behind the address of each row, to see whether they belong there.
        self.filters_of_rows, self.preserved_filters = self.preserved_filters, ""

    def is_kept(self, request):
        return any(tab.is_current and tab.key for tab in self.model_admin.tabs(request))

    def get_queryset(self, *args, **kwargs):
        return super().get_queryset(*args, **kwargs).prefetch_related(*self.model_admin.list_prefetch_related)

    def get_results(self, request):
        """Of what is found the keys are known: its records are read by these, without what found them."""
        super().get_results(request)
        if self.paginator.is_narrowed:
            is_paged = self.multi_page and not (self.show_all and self.can_show_all)
            keys = self.paginator.keys_of(self.page_num) if is_paged else self.paginator.keys
            records = self.apply_select_related(self.root_queryset)
            found = records.prefetch_related(*self.model_admin.list_prefetch_related).in_bulk(keys)
            self.result_list = [found[key] for key in keys if key in found]

    def url_for_result(self, result):
        """With what brings the form back to the list as it is filtered."""
        address = super().url_for_result(result)
        return f"{address}?{self.filters_of_rows}" if self.filters_of_rows else address

    @property
    def own_tab(self):
        """The saved view that is shown, if it is one."""
        return next((tab for tab in self.tabs if tab.is_current and tab.key), None)

    @property
    def may_be_kept(self):
        """Whether what is shown is no view yet."""
        return bool(self.tabs) and not self.unread and not any(tab.is_current for tab in self.tabs)


class NamedOnlyFilter(RelatedFieldListFilter):
    """A relation: of those that it may lead to only those that some record names, which is one look-up each, however
    many records there are. A menu has no more than ``MOST_CHOICES``, and says so where it ``has_more``."""

    has_more = False

    def __init__(self, field, *args, **kwargs):
        super().__init__(field, *args, **kwargs)
        if field.many_to_many:
            self.title = field.related_model._meta.verbose_name_plural

    def field_choices(self, field, request, model_admin):
        choices = self._named(field, request, model_admin)
        found = list(choices[: MOST_CHOICES + 1])
        self.has_more = len(found) > MOST_CHOICES
        chosen = [key for key in self.lookup_val or () if str(key).isdecimal()]
        if self.has_more and chosen:
            found = [*choices.filter(pk__in=chosen), *found]
        return list(dict.fromkeys((each.pk, str(each)) for each in found[:MOST_CHOICES]))

    def _named(self, field, request, model_admin):
        named = model_admin.model._base_manager.filter(**{self.field_path: OuterRef("pk")})
        if field.many_to_many:
            through = field.remote_field.through
            named = through._base_manager.filter(**{field.m2m_reverse_field_name(): OuterRef("pk")})
        choices = field.related_model._default_manager.complex_filter(field.remote_field.limit_choices_to)
        related = model_admin.admin_site.get_model_admin(field.related_model).list_select_related
        if related:
            choices = choices.select_related(*related)
        return choices.filter(Exists(named)).order_by(*self.field_admin_ordering(field, request, model_admin))


class ListsRecords(KeepsViews):
    """A list in which one can work."""

    actions_on_top = False
    actions_on_bottom = True
    show_facets = admin.ShowFacets.NEVER
    paginator = KeyedPaginator
    list_prefetch_related: Sequence[str | Prefetch] = ()

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_list_file"
        view = self.admin_site.admin_view(self.list_file_view)
        return [path("list.<str:extension>", view, name=name), *super().get_urls()]

    def get_changelist(self, request, **kwargs):
        return DeskList

    def changelist_view(self, request, extra_context=None):
        query = plain_query(request.GET.urlencode())
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_list_file"
        files = [(label, f"{reverse(name, args=[end])}?{query}") for end, (label, _write) in _files.items()]
        return super().changelist_view(request, {"list_files": files, **(extra_context or {})})

    def list_file_view(self, request, extension):
        """The list as a file: whatever the address of the page filters, searches and sorts."""
        if extension not in _files:
            raise Http404
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            raise Http404 from None
        if found.unread:
            texts = [f"{part.name}={part.value}: {part.why}" for part in found.unread]
            return HttpResponseBadRequest("\n".join(texts), content_type="text/plain; charset=utf-8")
        _label, write = _files[extension]
        return write(request, self, found)

    def cells(self, request):
        """The columns of the list as they stand in a file, each thing in one of its own."""
        return [cell for column in self.get_list_display(request) for cell in self._cells_of(column)]

    def _cells_of(self, column):
        function = column if callable(column) else getattr(self, column, None)
        if cells := getattr(function, "cells", None):
            return cells
        return [ListCell(label_for_field(column, self.model, self), lambda record: self._text(column, record))]

    def _text(self, column, record):
        field, _attribute, value = lookup_field(column, record, self)
        if field is not None and getattr(field, "flatchoices", None):
            value = dict(field.flatchoices).get(value, value)
        return "" if value is None else value
