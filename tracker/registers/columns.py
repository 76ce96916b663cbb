"""Columns that the exports of several registers share. Codes come first, the same in every language; the words for them
stand beside, in a column whose name ends in ``_in_words``."""

from operator import attrgetter

from tracker.records.public import public

from .register import Column, Datatype


def text(name):
    return Column(name=name, value=attrgetter(name))


def number(name):
    return Column(name=name, value=attrgetter(name), datatype=Datatype.WHOLE_NUMBER)


def yes_or_no(name):
    return Column(name=name, value=attrgetter(name), datatype=Datatype.YES_OR_NO)


def address(name):
    return Column(name=name, value=attrgetter(name), datatype=Datatype.ADDRESS)


def day(name):
    return Column(name=name, value=lambda record: _day(getattr(record, name)), datatype=Datatype.DAY)


def choice(name):
    """Two columns: the code of a choice, and its words."""
    return (
        text(name),
        Column(
            name=f"{name}_in_words", value=lambda record: str(getattr(record, f"get_{name}_display")()), is_local=True
        ),
    )


def computed(name, choices):
    """The same for a code that is computed for the day and no field of the record."""
    return (
        text(name),
        Column(name=f"{name}_in_words", value=lambda record: str(choices(getattr(record, name)).label), is_local=True),
    )


def date(name, bounds="", *, has_words=False):
    """Four columns: the EDTF notation, its words, and the earliest and latest day that it allows; ``bounds`` is how the
    names of the two start, where it is not the same. With the source's own words for it, five."""
    bounds = bounds or name
    words = (text(f"{name}_words"),) if has_words else ()
    return (
        text(name),
        Column(name=f"{name}_in_words", value=attrgetter(f"{name}_in_words"), is_local=True),
        day(f"{bounds}_earliest"),
        day(f"{bounds}_latest"),
        *words,
    )


def period(name):
    """Two columns: the duration of ISO 8601, and its words."""
    return text(name), text(f"{name}_in_words")


def _day(day):
    return day and day.isoformat()


def codes(relation, key, label="name"):
    """Two columns: the codes or slugs of related records that the public may know of, and their names."""
    return (
        _of_all(relation, relation, key),
        _of_all(f"{relation}_in_words", relation, label, is_local=label == "local_name"),
    )


def _of_all(name, relation, attribute, is_local=False):
    def value(record):
        return [getattr(other, attribute) for other in getattr(record, relation).all() if public(other)]

    return Column(name=name, value=value, is_local=is_local, is_list=True)


def of_one(relation, key, label="name", *, name="", is_local=False):
    """Two columns: the code or slug of a related record and its name. Empty where there is none, or where it is hidden
    from the public."""
    name = name or relation

    def shown(record, attribute):
        other = public(getattr(record, relation))
        return getattr(other, attribute) if other else None

    return (
        Column(name=name, value=lambda record: shown(record, key)),
        Column(name=f"{name}_in_words", value=lambda record: shown(record, label), is_local=is_local),
    )


def absolute(site_url):
    """The address of the record's page, in the language of the export."""
    return Column(
        name="address",
        value=lambda record: site_url + record.get_absolute_url(),
        is_local=True,
        datatype=Datatype.ADDRESS,
    )


def sources():
    """The addresses of the sources, or their titles where they have none, each once."""
    return Column(
        name="sources",
        is_list=True,
        value=lambda record: list(
            dict.fromkeys(citation.source.url or citation.source.label for citation in record.citations.all())
        ),
    )
