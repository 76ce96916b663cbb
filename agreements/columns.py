"""Columns of exports that say what belongs to an agreement or a body, and what to fetch for them.

Whoever is not public is left out: a code is never that of a hidden record.
"""

from django.db.models import Prefetch

from tracker.records.public import public
from tracker.registers.register import Column

from .models import AgreementParty, AgreementRelation, WorkingGroupMember

PARTIES = Prefetch("parties", AgreementParty.objects.select_related("country", "organisation__country"))
MEMBERS = Prefetch("members", WorkingGroupMember.objects.select_related("country", "organisation"))
_MAY_OVERLAP = AgreementRelation.objects.filter(kind=AgreementRelation.Kind.MAY_OVERLAP)
# Who enters that two records may overlap does so on one of them: it holds for both.
OVERLAPS = (
    Prefetch("relations", _MAY_OVERLAP.select_related("other"), to_attr="overlaps"),
    Prefetch("related_from", _MAY_OVERLAP.select_related("agreement"), to_attr="overlapped_by"),
)


def said(statement):
    """What to prefetch so that each record's ``statements`` come with their voices, in one query."""
    return Prefetch("statements", statement.objects.with_voices())


def statements():
    """What third voices said: who, when, and in which sense."""
    return Column(
        name="statements", is_list=True, value=lambda record: [_statement(one) for one in record.statements.all()]
    )


def _statement(statement):
    voice = " ".join(filter(None, [statement.kind, statement.name, statement.on]))
    return f"{voice}: {statement.text}"


def parties():
    """The codes and slugs of parties that joined later, or left, each with the day."""
    yield Column(name="parties_joined", is_list=True, value=lambda agreement: _dated(agreement.parties.all(), "joined"))
    yield Column(name="parties_left", is_list=True, value=lambda agreement: _dated(agreement.parties.all(), "left"))


def members():
    """The codes and slugs of the members of a group, and the days on which they joined and left."""
    yield Column(name="members", is_list=True, value=lambda group: list(filter(None, map(_code, group.members.all()))))
    yield Column(name="members_joined", is_list=True, value=lambda group: _dated(group.members.all(), "joined"))
    yield Column(name="members_left", is_list=True, value=lambda group: _dated(group.members.all(), "left"))


def _dated(rows, name):
    return [f"{_code(row)} {day}" for row in rows if (day := getattr(row, name)) and _code(row)]


def _code(row):
    return row.country.code if row.country else getattr(public(row.organisation), "slug", None)


def texts():
    """The texts by language: whether each is authentic, and prevails, and its title."""
    return Column(name="texts", is_list=True, value=lambda agreement: [_text(text) for text in agreement.titles.all()])


def _text(text):
    marks = [text.language, "authentic" if text.is_authentic else "", "prevails" if text.prevails else ""]
    return ": ".join(filter(None, [" ".join(filter(None, marks)), text.title]))


def events():
    """The events as kind and date; a target says that it is planned."""
    return Column(
        name="events", is_list=True, value=lambda agreement: [_event(event) for event in agreement.events.all()]
    )


def _event(event):
    return " ".join(filter(None, ["planned" if event.is_planned else "", event.kind, event.on]))


def overlaps():
    """The references of the records that may stand for some of the same documents."""
    return Column(name="may_overlap_with", is_list=True, value=_overlapping)


def _overlapping(agreement):
    others = [row.other for row in agreement.overlaps] + [row.agreement for row in agreement.overlapped_by]
    return sorted({other.reference for other in filter(public, others)})
