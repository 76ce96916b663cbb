"""Rows of a record: short ones in a table, longer ones folded to one line each; both take a pasted list."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import ChoiceField, ModelChoiceField
from django.utils.functional import Promise

from .base import RecordInputs
from .forms import RecordFormSet
from .limits import MOST_ROWS
from .line import Cell, cells, words_of


class RowInline(RecordInputs, admin.TabularInline):
    """Rows of a record as a table.

    ``order_field`` holds the number by which rows are moved; ``list_field`` takes a line each of a pasted list.
    """

    template = "admin/edit_inline/table.html"
    formset = RecordFormSet
    extra = 0
    max_num = MOST_ROWS
    view_on_site = False
    extra_when_new = 0
    order_field = ""
    list_field = ""

    class Media:
        js = ["admin_tracker/rows.js", "admin_tracker/paste.js"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Rows are narrow: the pencil of each relation would cost more room than it is worth."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
        return field

    def get_formset(self, request, obj=None, **kwargs):
        request.form_of = obj
        formset = super().get_formset(request, obj, **kwargs)
        formset.order_field = self.order_field
        return formset

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra_when_new if obj is None else self.extra


class StackedRowInline(RowInline):
    """Rows of a record, one under the other, each of which folds to one line.

    ``line`` names the fields that the line shows, cell by cell (see ``tracker.records.admin.line``), of these
    ``line_title`` the one that tells rows apart. ``intro`` explains the words used in them, once; ``warning`` says what
    follows from saving them, in plain sight.
    """

    template = "admin/edit_inline/folded.html"
    line: Sequence[str | Sequence[str]] = ()
    line_title = ""
    intro: str | Promise = ""
    warning: str | Promise = ""

    def cells(self, form) -> list[Cell]:
        return cells(form, self.line, self.line_title)

    def is_told_apart(self, form) -> bool:
        """Whether something was entered that tells a new row from others; a choice has its value from the beginning."""
        title = form.fields.get(self.line_title)
        is_choice = isinstance(title, ChoiceField) and not isinstance(title, ModelChoiceField)
        return title is not None and not is_choice and bool(words_of(form[self.line_title]))

    @property
    def line_layout(self) -> str:
        """The class of the line: by how many cells it has, and whether the first is its title."""
        begins_with_title = self.line[0] == self.line_title or self.line_title in self.line[0]
        return {1: "one", 2: "two"}.get(len(self.line), "" if begins_with_title else "three")
