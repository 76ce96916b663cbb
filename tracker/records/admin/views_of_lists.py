"""Views of a list, as tabs above it: those that its admin declares, and those that an editor saved for himself."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tracker.records.models import SavedView
from tracker.records.models.saved_view import MOST_OF_A_LIST

# What is no part of a view: where in the list one stands, and for what the list was opened.
NOT_OF_A_VIEW = frozenset({PAGE_VAR, ALL_VAR, ERROR_FLAG, IS_POPUP_VAR, TO_FIELD_VAR})


@dataclass(frozen=True)
class ListView:
    """``query`` is what follows the question mark; empty for the list as it opens."""

    label: str | Promise
    query: str = ""


@dataclass(frozen=True)
class Tab:
    """A view as it is shown; ``key`` is that of a saved one."""

    label: str | Promise
    query: str
    is_current: bool
    key: int | None = None


def plain_query(query: str) -> str:
    """The filters, the search and the order of an address, in one spelling: the same view has the same text."""
    pairs = [(name, value) for name, value in parse_qsl(query) if name not in NOT_OF_A_VIEW]
    return urlencode(sorted(pairs))


class ViewForm(forms.ModelForm):
    """``query`` is the address that the list has at the moment."""

    class Meta:
        model = SavedView
        fields = ["name", "query"]
        error_messages = {"name": {"required": _("Give the view a name.")}}

    def clean_query(self):
        return plain_query(self.cleaned_data["query"])


class KeepsViews:
    """A list with tabs."""

    model: type[models.Model]
    list_views: tuple[ListView, ...] = (ListView(_("All")),)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        ways = [
            path("views/keep/", self.admin_site.admin_view(self.keep_view), name=f"{name}_keep_view"),
            path("views/<int:key>/forget/", self.admin_site.admin_view(self.forget_view), name=f"{name}_forget_view"),
        ]
        return [*ways, *super().get_urls()]

    def tabs(self, request):
        """The views of the list, of which one is current where the address says just what it does."""
        present = plain_query(request.GET.urlencode())
        saved = SavedView.objects.kept_by(request.user, self.model)
        found = [(view.label, plain_query(view.query), None) for view in self.list_views]
        found += [(view.name, view.query, view.pk) for view in saved]
        return [Tab(label, query, query == present, key) for label, query, key in found]

    @method_decorator(require_POST)
    def keep_view(self, request):
        """Save the filters of the moment under a name; under one that is there already, in place of what it meant."""
        self._check_access(request)
        form = ViewForm(request.POST)
        if form.is_valid():
            self._keep(request, form.cleaned_data["name"], form.cleaned_data["query"])
        for texts in form.errors.values():
            self.message_user(request, " ".join(texts), messages.ERROR)
        return self._back_to_list(plain_query(request.POST.get("query", "")))

    @method_decorator(require_POST)
    def forget_view(self, request, key):
        self._check_access(request)
        view = SavedView.objects.kept_by(request.user, self.model).filter(pk=key).first()
        if view is not None:
            view.delete()
            text = _("The view “%(name)s” is no longer kept. Nothing in the list was changed.")
            self.message_user(request, text % {"name": view.name}, messages.SUCCESS)
        return self._back_to_list("")

    def _keep(self, request, name, query):
        own = SavedView.objects.kept_by(request.user, self.model)
        if not own.filter(name=name).exists() and own.count() >= MOST_OF_A_LIST:
            text = _("This list has %(count)s views of yours, and takes no more: remove one first.")
            self.message_user(request, text % {"count": MOST_OF_A_LIST}, messages.WARNING)
            return
        kept = {"account": request.user, "kind": self.opts.label_lower, "name": name}
        SavedView.objects.update_or_create(**kept, defaults={"query": query})
        text = _("The view “%(name)s” is kept. Only you see it.")
        self.message_user(request, text % {"name": name}, messages.SUCCESS)

    def _check_access(self, request):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied

    def _back_to_list(self, query):
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return HttpResponseRedirect(f"{address}?{query}" if query else address)
