"""What every record is: versioned, referenced, published, dated, cited."""

from .publication import Publishable, PublishableQuerySet, is_published
from .reference import ReferenceCounter, Referenced, SlugAlias, Slugged
from .source import Basis, Citation, Source, SourceQuerySet, with_sources
from .version import DataVersion, Part, Versioned, batch

__all__ = [
    "Basis",
    "Citation",
    "DataVersion",
    "Part",
    "Publishable",
    "PublishableQuerySet",
    "ReferenceCounter",
    "Referenced",
    "SlugAlias",
    "Slugged",
    "Source",
    "SourceQuerySet",
    "Versioned",
    "batch",
    "is_published",
    "with_sources",
]
