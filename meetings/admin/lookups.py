"""Fields of rows that are not columns of the row's own table, looked up by typing as all relations are."""

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils.translation import gettext_lazy as _

from tracker.records.admin import ChosenAutocomplete, ChosenAutocompleteMultiple, OneOrMade, SeveralOrMade


def one_of(model, field_name, label, help_text=""):
    """A form field for the record that the foreign key ``field_name`` of ``model`` leads to, with “add”."""
    relation = model._meta.get_field(field_name)
    widget = ChosenAutocomplete(relation, admin.site, attrs={"data-placeholder": _("type to search")})
    return OneOrMade(
        relation.related_model.objects.all(),
        required=False,
        label=label,
        help_text=help_text,
        widget=RelatedFieldWidgetWrapper(widget, relation.remote_field, admin.site, can_add_related=True),
    )


def several_of(model, field_name, label, help_text=""):
    """A form field for several records of the kind that the foreign key ``field_name`` of ``model`` leads to."""
    relation = model._meta.get_field(field_name)
    return SeveralOrMade(
        relation.related_model.objects.all(),
        required=False,
        label=label,
        help_text=help_text,
        widget=ChosenAutocompleteMultiple(relation, admin.site, attrs={"data-placeholder": _("type to search")}),
    )
