"""The editors' desk: what the admin of every record has in common, and the admin of sources."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .base import RecordAdmin, RowAdmin, edtf_column, yes_no_column
from .bulk import BulkChange
from .choosing import ChosenAutocomplete, ChosenAutocompleteMultiple
from .citations import CitationInline
from .claims import PartAdmin, claim_inline
from .filters import ToDoFilter, WaitingFirstFilter
from .forms import RecordForm, RecordFormSet
from .line import ARROW
from .lists import ListCell, NamedOnlyFilter, listed
from .looking import LooksAgain
from .made import MadeByName, OneOrMade, SeveralOrMade, made_here
from .merged import MergerAdmin
from .merging import MergesRecords
from .proposals import ProposedChangeAdmin
from .publication import is_locked, may_change_at_once, may_publish
from .publishable import EDITORS_NOTE, PublishableAdmin, PublishableForm, state_column
from .renaming import RenamesRecords
from .rows import RowInline, StackedRowInline
from .shared import SharedAdmin
from .slugs import SluggedForm, SluggedPublishableForm
from .source import SourceAdmin
from .unread import ListsWhatIsAskedFor
from .views_of_lists import ListView

admin.site.site_header = admin.site.site_title = _("Digital Cooperation Tracker")
admin.site.index_title = _("Editors’ desk")

__all__ = [
    "ARROW",
    "EDITORS_NOTE",
    "BulkChange",
    "ChosenAutocomplete",
    "ChosenAutocompleteMultiple",
    "CitationInline",
    "ListCell",
    "ListView",
    "ListsWhatIsAskedFor",
    "LooksAgain",
    "MadeByName",
    "MergerAdmin",
    "MergesRecords",
    "NamedOnlyFilter",
    "OneOrMade",
    "PartAdmin",
    "ProposedChangeAdmin",
    "PublishableAdmin",
    "PublishableForm",
    "RecordAdmin",
    "RecordForm",
    "RecordFormSet",
    "RenamesRecords",
    "RowAdmin",
    "RowInline",
    "SeveralOrMade",
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
    "listed",
    "made_here",
    "may_change_at_once",
    "may_publish",
    "state_column",
    "yes_no_column",
]
