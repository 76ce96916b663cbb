"""Rows of a form made from a pasted list, one for each of its points, or one at a time.

A script makes them on the page and asks here how the list is read; without it the form is sent, and shown again with
the rows, not saved.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.utils import ErrorDict, ErrorList
from django.http import JsonResponse, QueryDict
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tracker.records.pasted import points_of

from .limits import MOST_ROWS, refuse_too_many_rows
from .typed import blank_row, number, plain

# The text area with a list, and the button for one row more; both name the kind of rows.
LIST, ADD = "_list:", "_add_row"
TOO_LONG = _("The form has no room for more rows of this kind. What is left of the list still stands below it.")


class MakesRows:
    """The form of a record whose rows can be added without a script. A list that was pasted and not made into rows is
    made into rows before anything is saved, so that none of it is lost."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_points"
        return [path("points/", self.admin_site.admin_view(self.points_view), name=name), *super().get_urls()]

    @method_decorator(require_POST)
    def points_view(self, request):
        """The points of the list in ``text``, as JSON. Changes nothing, and reads no record."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        points = points_of(request.POST.get("text", ""))
        return JsonResponse({"points": [point.text for point in points]})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and _asks_for_rows(request.POST):
            refuse_too_many_rows(request)
            request.POST = self._with_rows(request, object_id)
            request.is_shown_only = request.is_unfinished = True
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        """While rows are being added nobody is told what the form still lacks."""
        if getattr(request, "is_unfinished", False):
            context["errors"] = []
            _forget_errors(context["adminform"].form)
            for inline in context["inline_admin_formsets"]:
                inline.formset._non_form_errors = ErrorList()
                for form in inline.formset.forms:
                    _forget_errors(form)
        return super().render_change_form(request, context, *args, **kwargs)

    def _with_rows(self, request, object_id):
        """What was sent, with the rows that it asks for after the others."""
        record = self.get_object(request, object_id) if object_id else None
        post = request.POST.copy()
        asked = post.pop(ADD, [""])[0]
        for formset_class, inline in self.get_formsets_with_inlines(request, record):
            rows = _Rows(post, formset_class(prefix=formset_class.get_default_prefix()), inline)
            text = post.get(f"{LIST}{rows.prefix}", "")
            if text.strip() and inline.list_field:
                rest = rows.make_of([point.text for point in points_of(text)])
                post[f"{LIST}{rows.prefix}"] = "\n".join(rest)
                if rest:
                    self.message_user(request, TOO_LONG, messages.WARNING)
            elif rows.prefix == asked:
                rows.add({})
        return post


class _Rows:
    """The rows of one kind in a form that was sent."""

    def __init__(self, post, formset, inline):
        self.post, self.prefix, self.inline = post, formset.prefix, inline
        self.blank = blank_row(formset)
        self.total = number(post, f"{self.prefix}-{TOTAL_FORM_COUNT}")

    def make_of(self, texts):
        """Make rows of these texts, first of those that nobody filled in; return those for which there is no room."""
        free = self._untouched()
        order = self._last_number()
        for count, text in enumerate(texts):
            if not free and self.total >= MOST_ROWS:
                return texts[count:]
            values = {self.inline.list_field: [text]}
            if self.inline.order_field:
                values[self.inline.order_field] = [str(order + count + 1)]
            self.add(values, free.pop(0) if free else None)
        return []

    def add(self, values, place=None):
        """Fill in the row at ``place``; without one, add one that nobody touched but for ``values``."""
        if place is None:
            if self.total >= MOST_ROWS:
                return
            place, self.total = self.total, self.total + 1
            self.post[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(self.total)
        for name, texts in {**self.blank, **values}.items():
            if any(texts):
                self.post.setlist(f"{self.prefix}-{place}-{name}", texts)

    def _untouched(self):
        stored = number(self.post, f"{self.prefix}-{INITIAL_FORM_COUNT}")
        return [place for place in range(stored, self.total) if plain(self._values(place)) == plain(self.blank)]

    def _values(self, place):
        return {name: self.post.getlist(f"{self.prefix}-{place}-{name}") for name in self.blank}

    def _last_number(self):
        names = (f"{self.prefix}-{place}-{self.inline.order_field}" for place in range(self.total))
        return max((number(self.post, name) for name in names), default=0)


def _asks_for_rows(post: QueryDict) -> bool:
    return ADD in post or any(name.startswith(LIST) and post.get(name, "").strip() for name in post)


def _forget_errors(form):
    form._errors = ErrorDict(renderer=form.renderer)
