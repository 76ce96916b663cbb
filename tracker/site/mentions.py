"""Where published records name a person: in a delegation, as signatory, as the voice of a promise, of a statement or of
a figure, as who acted. Read in one question, as much of each row as the page of the person shows."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import BigIntegerField, BooleanField, Case, F, Model, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementParty,
    AgreementStatement,
    Forum,
    ForumStatement,
    Person,
    Statement,
    WorkingGroup,
    WorkingGroupStatement,
)
from meetings.models import (
    AgreementFigure,
    Commitment,
    CommitmentFigure,
    CommitmentStatement,
    Delegate,
    Delegation,
    Meeting,
    MeetingFigure,
    MeetingStatement,
)
from tracker.records import edtf
from tracker.records.languages import written
from tracker.records.models import is_published
from tracker.registers.past.database import database_in_use
from tracker.registers.prepared import KEYS, Prepared

STATEMENTS = (AgreementStatement, ForumStatement, WorkingGroupStatement, MeetingStatement, CommitmentStatement)
FIGURES = (AgreementFigure, MeetingFigure, CommitmentFigure)
ATTENDANCE, SIGNATURE, SPOKEN, EVENT, STATEMENT, FIGURE = range(6)
# The kinds of record, each with what its page is called.
PAGES: dict[type[Model], str] = {
    Agreement: "agreement-detail",
    Commitment: "commitment-detail",
    Forum: "forum-detail",
    Meeting: "meeting-detail",
    WorkingGroup: "working-group-detail",
}
KINDS = {kind._meta.label_lower: kind for kind in PAGES}
NOBODY = Cast(Value(None), BigIntegerField())
EMPTY = Value("")
NO = Value(False, BooleanField())


class Mention(NamedTuple):
    """A row that names the person. ``label`` is the kind of its record, ``name`` what an address calls that; ``detail``
    a code: of the role, the event or the kind of statement; ``is_marked`` that somebody came from afar by wire, or that
    what happened is only planned."""

    what: int
    label: str
    record: int
    name: str
    detail: str
    office: str
    text: str
    on: str
    on_words: str
    country: int | None
    organisation: int | None
    delegation_role: str
    attendance: str
    is_marked: bool

    @property
    def kind(self) -> type[Model]:
        return KINDS[self.label]

    @property
    def day(self) -> date:
        """By which it stands in order; what has no date comes last."""
        bounds = edtf.bounds(self.on)
        return bounds.earliest or bounds.latest or date.min

    @property
    def year(self) -> str:
        """Empty where it is not known for certain."""
        bounds = edtf.bounds(self.on)
        years = {day.year if day else None for day in (bounds.earliest, bounds.latest)}
        return str(years.pop() or "") if len(years) == 1 else ""

    @property
    def on_in_words(self) -> str:
        return edtf.in_words(self.on, written(self.on_words))

    @property
    def address(self) -> str:
        return reverse(PAGES[self.kind], args=[self.name])

    @property
    def act(self) -> str | Promise:
        """What somebody did or said, in words."""
        if self.what == EVENT:
            return AgreementEvent.Kind(self.detail).label
        return Statement.Kind(self.detail).label if self.what == STATEMENT else _("figure stated")

    @property
    def role(self) -> str | Promise:
        return Delegate.Role(self.detail).label

    @property
    def role_of_delegation(self) -> str | Promise:
        """Empty of a party, as most are."""
        role = Delegation.Role(self.delegation_role)
        return "" if role == Delegation.Role.PARTY else role.label

    @property
    def who_came(self) -> str | Promise:
        """Empty where the delegation is named as present."""
        attendance = Delegation.Attendance(self.attendance)
        return "" if attendance == Delegation.Attendance.CAME else attendance.label


def mentions_of(person: Person) -> list[Mention]:
    """All of them, the newest first."""
    found = [Mention(*row) for is_shown, *row in _prepared(database_in_use()).rows([person.pk]) if is_shown]
    # The rows of one record in one order, whatever the database has them in.
    return sorted(found, key=lambda mention: (mention.day, mention.record, repr(mention)), reverse=True)


@cache
def _prepared(_database: str) -> Prepared:
    first, *others = questions()
    return Prepared(first.union(*others, all=True))


def questions() -> Iterator[QuerySet]:
    """One for each way to name a person, about those whose keys are ``KEYS``; first of each row, whether it is public.

    Not a condition of the query: SQLite would begin with all that are published, and look up the person last.
    """
    yield _in_delegations()
    yield _as_signatory()
    yield _as_voice_of_a_promise()
    yield _acting()
    for statement in STATEMENTS:
        said = _of(statement, "person")
        texts = F("kind"), F("office"), F("text"), F("on"), F("on_words")
        yield said.values_list(*_beginning(STATEMENT, statement), *texts, *_no_side(), NO)
    for figure in FIGURES:
        said = _of(figure, "said_by")
        yield said.values_list(*_beginning(FIGURE, figure), EMPTY, EMPTY, F("what"), F("as_of"), EMPTY, *_no_side(), NO)


def _in_delegations():
    rows = Delegate.objects.filter(person__in=KEYS).order_by()
    side = (f"delegation__{name}" for name in ("country_id", "organisation_id", "role", "attendance"))
    return rows.values_list(
        *_named(ATTENDANCE, Meeting, "delegation__meeting"),
        *map(F, ("role", "office", "note", "delegation__meeting__held", "delegation__meeting__held_words", *side)),
        F("is_remote"),
    )


def _as_signatory():
    rows = _of(AgreementParty, "signatory")
    texts = EMPTY, F("office"), F("on_behalf_of"), F("agreement__signed"), EMPTY
    side = F("country_id"), F("organisation_id"), EMPTY, EMPTY
    return rows.values_list(*_beginning(SIGNATURE, AgreementParty), *texts, *side, NO)


def _as_voice_of_a_promise():
    rows = Commitment.objects.filter(spoken_by__in=KEYS).order_by()
    beginning = _if(is_published()), Value(SPOKEN), Value(Commitment._meta.label_lower), F("pk"), F("reference")
    return rows.values_list(*beginning, *[EMPTY] * 5, *_no_side(), NO)


def _acting():
    rows = _of(AgreementEvent, "person")
    texts = F("kind"), EMPTY, F("note"), F("on"), F("on_words")
    return rows.values_list(*_beginning(EVENT, AgreementEvent), *texts, *_no_side(), F("is_planned"))


def _of(model, name):
    return model.objects.filter(**{f"{name}__in": KEYS}).order_by()


def _beginning(what, model):
    return _named(what, model._meta.get_field(model.owner_name).related_model, model.owner_name)


def _named(what, kind, path):
    """What a row begins with: whether it is public, what it is, and which record has it, at the end of a path."""
    name = "slug" if kind in (Forum, WorkingGroup) else "reference"
    return (
        _if(is_published(f"{path}__")),
        Value(what),
        Value(kind._meta.label_lower),
        F(f"{path}_id"),
        F(f"{path}__{name}"),
    )


def _if(condition):
    return Case(When(condition, then=Value(1)), default=Value(0))


def _no_side():
    return NOBODY, NOBODY, EMPTY, EMPTY
