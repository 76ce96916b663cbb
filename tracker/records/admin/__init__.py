"""The editors' desk: what the admin of every record has in common, and the admin of sources."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from .base import RecordAdmin, RowAdmin, edtf_column, yes_no_column
from .choosing import ChosenAutocomplete, ChosenAutocompleteMultiple
from .citations import CitationInline
from .claims import PartAdmin, claim_inline
from .filters import ToDoFilter, WaitingFirstFilter
from .forms import RecordForm, RecordFormSet
from .line import ARROW
from .looking import LooksAgain
from .made import MadeByName, OneOrMade, SeveralOrMade, made_here
from .publication import is_locked, may_publish
from .publishable import PUBLICATION, PublishableAdmin, PublishableForm
from .rows import RowInline, StackedRowInline
from .shared import SharedAdmin
from .slugs import SluggedForm, SluggedPublishableForm, free_slug
from .source import SourceAdmin

admin.site.site_header = admin.site.site_title = _("Digital Cooperation Tracker")
admin.site.index_title = _("Editors’ desk")
admin.site.enable_nav_sidebar = False

__all__ = [
    "ARROW",
    "PUBLICATION",
    "ChosenAutocomplete",
    "ChosenAutocompleteMultiple",
    "CitationInline",
    "LooksAgain",
    "MadeByName",
    "OneOrMade",
    "PartAdmin",
    "PublishableAdmin",
    "PublishableForm",
    "RecordAdmin",
    "RecordForm",
    "RecordFormSet",
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
    "free_slug",
    "is_locked",
    "made_here",
    "may_publish",
    "yes_no_column",
]
