"""Claims on the parts of a record: each part has a small page of its own, with what sources state of it."""

from django.utils.translation import gettext_lazy as _

from .base import RowAdmin
from .rows import RowInline


class ClaimInline(RowInline):
    """What sources state of one part of a record."""

    fk_name = "part"
    fields = ["source", "locator", "field", "value", "note"]
    widths = {"source": 4, "locator": 2, "field": 2, "value": 2, "note": 2}
    extra_when_new = 1
    extra = 1
    terms = {
        "field": _("Which fact this source states."),
        "value": _("The value as this source gives it; dates in EDTF notation."),
        "note": _("Why this value was adopted, or not. It is shown beside the value."),
    }


class PartAdmin(RowAdmin):
    """The page of one part, reached from its record by the link at the row; absent from the index.

    Parts are added and taken out in the form of the record.
    """

    def get_fields(self, request, obj=None):
        own = [field.name for field in self.opts.get_fields() if field.concrete and field.editable]
        return [name for name in own if name not in ("id", self.model.owner_name)]

    def get_model_perms(self, request):
        return {}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def claim_inline(claim):
    """The inline of one table of claims."""
    return type(f"{claim.__name__}Inline", (ClaimInline,), {"model": claim})
