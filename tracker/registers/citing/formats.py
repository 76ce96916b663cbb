"""The formats in which programs that keep references take a work. ``CITATION_FORMATS`` is the one place where they
stand: addresses and links follow from it."""

from collections.abc import Callable
from dataclasses import dataclass

from .bibtex import as_bibtex
from .csl import as_csl
from .ris import as_ris
from .work import Work


@dataclass(frozen=True, kw_only=True)
class CitationFormat:
    extension: str
    label: str
    content_type: str
    write: Callable[[Work], str]

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0]


CITATION_FORMATS = (
    CitationFormat(
        extension="bib", label="BibTeX", content_type="application/x-bibtex; charset=utf-8", write=as_bibtex
    ),
    CitationFormat(
        extension="ris", label="RIS", content_type="application/x-research-info-systems; charset=utf-8", write=as_ris
    ),
    CitationFormat(
        extension="csl.json", label="CSL-JSON", content_type="application/vnd.citationstyles.csl+json", write=as_csl
    ),
)
