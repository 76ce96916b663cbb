"""What a register is: one declaration from which pages, exports and all other ways to read a kind of record follow."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.db.models import DateField, Expression, F, Model, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language

from .dated import RegisterCalendar
from .facets import Facet
from .filters import RegisterFilterSet
from .reading import RowsIn, Sparse
from .terms import Related

Codes = Sequence[tuple[str, str | Promise]]
# Of what is a list, where it stands in one cell.
SEPARATOR = "; "


class Datatype(StrEnum):
    """What the values of a column are, as the data types of XML Schema are called."""

    TEXT = "string"
    DAY = "date"
    WHOLE_NUMBER = "integer"
    DECIMAL = "decimal"
    YES_OR_NO = "boolean"
    ADDRESS = "anyURI"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of an export. ``reads`` are paths from a record, and kinds of its rows; ``value`` takes what they lead
    to and returns what ``datatype`` says, a list of it or None. Without it, the value is what was read.

    ``is_local`` is true of what is said in the language of the export; all else is the same in each. ``codes`` are all
    values that it can have, each with its words, where these are few. ``means`` says what it is, where no field of the
    model does.
    """

    name: str
    reads: tuple[str | Sparse | RowsIn, ...]
    value: Callable[..., object] | None = None
    is_local: bool = False
    datatype: Datatype = Datatype.TEXT
    is_list: bool = False
    codes: Codes = ()
    means: str | Promise = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """The rows of one kind, of which each is a ``model``. ``path`` names it and those that it is nested in, as
    ``titles`` do in words, and ``tables`` what belongs to its rows."""

    path: tuple[str, ...]
    titles: tuple[str | Promise, ...]
    model: type[Model]
    rows: RowsIn
    columns: tuple[Column, ...]
    tables: tuple["Table", ...]

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def address(self) -> str:
        """What it is called in an address, as in ``delegations-delegates``."""
        return "-".join(self.path).replace("_", "-")

    @property
    def label(self) -> str:
        return " › ".join(str(title) for title in self.titles)

    @cached_property
    def with_nested(self) -> tuple["Table", ...]:
        return (self, *(inner for table in self.tables for inner in table.with_nested))


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of a column of the page; ``sort`` names the sort order that a click gives."""

    label: str | Promise
    sort: str = ""
    is_numeric: bool = False


# One of each, told apart by being it: what follows from a declaration is remembered by it.
@dataclass(frozen=True, kw_only=True, eq=False)
class Register:
    """One public list of one kind of record.

    ``records`` takes today and returns the published records, annotated with what filters and columns need: there
    is no other way from the database to the public. ``shown`` adds what a row of the page reads; ``rows`` are the same
    records, where a row needs less of them than filters and columns do. ``counted`` puts a
    number of records into words; where a total should say of what it consists, ``counted_apart`` does so with its
    numbers by the values of ``apart``. ``related`` are records whose names count as words of a record; what else it is
    found by, the model says. The first of the ``columns`` is the permanent name of a record; ``tables`` are what
    belongs to it (``tables.py``). ``line`` says of a record, as ``shown``, where it stands on a day; ``filed_under``
    are relations to the countries and themes by which programs sort what they are told. ``calendar`` is there where a
    record names days.
    """

    name: str
    noun: str
    title: str | Promise
    lede: str | Promise
    counted: Callable[[int], str]
    records: Callable[..., QuerySet]
    shown: Callable[[QuerySet], QuerySet]
    rows: Callable[..., QuerySet] | None = None
    filterset: type[RegisterFilterSet]
    facets: tuple[Facet, ...]
    heads: tuple[Head, ...]
    columns: tuple[Column, ...]
    sorts: Mapping[str, F | Expression]
    default_sort: str
    row_template: str
    line: Callable[[Model, date], str]
    filed_under: tuple[str, ...] = ()
    calendar: RegisterCalendar | None = None
    tables: tuple[Table, ...] = ()
    related: tuple[Related, ...] = ()
    # The date by which its records are of a year.
    day: str = ""
    apart: str = ""
    counted_apart: Callable[[Mapping[str, int]], str] | None = None
    date_ranges: tuple[tuple[str, str], ...] = field(default=())

    def order(self, sort):
        """Return the expressions of a sort order; a leading hyphen turns it round. Records without a value are last."""
        expression = self.sorts[sort.removeprefix("-")]
        if sort.startswith("-"):
            return [expression.desc(nulls_last=True), "-pk"]
        return [expression.asc(nulls_last=True), "pk"]

    @property
    def key(self) -> str:
        """The field with the permanent name of a record, as in its address."""
        return self.columns[0].name

    @cached_property
    def all_tables(self) -> tuple[Table, ...]:
        """Those that are nested in others too."""
        return tuple(inner for table in self.tables for inner in table.with_nested)

    @property
    def sort_choices(self):
        return [sign + name for name in self.sorts for sign in ("", "-")]


def of_the_day(records: Callable[[date], QuerySet]) -> Callable[[date], QuerySet]:
    """The same, put together once for each day and language: of many conditions that takes as long as to ask the
    database. Names may be among what is asked."""

    @lru_cache(maxsize=2 * len(settings.LANGUAGES))
    def kept(today, _language):
        return records(today)

    return lambda today: kept(today, get_language()).all()


def by_day(name: str) -> Coalesce:
    """What a sort order by a date goes by: the first day that it allows, or the last where there is no first."""
    return Coalesce(f"{name}_earliest", f"{name}_latest", output_field=DateField())
