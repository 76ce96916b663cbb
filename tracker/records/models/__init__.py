"""What every record is: versioned, referenced, published, dated, cited."""

from .change import Row, Versioned, follows, last_editor_id, one_change, rehearsal
from .claim import Citation, Claim, with_claims
from .comment import MOST_OF_A_COMMENT, Comment, CommentQuerySet
from .content import NOT_CONTENT
from .latest import (
    LastChange,
    beginning_of_history,
    changed_since,
    first_published,
    last_changed,
    last_changes,
    published_since,
)
from .looking import LookedFor
from .merger import Merger
from .proposal import ProposedChange
from .publication import NO_CITATION, Publication, Publishable, PublishableQuerySet, is_published
from .reference import ReferenceCounter, Referenced, SlugAlias, Slugged, former_slugs, free_slug
from .revision import Revision, changed_after, mark_of, named_by_rows
from .saved_view import SavedView
from .search_entry import (
    FoundBy,
    SearchEntry,
    fill_search_entries,
    found_by,
    search_entries,
    texts_of,
    write_search_entries,
)
from .sent_form import SentForm
from .shared import SHARED_PERMISSIONS, Shared
from .source import Basis, Source, SourceQuerySet, cite, with_sources
from .version import DataVersion, held_version, one_reading, one_writer

__all__ = [
    "MOST_OF_A_COMMENT",
    "NOT_CONTENT",
    "NO_CITATION",
    "SHARED_PERMISSIONS",
    "Basis",
    "Citation",
    "Claim",
    "Comment",
    "CommentQuerySet",
    "DataVersion",
    "FoundBy",
    "LastChange",
    "LookedFor",
    "Merger",
    "ProposedChange",
    "Publication",
    "Publishable",
    "PublishableQuerySet",
    "ReferenceCounter",
    "Referenced",
    "Revision",
    "Row",
    "SavedView",
    "SearchEntry",
    "SentForm",
    "Shared",
    "SlugAlias",
    "Slugged",
    "Source",
    "SourceQuerySet",
    "Versioned",
    "beginning_of_history",
    "changed_after",
    "changed_since",
    "cite",
    "fill_search_entries",
    "first_published",
    "follows",
    "former_slugs",
    "found_by",
    "free_slug",
    "held_version",
    "is_published",
    "last_changed",
    "last_changes",
    "last_editor_id",
    "mark_of",
    "named_by_rows",
    "one_change",
    "one_reading",
    "one_writer",
    "published_since",
    "rehearsal",
    "search_entries",
    "texts_of",
    "with_claims",
    "with_sources",
    "write_search_entries",
]
