"""Themes of many records at once: given, and taken away."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, Theme
from tracker.records.admin import BulkChange, ChosenAutocompleteMultiple, SeveralOrMade
from tracker.records.languages import in_a_row


def _themes(label):
    widget = ChosenAutocompleteMultiple(
        Agreement._meta.get_field("themes"), admin.site, attrs={"data-placeholder": _("type to search")}
    )
    return SeveralOrMade(Theme.objects.all(), required=False, label=label, widget=widget)


class ThemesForm(forms.Form):
    added = _themes(_("Themes to add"))
    removed = _themes(_("Themes to take away"))

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        added, removed = cleaned.get("added"), cleaned.get("removed")
        if not added and not removed:
            raise ValidationError(_("Name a theme to add, or one to take away."))
        if added and removed and set(added) & set(removed):
            raise ValidationError(_("The same theme cannot be added and taken away."))
        return cleaned


class ThemesInBulk(BulkChange):
    name = "change_themes"
    label = _("Change themes …")
    form_class = ThemesForm

    def fetched(self, records):
        return records.prefetch_related("themes")

    def apply(self, record, values):
        before = list(record.themes.all())
        after = [theme for theme in before if theme not in values["removed"]]
        after += [theme for theme in values["added"] if theme not in before]
        if {*before} == {*after}:
            return []
        return [(_("themes"), _in_a_row(before), _in_a_row(after))]

    def save(self, record, values):
        record.themes.remove(*values["removed"])
        record.themes.add(*values["added"])
        super().save(record, values)


def _in_a_row(themes):
    return in_a_row(sorted(theme.name for theme in themes), ", ")
