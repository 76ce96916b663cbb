"""Which two records: both found by typing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.records.merging.ways import ways_to

from .keys import OneAutocomplete


class PairForm(forms.Form):
    """Two records of the kind that ``desk`` is the admin of. They are looked up as by any field that names one."""

    def __init__(self, desk: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = next(each for each in ways_to(desk.model) if not each.many_to_many)
        for name, label in (("kept", _("This one stays")), ("gone", _("This one is taken into it"))):
            widget = OneAutocomplete(way, desk.admin_site, attrs={"data-placeholder": str(_("type to search"))})
            self.fields[name] = forms.ModelChoiceField(desk.model._base_manager.all(), label=label, widget=widget)
