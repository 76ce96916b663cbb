"""The editors' desk: what the admin of every record has in common, and the admin of sources."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .base import RecordAdmin, RowAdmin, RowInline, StackedRowInline, edtf_column, yes_no_column
from .choosing import ChosenAutocomplete, ChosenAutocompleteMultiple
from .citations import CitationInline
from .claims import PartAdmin, claim_inline
from .filters import ToDoFilter, WaitingFirstFilter
from .forms import RecordForm, RecordFormSet
from .looking import LooksAgain
from .merged import MergerAdmin
from .merging import MergesRecords
from .publication import is_locked, may_publish
from .publishable import PUBLICATION, PublishableAdmin, PublishableForm
from .renaming import RenamesRecords
from .shared import SharedAdmin
from .slugs import SluggedForm, SluggedPublishableForm
from .source import SourceAdmin

admin.site.site_header = admin.site.site_title = _("Digital Cooperation Tracker")
admin.site.index_title = _("Editors’ desk")
admin.site.enable_nav_sidebar = False

__all__ = [
    "PUBLICATION",
    "ChosenAutocomplete",
    "ChosenAutocompleteMultiple",
    "CitationInline",
    "LooksAgain",
    "MergerAdmin",
    "MergesRecords",
    "PartAdmin",
    "PublishableAdmin",
    "PublishableForm",
    "RecordAdmin",
    "RecordForm",
    "RecordFormSet",
    "RenamesRecords",
    "RowAdmin",
    "RowInline",
    "SharedAdmin",
    "SluggedForm",
    "SluggedPublishableForm",
    "SourceAdmin",
    "StackedRowInline",
    "ToDoFilter",
    "WaitingFirstFilter",
    "claim_inline",
    "edtf_column",
    "is_locked",
    "may_publish",
    "yes_no_column",
]
