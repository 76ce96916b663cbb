"""Columns of exports that say what belongs to an agreement or a body.

Whoever is not public is left out: a code is never that of a hidden record.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.records.models import Source
from tracker.records.remembering import Remembered
from tracker.registers.columns import SOURCE
from tracker.registers.reading import RowsIn, Told
from tracker.registers.register import Column
from tracker.registers.tables import Labels

from .models import (
    Agreement,
    AgreementParty,
    AgreementRelation,
    Country,
    Forum,
    Organisation,
    Person,
    WorkingGroup,
)

# What the properties of records that exports show rest on.
COUNTRY_NAME = ("name", "name_ur", "name_zh")
NAME_OF_COUNTRY = Told(Country, "local_name", *COUNTRY_NAME)
TITLE_OF_AGREEMENT = Told(Agreement, "headline", "title", "description")
GROUP_NAME = (
    *("name", "parent__name", "forum__name"),
    *("founding_agreement__title", "founding_agreement__description"),
)
NAME_OF_GROUP = Told(WorkingGroup, "headline", *GROUP_NAME)
# What a record is called where a row names it.
LABELS: Labels = {
    Agreement: TITLE_OF_AGREEMENT,
    Country: NAME_OF_COUNTRY,
    Forum: "name",
    Organisation: "name",
    Person: "name",
    Source: SOURCE,
    WorkingGroup: NAME_OF_GROUP,
}
PARTY_NAME = (*(f"country__{name}" for name in COUNTRY_NAME), "organisation__name", "words")
VOICE = (*PARTY_NAME, "person__name")

_MAY_OVERLAP = Q(kind=AgreementRelation.Kind.MAY_OVERLAP)


def party_rows(party, *further):
    """The parties of a record, and what puts the names of some into words; ``further`` is read of each too."""
    told = Told(party, "name", *PARTY_NAME)
    codes = ("country__code", "organisation__slug")
    rows = RowsIn("parties", tuple(dict.fromkeys((*further, *codes, *told.reads))))
    return rows, told.of(rows)


def party_columns(name, prefix, rows, names_of, is_of_them=lambda row: True):
    """Three columns: the names of some parties of a record, the codes of the countries among them, and the slugs of the
    organisations."""

    def of_each(value):
        return lambda rows: [found for row in rows if is_of_them(row) and (found := value(row)) is not None]

    def in_words(rows):
        return [name for name in names_of(filter(is_of_them, rows)) if name is not None]

    return (
        Column(
            name=name,
            reads=(rows,),
            value=Remembered(in_words),
            is_local=True,
            is_list=True,
            means=_("names of the parties on this side"),
        ),
        Column(
            name=f"{prefix}_countries",
            reads=(rows,),
            value=of_each(lambda row: row.country_code),
            is_list=True,
            means=_("codes of the countries among them"),
        ),
        Column(
            name=f"{prefix}_organisations",
            reads=(rows,),
            value=of_each(lambda row: row.organisation_slug),
            is_list=True,
            means=_("slugs of the organisations among them"),
        ),
    )


def statements(statement):
    """What third voices said: who, when, and in which sense; ``statement`` is the model of them."""
    told = Told(statement, "name", *VOICE)
    rows = RowsIn("statements", ("kind", "on", "text", *told.reads))
    names_of = told.of(rows)

    def in_words(rows):
        for row, name in zip(rows, names_of(rows), strict=True):
            yield f"{' '.join(filter(None, [row.kind, name, row.on]))}: {row.text}"

    return Column(
        name="statements",
        reads=(rows,),
        value=lambda rows: list(in_words(rows)),
        is_list=True,
        means=_("what third voices said: kind, who, when, and in which sense"),
    )


def country_codes(rows):
    """The countries that take part themselves, or by an organisation that is not hidden: ``rows`` are parties."""

    def value(rows):
        codes = (row.country_code or row.organisation_country_code for row in rows)
        return sorted({code for code in codes if code})

    return Column(
        name="country_codes",
        reads=(rows,),
        value=value,
        is_list=True,
        means=_("codes of the countries that take part, themselves or by an organisation"),
    )


def parties_over_time(rows):
    """The codes and slugs of parties that joined later, or left, each with the day."""
    yield Column(
        name="parties_joined",
        reads=(rows,),
        value=lambda rows: _dated(rows, "joined"),
        is_list=True,
        means=_("parties that joined later, with the date"),
    )
    yield Column(
        name="parties_left",
        reads=(rows,),
        value=lambda rows: _dated(rows, "left"),
        is_list=True,
        means=_("parties that left, with the date"),
    )


def members():
    """The codes and slugs of the members of a group, and the days on which they joined and left."""
    rows = RowsIn("members", ("country__code", "organisation__slug", "joined", "left"))
    yield Column(
        name="members",
        reads=(rows,),
        value=lambda rows: list(filter(None, map(_code, rows))),
        is_list=True,
        means=_("codes and slugs of the members"),
    )
    yield Column(
        name="members_joined",
        reads=(rows,),
        value=lambda rows: _dated(rows, "joined"),
        is_list=True,
        means=_("members whose joining is dated, with the date"),
    )
    yield Column(
        name="members_left",
        reads=(rows,),
        value=lambda rows: _dated(rows, "left"),
        is_list=True,
        means=_("members that left, with the date"),
    )


def _dated(rows, name):
    return [f"{_code(row)} {day}" for row in rows if (day := getattr(row, name)) and _code(row)]


def _code(row):
    return row.country_code or row.organisation_slug


def texts():
    """The texts by language: whether each is authentic, and prevails, and its title."""
    rows = RowsIn("titles", ("language", "is_authentic", "prevails", "title"))
    return Column(
        name="texts",
        reads=(rows,),
        value=lambda rows: [_text(row) for row in rows],
        is_list=True,
        means=_("the texts by language, whether authentic and prevailing, with their titles"),
    )


def _text(text):
    marks = [text.language, "authentic" if text.is_authentic else "", "prevails" if text.prevails else ""]
    return ": ".join(filter(None, [" ".join(filter(None, marks)), text.title]))


def events():
    """The events as kind and date; a target says that it is planned."""
    rows = RowsIn("events", ("is_planned", "kind", "on"))
    return Column(
        name="events",
        reads=(rows,),
        value=lambda rows: [_event(row) for row in rows],
        is_list=True,
        means=_("what happened, or is planned: kind and date"),
    )


def _event(event):
    return " ".join(filter(None, ["planned" if event.is_planned else "", event.kind, event.on]))


def other_names():
    rows = RowsIn("names", ("name",))
    return Column(
        name="other_names",
        reads=(rows,),
        value=lambda rows: [name for (name,) in rows],
        is_list=True,
        means=_("other names that it has or had"),
    )


def overlaps():
    """The references of the records that may stand for some of the same documents: who enters that does so on one of
    them, and it holds for both."""
    there = RowsIn("relations", ("other__reference",), _MAY_OVERLAP)
    back = RowsIn("related_from", ("agreement__reference",), _MAY_OVERLAP)

    def value(there, back):
        return sorted({reference for (reference,) in (*there, *back) if reference})

    return Column(
        name="may_overlap_with",
        reads=(there, back),
        value=value,
        is_list=True,
        means=_("records that may stand for some of the same documents"),
    )


PARTY_ROWS, NAMES_OF_PARTIES = party_rows(AgreementParty, "joined", "left", "organisation__country__code")
