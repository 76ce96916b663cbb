"""Relations that are chosen by typing: what all rows of a form have chosen is read once, not once for each row."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms import BaseForm, Media
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from .keys import OneAutocomplete, SeveralAutocomplete, is_readable, taken_into
from .made import ANOTHER, NEW, maker_of, name_in


class ChosenRecords:
    """The records that one field has in all rows, read when the first of them is drawn."""

    def __init__(self):
        self._expected: set[str] = set()
        self._found: dict[str, models.Model] | None = None

    def expect(self, value: Any) -> None:
        self._expected |= keys_of(value)

    def of(self, queryset: models.QuerySet, keys: set[str]) -> list[models.Model]:
        if self._found is None:
            wanted = {key for key in self._expected if is_readable(queryset.model._meta.pk, key)}
            self._found = {str(record.pk): record for record in queryset.filter(pk__in=wanted)} if wanted else {}
            if missing := wanted - self._found.keys():
                self._found |= self._taken_in(queryset, missing)
        return [self._found[key] for key in sorted(keys) if key in self._found]

    def _taken_in(self, queryset, keys):
        """Those that were taken into others, as these."""
        present = taken_into(queryset.model, keys)
        records = queryset.in_bulk(present.values())
        return {key: records[int(kept)] for key, kept in present.items() if int(kept) in records}


class _ChosenOnce:
    """``chosen`` is set where the form has many rows; a form of its own reads for itself."""

    chosen: ChosenRecords | None = None

    def optgroups(self, name, value, attr=None):
        """As Django's: the options of what is chosen, since the others are looked up by typing."""
        if self.chosen is None:
            return super().optgroups(name, value, attr)
        keys = {str(each) for each in value if str(each) not in self.choices.field.empty_values}
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for record in self.chosen.of(self.choices.queryset, keys):
            label = self.choices.field.label_from_instance(record)
            options.append(self.create_option(name, record.pk, label, True, len(options)))
        return [(None, options, 0)]


class _OffersNew:
    """Where it ``offers_new``, what is typed and not found can be added: it is chosen as text, and made on saving.

    Without a script there is a text field for it. Where the name may be taken, which is meant is asked below it.
    """

    offers_new = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_of_new = _("add “%s”"), _("“%s” (new)")

    @property
    def media(self):
        return super().media + Media(js=["admin/js/autocomplete.js", "admin_tracker/new_records.js"])

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs["data-of"] = self.field.remote_field.model._meta.label_lower
        if self.offers_new:
            offered, chosen = map(str, self.label_of_new)
            attrs |= {"data-new": offered, "data-new-chosen": chosen}
        return attrs

    def optgroups(self, name, value, attr=None):
        groups = super().optgroups(name, [each for each in value if not name_in(each)], attr)
        for text in filter(name_in, value):
            label = str(self.label_of_new[1]) % name_in(text)
            groups[0][1].append(self.create_option(name, text, label, True, len(groups[0][1])))
        return groups

    def value_from_datadict(self, data, files, name):
        """What is chosen below stands for what it was asked about; a typed text, for a choice that nobody made."""
        value = super().value_from_datadict(data, files, name)
        meant, typed = data.get(f"{name}-meant", ""), data.get(f"{name}-typed", "").strip()
        if self.allow_multiple_selected:
            asked = self._asked_about(value or []) if meant else ""
            value = [meant if meant and each == asked else each for each in value or []]
            return [*value, f"{NEW}{typed}"] if typed else value
        if name_in(value) and meant:
            return meant
        return value or (f"{NEW}{typed}" if typed else value)

    def render(self, name, value, attrs=None, renderer=None):
        drawn = super().render(name, value, attrs, renderer)
        if not self.offers_new:
            return drawn
        values = value if isinstance(value, (list, tuple)) else [value]
        asked = self._asked_about(values)
        context = {"select": drawn, "name": name, "asked": name_in(asked), "another": f"{ANOTHER}{name_in(asked)}"}
        context["twins"] = self._maker.twins_of(name_in(asked)) if asked else []
        context["only_these"] = any(self._maker.is_the_same(name_in(asked), each) for each in context["twins"])
        return render_to_string("admin/new_record.html", context)

    def _asked_about(self, values):
        """The first name that somebody must say more about."""
        return next((each for each in values if name_in(each) and self._is_open(str(each))), "")

    def _is_open(self, value):
        name = name_in(value)
        near = self._maker.twins_of(name) if self._maker is not None else []
        return any(value.startswith(NEW) or self._maker.is_the_same(name, each) for each in near)

    @property
    def _maker(self):
        return maker_of(self.field.remote_field.model)


class ChosenAutocomplete(_OffersNew, _ChosenOnce, OneAutocomplete):
    pass


class ChosenAutocompleteMultiple(_OffersNew, _ChosenOnce, SeveralAutocomplete):
    pass


def share_chosen(forms: Iterable[BaseForm]) -> None:
    """Let the rows of a form read together what they have chosen."""
    shared: dict[str, ChosenRecords] = {}
    for form in forms:
        for name, field in form.fields.items():
            widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
            if isinstance(widget, _ChosenOnce):
                widget.chosen = shared.setdefault(name, ChosenRecords())
                widget.chosen.expect(form[name].value())


def with_names(post: QueryDict, forms: Iterable[BaseForm]) -> QueryDict:
    """What was sent, with what was typed or chosen beside an input as the value of that input."""
    post = post.copy()
    for form in forms:
        for name, field in form.fields.items():
            widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
            if isinstance(widget, _OffersNew) and not field.disabled:
                _put_names(post, widget, form.add_prefix(name))
    return post


def _put_names(post, widget, name):
    if f"{name}-typed" in post or f"{name}-meant" in post:
        value = widget.value_from_datadict(post, {}, name)
        post.setlist(name, list(value) if isinstance(value, (list, tuple)) else [value or ""])
        post.pop(f"{name}-typed", None)
        post.pop(f"{name}-meant", None)


def keys_of(value: Any) -> set[str]:
    """The keys of what a field has chosen, as texts."""
    each = value if isinstance(value, (list, tuple, models.QuerySet)) else [value]
    return {str(one.pk if isinstance(one, models.Model) else one) for one in each if one not in (None, "")}
