"""Lists that say what of their address they cannot read: a filter that they do not have, a value that it does not know,
a record that is no more. Then no record is shown, as the whole list would be taken for the one that was asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.filters import AllValuesFieldListFilter, ChoicesFieldListFilter, RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR, ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_FILTER = _("the list has no such filter")
NO_VALUE = _("the filter has no such value")
NO_RECORD = _("there is no such record")
REFUSED = (IncorrectLookupParameters, DisallowedModelAdminLookup)
OF_ONE = ("", "exact", "id", "id__exact", "pk", "pk__exact")


@dataclass(frozen=True)
class UnreadPart:
    """One parameter of an address, what it is a filter of, and why it cannot be read."""

    name: str
    label: str | Promise
    value: str
    why: str | Promise


class ReadList(ChangeList):
    """A list with ``unread``, what of its address it cannot read."""

    unread: list[UnreadPart] = []

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.stands_for_another = ERROR_FLAG in request.GET
        readable = request.GET.copy()
        for name in [PAGE_VAR, *(part.name for part in self.unread)]:
            readable.pop(name, None)
        self.readable_query = readable.urlencode()

    def is_kept(self, request):
        """Whether the address was kept by whoever opens it: then a look-up that is not allowed was, once."""
        return False

    def get_filters(self, request):
        found = super().get_filters(request)
        self._looked_up = set(found[2])
        return found

    def get_queryset(self, request, exclude_parameters=None):
        asked = self.get_filters_params()
        try:
            found, refused = super().get_queryset(request, exclude_parameters), []
        except REFUSED as error:
            refused = self._refused(request, asked, error)
            self.filter_params = {name: self.filter_params[name] for name in self.filter_params.keys() - set(refused)}
            found = super().get_queryset(request, exclude_parameters)
        self.unread = [self._part(name, asked[name], self._why_refused(name)) for name in refused]
        self.unread += self._unknown({name: asked[name] for name in asked if name not in refused})
        return found.none() if self.unread else found

    def get_results(self, request):
        """A page that is no more, as the list became shorter, is the first one; it has the same filters."""
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            self.page_num = 1
            super().get_results(request)

    def _refused(self, request, asked, error):
        """Each parameter is tried by itself."""
        if isinstance(error, DisallowedModelAdminLookup) and not self.is_kept(request):
            raise error
        all_of_it, found = self.filter_params, []
        for name, values in asked.items():
            self.filter_params = {name: values}
            try:
                super().get_queryset(request)
            except REFUSED:
                found.append(name)
        self.filter_params = all_of_it
        if not found:
            raise error
        return found

    def _why_refused(self, name):
        filters = {getattr(each, "parameter_name", each) for each in self.list_filter}
        is_known = name in filters or self._field(name) is not None
        return NO_VALUE if is_known else NO_FILTER

    def _unknown(self, asked) -> Iterator[UnreadPart]:
        used = {name: spec for spec in self.filter_specs for name in spec.used_parameters}
        for name, values in asked.items():
            if name in used:
                why = _why_unknown(used[name], name, values)
            elif name in self._looked_up:
                why = self._why_not_there(name, values)
            else:
                is_of_dates = self.date_hierarchy and name.startswith(f"{self.date_hierarchy}__")
                why = "" if is_of_dates else NO_VALUE
            if why:
                yield self._part(name, values, why, used.get(name))

    def _why_not_there(self, name, values):
        field = self._field(name)
        is_of_one = field is not None and field.is_relation and name.removeprefix(field.name).strip("_") in OF_ONE
        return NO_RECORD if is_of_one and _is_any_missing(field.related_model, values) else ""

    def _part(self, name, values, why, spec=None):
        field = self._field(name)
        label = spec.title if spec else getattr(field, "verbose_name", name)
        return UnreadPart(name, label, ", ".join(map(str, values)), why)

    def _field(self, name) -> Any:
        try:
            return self.opts.get_field(name.partition("__")[0])
        except FieldDoesNotExist:
            return None


class ListsWhatIsAskedFor(admin.ModelAdmin):
    """A list that is filtered as its address says, or says why not."""

    def get_changelist(self, request, **kwargs):
        return ReadList


def _why_unknown(spec: Any, name: str, values: list[str]) -> str | Promise:
    """Why a filter cannot read some values of one of its parameters; empty where it can."""
    if isinstance(spec, admin.SimpleListFilter):
        return "" if values[-1] in _texts(spec.lookup_choices) else NO_VALUE
    if name != getattr(spec, "lookup_kwarg", ""):
        return ""
    if isinstance(spec, RelatedFieldListFilter):
        unlisted = set(values) - _texts(spec.lookup_choices)
        return NO_RECORD if unlisted and _is_any_missing(spec.field.related_model, unlisted) else ""
    if isinstance(spec, ChoicesFieldListFilter):
        return "" if set(values) <= _texts(spec.field.flatchoices) else NO_VALUE
    if isinstance(spec, AllValuesFieldListFilter):
        return "" if set(values) <= {str(value) for value in spec.lookup_choices} else NO_VALUE
    return ""


def _texts(choices: Iterable[Any]) -> set[str]:
    return {str(value) for value, *_label in choices}


def _is_any_missing(model: Any, keys: Iterable[str]) -> bool:
    asked = {int(key) for key in keys if key.isdecimal() and len(key) <= 18}
    return model._base_manager.filter(pk__in=asked).count() < len(set(keys))
