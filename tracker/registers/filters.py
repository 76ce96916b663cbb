"""Filters of the registers: what a query parameter means, the same on every page, export and feed."""

import functools
import operator

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tracker.records import edtf
from tracker.records.public import published_along

from . import terms
from .keys import these

MOST_VALUES = 10
MOST_WORDS = 10
NO_DATE = _("“%(value)s” is not a date. Write 2026, 2026-01 or 2026-01-29.")


class RepeatedField:
    """Values of a repeatable parameter: blanks and repetitions are dropped, and there is a limit to their number."""

    def clean(self, value):
        value = list(dict.fromkeys(item for item in value or [] if item))
        if len(value) > MOST_VALUES:
            message = ngettext_lazy("Choose at most %(most)d value.", "Choose at most %(most)d values.", "most")
            raise ValidationError(message, code="too_many", params={"most": MOST_VALUES})
        return super().clean(value)


class CodesField(RepeatedField, django_filters.fields.ModelMultipleChoiceField):
    default_error_messages = {"invalid_choice": _("“%(value)s” is not a known value here.")}

    def clean(self, value):
        """A list: to find out that a queryset of nothing is empty takes as long as to ask for something."""
        return list(super().clean(value)) if any(value or ()) else []


class ChoicesField(RepeatedField, forms.MultipleChoiceField):
    """Codes of a choice; ``former`` leads from codes of old addresses to those of today."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is not a known value here.")}

    def __init__(self, *args, former=(), **kwargs):
        self.former = dict(former)
        super().__init__(*args, **kwargs)

    def clean(self, value):
        return super().clean([self.former.get(code, code) for code in value or []])


class DayField(forms.CharField):
    """A year, a month or a day; cleaned to its ``Bounds``. Addresses are written by one rule: this notation only."""

    default_validators = [RegexValidator(r"\A[0-9]{4}(-[0-9]{2}){0,2}\Z", NO_DATE)]

    def clean(self, value):
        value = super().clean(value)
        try:
            return edtf.bounds(value) if value else None
        except ValidationError as error:
            raise ValidationError(NO_DATE, code="invalid", params={"value": value}) from error


class InvolvesAll(django_filters.ModelMultipleChoiceFilter):
    """Records related to every one of the values: two countries make a pair."""

    field_class = CodesField

    def filter(self, records, values):
        for value in values:
            condition = Q(**{self.field_name: value}) & published_along(records.model, self.field_name)
            records = records.filter(pk__in=_related(records, condition))
        return records


class AnyOf(django_filters.ModelMultipleChoiceFilter):
    """Records related to at least one of the values, by any of the paths."""

    field_class = CodesField

    def __init__(self, *args, paths, **kwargs):
        self.paths = paths
        super().__init__(*args, **kwargs)

    def filter(self, records, values):
        if not values:
            return records
        alternatives = [Q(**{f"{path}__in": values}) & published_along(records.model, path) for path in self.paths]
        return records.filter(pk__in=_related(records, functools.reduce(operator.or_, alternatives)))


class OneOf(django_filters.MultipleChoiceFilter):
    """Records whose field has one of the values."""

    field_class = ChoicesField

    def filter(self, records, values):
        return records.filter(**{f"{self.field_name}__in": values}) if values else records


class OfADate(django_filters.Filter):
    """``title`` names the date above the two filters that bound it."""

    field_class = DayField

    def __init__(self, *args, title="", **kwargs):
        super().__init__(*args, **kwargs)
        self.title = title or _("Dates")


class NotBefore(OfADate):
    """Records whose date may lie on or after the day given (the first one, of a month or a year)."""

    def filter(self, records, day):
        if not day:
            return records
        open_end = Q(**{f"{self.field_name}_latest": None}) & ~Q(**{f"{self.field_name}_earliest": None})
        return records.filter(Q(**{f"{self.field_name}_latest__gte": day.earliest}) | open_end)


class NotAfter(OfADate):
    """Records whose date may lie on or before the day given (the last one, of a month or a year)."""

    def filter(self, records, day):
        if not day:
            return records
        open_start = Q(**{f"{self.field_name}_earliest": None}) & ~Q(**{f"{self.field_name}_latest": None})
        return records.filter(Q(**{f"{self.field_name}_earliest__lte": day.latest}) | open_start)


class AllWords(django_filters.CharFilter):
    """Records in which every word occurs: see ``terms``. They are looked for once, however often a list is counted."""

    _keys: list[int] | None = None

    def filter(self, records, text):
        if not text:
            return records
        if self._keys is None:
            self._keys = terms.keys_of(terms.narrowed(self.parent.queryset, text, self.parent.related))
        return records.filter(pk__in=these(self._keys))


def _related(records, condition):
    """Keys of the records that meet a condition on related rows: a subquery, so that no join doubles a record."""
    return records.model._base_manager.filter(condition).order_by().values("pk")


class RegisterFilterSet(django_filters.FilterSet):
    """The base of every register's filters; each declares its fields one by one."""

    q = AllWords(label=_("Words"), max_length=200)

    def __init__(self, data, queryset, *, related=()):
        self.related = related
        super().__init__(data, queryset=queryset)

    @classmethod
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._form_class = None

    def get_form_class(self):
        """One for all lists of a register: each gets its own copy of the fields."""
        if self._form_class is None:
            form = super().get_form_class()
            form.clean_q = limit_words
            type(self)._form_class = form
        return self._form_class

    def params_of_today(self, params):
        """The parameters with the present slugs in place of former ones; the same where there is none of these."""
        fields = {name: self.form.fields[name] for name in params if name in self.form.fields}
        by_slug = {name for name, field in fields.items() if getattr(field, "to_field_name", "") == "slug"}
        if not any(name in self.form.errors for name in by_slug):
            return params
        found = params.copy()
        for name in by_slug:
            renamed = fields[name].queryset.model.renamed
            found.setlist(name, [renamed(value) or value for value in params.getlist(name)])
        return found

    def narrowed(self, *, leave_out=None):
        """Return the records that pass all filters, or all but the one named. Only for a valid form."""
        records = self.queryset
        for name, value in self.form.cleaned_data.items():
            if name != leave_out:
                records = self.filters[name].filter(records, value)
        return records


def limit_words(form):
    """``clean_q`` of a form in which words are searched for."""
    text = form.cleaned_data["q"]
    if len(text.split()) > MOST_WORDS:
        message = ngettext_lazy("Search for at most %(most)d word.", "Search for at most %(most)d words.", "most")
        raise ValidationError(message, params={"most": MOST_WORDS})
    return text
