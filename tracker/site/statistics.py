"""How much of what was promised was done, how late, and for how long nothing was heard of the rest."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter
from statistics import median

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.models import UNREPORTED, Implementation, YesNo
from meetings.registers import COMMITMENTS
from tracker.records.ages import MONTHS_OF_A_YEAR, age_of_months, months_between
from tracker.records.languages import written
from tracker.registers.beginning import Beginning
from tracker.registers.formats import FORMATS
from tracker.registers.listing import unread
from tracker.registers.reading import read_from
from tracker.registers.register import Column, Datatype
from tracker.registers.tables import Chunk, Shape

from .breakdown import PAIR, WAYS, Breakdown
from .implementation_chart import ImplementationChart
from .open_promises import DATED, OpenPromises
from .promises import FIRM, Promises
from .slips import Slips
from .subset import Subset

# Of fewer nobody could tell what is usual.
LEAST_FOR_A_MEDIAN = 3
MOST_YEARS_OF_SILENCE = 10
# Between the bounds of a day that is known to a month.
MOST_OPEN = 31
DAYS_OF_A_MONTH = 365.25 / MONTHS_OF_A_YEAR


COLUMNS = (
    Column(
        name="code", reads=("code",), means=gettext_lazy("code of the value by which the commitments are told apart")
    ),
    Column(name="name", reads=("name",), is_local=True),
    Column(
        name="firm",
        reads=("firm",),
        datatype=Datatype.WHOLE_NUMBER,
        means=gettext_lazy("how many firm commitments have the value"),
    ),
    *(
        Column(
            name=each.value,
            reads=("numbers",),
            value=itemgetter(each),
            datatype=Datatype.WHOLE_NUMBER,
            means=each.label,
        )
        for each in Implementation
    ),
    Column(name="address", reads=("list_address",), is_local=True, datatype=Datatype.ADDRESS),
)
SHAPE = Shape(noun="statistics", columns=COLUMNS)


@dataclass(frozen=True)
class Silence:
    """Of the commitments of which no report was seen: by whole years since they were made, from 0 to the most, which
    stands for all that are older; and those whose day nobody can tell. ``half`` is the median, in months."""

    by_years: tuple[int, ...]
    undated: int
    half: int | None

    @property
    def number(self) -> int:
        return sum(self.by_years) + self.undated

    @property
    def rows(self) -> list[tuple[str, int, str]]:
        """``[(years in words, number, width of its bar in hundredths)]``"""
        most = max(*self.by_years, self.undated, 1)
        words = [_("under 1 year"), *(_years(years) for years in range(1, len(self.by_years)))]
        if len(self.by_years) > MOST_YEARS_OF_SILENCE:
            words[-1] = _("%(years)s or more") % {"years": words[-1]}
        rows = [*zip(words, self.by_years, strict=True), (_("age unknown"), self.undated)]
        return [(name, number, f"{100 * number / most:.1f}") for name, number in rows]

    @property
    def title(self) -> str:
        """The finding."""
        if self.half is None:
            words = ngettext(
                "On %(n)s firm commitment no report was seen",
                "On %(n)s firm commitments no report was seen",
                self.number,
            )
            return words % {"n": f"{self.number:,}"}
        return _("Half of the silent firm commitments have been silent for %(age)s or longer") % {
            "age": age_of_months(self.half)
        }


class Statistics:
    """All that the page shows on a day; ``params`` may have ``by``, one of ``WAYS``. ``errors`` is empty where it can
    be read; only then is there a breakdown."""

    name = "statistics"

    def __init__(self, params: QueryDict, today: date, version: int | None = None) -> None:
        self.params, self.today, self.version = params, today, version
        self.way = params.get("by") or PAIR
        self.promises = Promises(Subset(COMMITMENTS, {}, today, version))
        self.slips = Slips(today)

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """``{parameter: [message]}``"""
        if len(set(self.params.getlist("by"))) > 1:
            return {"by": [_("Give one value only.")]}
        message = _("“%(value)s” is not a known value here.") % {"value": self.way[:40]}
        return {} if self.way in WAYS else {"by": [message]}

    @property
    def unknown(self) -> dict[str, list[str]]:
        return unread(self.params, ["by"])

    @property
    def query(self) -> str:
        return urlencode({"by": self.way} if self.params.get("by") else {})

    @property
    def formats(self) -> list[dict[str, str]]:
        """What ``components/formats.html`` shows."""
        query = f"?{self.query}" if self.query else ""
        return [
            {"label": written(format.label), "url": reverse(f"statistics-{format.extension}") + query}
            for format in FORMATS
        ]

    def chunks(self):
        """Yield the values of the columns of an export: a line for each value, at once."""
        yield Chunk(read_from(COLUMNS, self.breakdown.rows))

    @cached_property
    def open(self) -> OpenPromises:
        return OpenPromises(self.promises, Beginning([], ""))

    @cached_property
    def breakdown(self) -> Breakdown:
        return Breakdown(self.promises, self.way)

    @property
    def chart(self) -> ImplementationChart | None:
        return ImplementationChart(self.promises.implementation_by_year, self.today) if self.open.firm else None

    @property
    def ways(self):
        """``[(code, title, whether it is the present one)]``"""
        return [(code, title, code == self.way) for code, (title, _page) in WAYS.items()]

    # Numbers at the top

    @property
    def silent(self) -> int:
        return sum(self.promises.implementation[each] for each in UNREPORTED)

    @property
    def figures(self):
        """``[(number, words, address of the list)]``"""
        address, headline = self.promises.subset.address, self.promises.headline
        late = self.promises.number(**FIRM, late=YesNo.YES.value)
        timed = late + self.promises.number(**FIRM, late=YesNo.NO.value)
        dated = sum(self.promises.number(**FIRM, schedule=code) for code in DATED)
        repeated = self.promises.number(**FIRM, repeated=YesNo.YES.value)
        return [
            (headline.firm, _("firm commitments"), address(**FIRM)),
            (headline.soft, _("proposals and statements, counted apart"), self.promises.soft_address),
            (
                headline.completed,
                _("completed: %(confirmed)s confirmed by others, %(claimed)s claimed by a side that promised")
                % {"confirmed": headline.confirmed, "claimed": headline.claimed},
                address(**FIRM, completed=YesNo.YES.value),
            ),
            (self.silent, _("without any report seen"), address(**FIRM, implementation=[e.value for e in UNREPORTED])),
            (dated, _("open, with a due date; without one nothing is overdue"), address(**FIRM, schedule=DATED)),
            (
                late,
                _("completed late, out of %(n)s whose lateness is known") % {"n": timed},
                address(**FIRM, late=YesNo.YES.value),
            ),
            (repeated, _("promised again later"), address(**FIRM, repeated=YesNo.YES.value)),
        ]

    @cached_property
    def duration(self) -> tuple[int, str]:
        """How many completed firm commitments were made and completed on days that are known to a month, and the median
        of the time between, in words; empty of too few."""
        days = self.promises.days_to_completion(MOST_OPEN)
        if len(days) < LEAST_FOR_A_MEDIAN:
            return len(days), ""
        return len(days), age_of_months(max(0, round(median(days) / DAYS_OF_A_MONTH)))

    # Silence

    @cached_property
    def silence(self) -> Silence:
        counted = Counter(self._days_of_silence)
        months: Counter[int] = Counter()
        for day, number in counted.items():
            if day <= self.today:
                months[months_between(day, self.today)] += number
        by_years = [0] * (min(max(months, default=0) // MONTHS_OF_A_YEAR, MOST_YEARS_OF_SILENCE) + 1)
        for age, number in months.items():
            by_years[min(age // MONTHS_OF_A_YEAR, MOST_YEARS_OF_SILENCE)] += number
        half = int(median(months.elements())) if months.total() >= LEAST_FOR_A_MEDIAN else None
        return Silence(tuple(by_years), self.silent - months.total(), half)

    @property
    def _days_of_silence(self) -> list[date]:
        """Of each of those of which no report was seen: the last day on which it can have been made."""
        return self.promises.last_days("heard", [each.value for each in UNREPORTED])


def _years(number):
    return ngettext("%(n)s year", "%(n)s years", number) % {"n": number}
