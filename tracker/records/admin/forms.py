"""Forms of records: each database constraint answers as a message beside the form, never as an error of the server."""

from collections import defaultdict
from contextlib import nullcontext

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Max, UniqueConstraint
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tracker.records.fields import EarliestDay, LatestDay
from tracker.records.models import Publication

from .choosing import share_chosen
from .doubts import AsksOnce
from .made import OneOrMade, SeveralOrMade, making_nothing
from .publication import LAST_EDITOR

# Half of what a small number of the database can be.
MOST_ORDERED = 16_000


class RecordForm(AsksOnce, forms.ModelForm):
    """Also checks the constraints on columns that are not in the form: Django skips those, the database does not."""

    def _clean_fields(self):
        is_deleted = DELETION_FIELD_NAME in self.fields and self.data.get(self.add_prefix(DELETION_FIELD_NAME))
        with making_nothing() if is_deleted else nullcontext():
            super()._clean_fields()

    def _post_clean(self):
        """A row as it is stored obeys every rule of a row: of 500 only those are looked at that were changed."""
        if self.instance.pk and not self.has_changed():
            return
        super()._post_clean()
        if self.errors:
            return
        for field in self.instance._meta.concrete_fields:
            if isinstance(field, (EarliestDay, LatestDay)):
                field.pre_save(self.instance, add=False)
        self._check_constraints()

    def _check_constraints(self):
        """The record that a row belongs to may be unsaved, and its other rows about to change: the formset compares."""
        row = self.instance
        owners = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        unsaved = {name for name in owners if getattr(row, row._meta.get_field(name).attname) is None}
        for constraint in row._meta.constraints:
            try:
                excluded = owners if isinstance(constraint, UniqueConstraint) else unsaved
                constraint.validate(type(row), row, exclude=excluded)
            except ValidationError as error:
                self.add_error(None, error)


class RecordFormSet(BaseInlineFormSet):
    """Also finds rows that only a *conditional* unique constraint forbids to stand twice under one record, and rows
    that ``user`` changes in the step in which they approve the record. ``order_field`` holds the number by which rows
    are moved, if they are."""

    order_field = ""

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    @cached_property
    def forms(self):
        forms = super().forms
        share_chosen(forms)
        return forms

    def add_fields(self, form, index):
        """Columns were offered to be made by name already; here, what a row looks up beside them."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if isinstance(field, (OneOrMade, SeveralOrMade)):
                field.offer(self.user)

    def clean(self):
        super().clean()
        is_approval = isinstance(self.instance, Publication) and self.instance.is_being_approved
        if is_approval and self.user is not None and self.has_changed() and settings.FOUR_EYES:
            raise ValidationError(LAST_EDITOR)
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.condition and self.fk.name in constraint.fields:
                self._refuse_twins(constraint)

    def save_existing_objects(self, commit=True):
        if self.order_field and commit:
            self._make_way()
        return super().save_existing_objects(commit)

    def _make_way(self):
        """Rows that change places are saved one after the other, and no two may bear one number on the way."""
        moved = [
            form for form in self.initial_forms if self.order_field in form.changed_data or form in self.deleted_forms
        ]
        rows = self.get_queryset().model._base_manager.filter(pk__in=[form.instance.pk for form in moved])
        numbers = [getattr(form.instance, self.order_field) for form in self.initial_forms]
        highest = max((number for number in numbers if number is not None), default=0)
        was = rows.aggregate(highest=Max(self.order_field))["highest"] or 0
        if max(highest, was) < MOST_ORDERED:
            rows.update(**{self.order_field: F(self.order_field) + max(highest, was) + 1})

    def living_forms(self):
        """The valid forms whose rows will be there after saving."""
        filled = [*self.initial_forms, *(form for form in self.extra_forms if form.has_changed())]
        return [form for form in filled if form.is_valid() and not self._should_delete_form(form)]

    def get_unique_error_message(self, unique_check):
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and set(unique_check) <= set(constraint.fields):
                if constraint.violation_error_message != constraint.default_violation_error_message:
                    return constraint.violation_error_message
                return _("The same row appears twice.")
        return super().get_unique_error_message(unique_check)

    def _refuse_twins(self, constraint):
        names = [name for name in constraint.fields if name != self.fk.name]
        rows = defaultdict(list)
        for form in self.living_forms():
            key = tuple(getattr(form.instance, self.model._meta.get_field(name).attname) for name in names)
            if None not in key:
                rows[key].append(form.instance)
        for instances in rows.values():
            if len(instances) > 1 and sum(self._falls_under(constraint, one) for one in instances) > 1:
                raise ValidationError(_("“%(row)s” appears twice.") % {"row": instances[0]})

    def _falls_under(self, constraint, instance):
        values = instance._get_field_expression_map(meta=self.model._meta, exclude={self.fk.name})
        return constraint.condition.check(values)
