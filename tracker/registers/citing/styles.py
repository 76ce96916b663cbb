"""A work in one line for people, as two style guides would have it. The lines are in English in every language: what
they name is, and so are their words.

- APA: Publication Manual of the American Psychological Association, 7th edition (2020), 10.9 for data sets (with the
  day of retrieval, as these change over time) and 10.16 for pages of the web. Without an author the title comes first.
- Chicago: The Chicago Manual of Style, 17th edition (2017), 14.207 for pages of the web, as in a bibliography, with the
  day of access (14.12), as these change over time.
"""

from .dates import month_first, year_first
from .work import Work, WorkKind

NO_DATE = "n.d."


def apa(work: Work) -> str:
    if work.kind is not WorkKind.DATA:
        return _document_in_apa(work)
    known = "; ".join(filter(None, [work.number, f"Version {work.version}"]))
    return _row(
        f"{work.title} ({known}) [Data set].",
        f"({year_first(work.issued)}).",
        *_ended(*_published(work)),
        f"Retrieved {month_first(work.accessed_on)}, from {work.address}",
    )


def chicago(work: Work) -> str:
    if work.kind is not WorkKind.DATA:
        return _document_in_chicago(work)
    site, *others = _published(work)
    return _row(
        _quoted(work.title),
        *_ended(", ".join(filter(None, [site, work.number]))),
        f"Data version {work.version}, {month_first(work.issued)}.",
        *_ended(*others, f"Accessed {month_first(work.accessed_on)}"),
        *_ended(work.address),
    )


def _document_in_apa(work):
    dated = f"({year_first(work.issued) if work.issued else NO_DATE})."
    by, *others = list(filter(None, [work.author, work.publisher])) or [""]
    begins = [*_ended(by), dated, *_ended(work.title)] if by else [*_ended(work.title), dated]
    return _row(*begins, *_ended(*others, work.container), work.address, *_kept(work))


def _document_in_chicago(work):
    published = ", ".join(
        filter(None, [work.publisher or work.container, month_first(work.issued) if work.issued else NO_DATE])
    )
    return _row(
        *_ended(work.author), _quoted(work.title), *_ended(published), *_ended(work.address), *_ended(*_kept(work))
    )


def _published(work):
    """The site, and its publisher where that is another."""
    return list(dict.fromkeys(filter(None, [work.container, work.publisher])))


def _kept(work):
    return [f"Archived at {work.archived}"] if work.archived else []


def _quoted(title):
    return f"“{title}”" if title.endswith((".", "?", "!", "…")) else f"“{title}.”"


def _ended(*texts):
    return [text if text.endswith((".", "?", "!", "…")) else f"{text}." for text in texts if text]


def _row(*texts):
    return " ".join(filter(None, texts))
