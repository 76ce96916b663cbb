"""What every record is: versioned, referenced, published, dated, cited."""

from .change import Row, Versioned, follows, one_change
from .publication import NO_CITATION, Publication, Publishable, PublishableQuerySet, is_published
from .reference import ReferenceCounter, Referenced, SlugAlias, Slugged
from .source import Basis, Citation, Source, SourceQuerySet, with_sources
from .version import DataVersion, one_writer

__all__ = [
    "NO_CITATION",
    "Basis",
    "Citation",
    "DataVersion",
    "Publication",
    "Publishable",
    "PublishableQuerySet",
    "ReferenceCounter",
    "Referenced",
    "Row",
    "SlugAlias",
    "Slugged",
    "Source",
    "SourceQuerySet",
    "Versioned",
    "follows",
    "is_published",
    "one_change",
    "one_writer",
    "with_sources",
]
