"""How what is read here is cited: in two styles for people, in three formats for programs that keep references."""

from .formats import CITATION_FORMATS, CitationFormat
from .pages import cited_list, cited_page, cited_record
from .work import Work, WorkKind

__all__ = ["CITATION_FORMATS", "CitationFormat", "Work", "WorkKind", "cited_list", "cited_page", "cited_record"]
