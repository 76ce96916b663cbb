"""Columns that the exports of several registers share."""

from operator import attrgetter

from tracker.records.public import public

from .register import Column


def text(name):
    return Column(name=name, value=attrgetter(name))


def choice(name):
    """Two columns: the code of a choice, and its words."""
    return (
        Column(name=name, value=attrgetter(name)),
        Column(name=f"{name}_in_words", value=lambda record: str(getattr(record, f"get_{name}_display")())),
    )


def date(name, *, has_words=False):
    """Three columns: the EDTF notation, and the earliest and latest day that it allows; with the source's own words for
    it, four."""
    words = (Column(name=f"{name}_words", value=attrgetter(f"{name}_words")),) if has_words else ()
    return (
        Column(name=name, value=attrgetter(name)),
        Column(name=f"{name}_earliest", value=lambda record: _day(getattr(record, f"{name}_earliest"))),
        Column(name=f"{name}_latest", value=lambda record: _day(getattr(record, f"{name}_latest"))),
        *words,
    )


def period(name):
    """Two columns: the duration of ISO 8601, and its words."""
    return text(name), text(f"{name}_in_words")


def _day(day):
    return day and day.isoformat()


def codes(relation, key):
    """The codes or slugs of related records."""
    return Column(
        name=relation, value=lambda record: [getattr(other, key) for other in getattr(record, relation).all()]
    )


def absolute(site_url):
    return Column(name="address", value=lambda record: site_url + record.get_absolute_url())


def sources():
    """The addresses of the sources, or their titles where they have none, each once."""
    return Column(
        name="sources",
        value=lambda record: list(
            dict.fromkeys(citation.source.url or citation.source.label for citation in record.citations.all())
        ),
    )


def public_key(name, key="slug"):
    """The slug or reference of a record that this one belongs to; empty while that one is hidden from the public."""

    def value(record):
        other = public(getattr(record, name))
        return other and getattr(other, key)

    return Column(name=name, value=value)
