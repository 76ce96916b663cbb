"""The list of pairs as a map: in how many pairs each country stands, or how much one country shares with each other."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Country
from meetings.models import Commitment
from meetings.registers import COMMITMENTS
from tracker.records.languages import compose, written
from tracker.records.public import public_name
from tracker.records.typography import clauses
from tracker.registers.beginning import Beginning

from . import map_shapes
from .map_drawing import MapDrawing
from .map_shapes import MapPlace
from .pair_list import PairList
from .promises import FIRM
from .subset import Subset


@dataclass(frozen=True)
class MapEntry:
    """A country with its ``number``, the ``address`` of what is behind it, and both ``in_words``."""

    country: Country
    number: int
    address: str
    in_words: str
    firm: int = 0

    @property
    def place(self) -> MapPlace | None:
        """None where it is not drawn."""
        return map_shapes.places().get(self.country.code)

    @property
    def firm_address(self) -> str:
        return reverse("commitment-list") + "?" + urlencode({"country": self.country.code, **FIRM})


class PairMap:
    """The countries of the pairs of a list, those with the highest numbers first."""

    file = map_shapes.FILE
    swatch = "site/pair_map_swatch.html"

    def __init__(self, listing: PairList, version: int | None = None) -> None:
        self.listing, self.version = listing, version
        self.chosen = listing.country

    @cached_property
    def entries(self) -> list[MapEntry]:
        found = self._partners() if self.chosen else self._all()
        return sorted(found, key=lambda entry: (-entry.number, entry.country.code))

    @property
    def beginning(self) -> Beginning:
        """Those of them that a table names."""
        return Beginning(self.entries, reverse("country-list"))

    def _partners(self):
        for pair in self.listing.pairs:
            other = pair.other if pair.one == self.chosen else pair.one
            words = ngettext("%(name)s: %(n)s record", "%(name)s: %(n)s records", pair.total)
            address = reverse("pair-detail", args=[pair.one.code, pair.other.code])
            yield MapEntry(other, pair.total, address, _told(words, other, pair.total))

    def _all(self):
        numbers: Counter[Country] = Counter()
        for pair in self.listing.pairs:
            numbers.update([pair.one, pair.other])
        firm = self._firm_commitments()
        for country, number in numbers.items():
            words = ngettext("%(name)s: %(n)s pair", "%(name)s: %(n)s pairs", number)
            address = country.get_absolute_url()
            yield MapEntry(country, number, address, _told(words, country, number), firm.get(country.code, 0))

    def _firm_commitments(self):
        """``{code: number}``: commitments of more countries than two are counted once for each."""
        firm = Subset(COMMITMENTS, {name: [value] for name, value in FIRM.items()}, self.listing.today, self.version)
        if firm.index:
            return firm.numbers("country")
        records = COMMITMENTS.records(self.listing.today).filter(**FIRM).order_by().values("pk")
        links = Commitment.countries.through.objects.filter(commitment__in=records)
        return dict(links.order_by().values_list("country__code").annotate(number=Count("pk")))

    @property
    def title(self) -> str:
        """The finding."""
        first = self.entries[0]
        if self.chosen is None:
            words = _("No country stands in more pairs than %(name)s: it stands in %(n)s of %(all)s")
            numbers = {"n": f"{first.number:,}", "all": f"{len(self.listing.pairs):,}"}
            return compose(words, name=public_name(first.country), **numbers)
        words = ngettext(
            "%(name)s shares records with %(n)s country: with %(partner)s, %(records)s",
            "%(name)s shares records with %(n)s countries, with none more than with %(partner)s: %(records)s",
            len(self.entries),
        )
        names = {"name": public_name(self.chosen), "partner": public_name(first.country)}
        return compose(words, n=f"{len(self.entries):,}", records=f"{first.number:,}", **names)

    @cached_property
    def steps(self) -> list[int]:
        """The least numbers of the shades, the lightest first: few countries have many, so that they are not even."""
        most = self.entries[0].number
        return sorted({1, ceil(most / 9), max(ceil(most / 3), min(2, most))})

    def level(self, number: int) -> int:
        """1 to 3; the darkest is that of the highest number, whatever it is."""
        return 3 - sum(step > number for step in self.steps)

    @property
    def key(self) -> list[tuple[int, str]]:
        """``[(level, the numbers it stands for)]``"""
        ends = [*(step - 1 for step in self.steps[1:]), self.entries[0].number]
        return [
            (self.level(step), f"{step:,}" if step == end else f"{step:,}–{end:,}")
            for step, end in zip(self.steps, ends, strict=True)
        ]

    @property
    def query(self) -> str:
        """Of the same map."""
        return f"?{urlencode({'country': self.chosen.code})}" if self.chosen else ""

    @property
    def note(self) -> str:
        """What its numbers count."""
        if self.chosen:
            return _("The number counts the records that both share.")
        return _("The number counts the pairs in which a country stands.")

    @property
    def caution(self) -> str:
        said = _("The shapes are those of %(maker)s, simplified. They take no position on boundaries.")
        return compose(said, maker=written("Natural Earth"))

    @property
    def not_drawn_in_words(self) -> str:
        """Empty where all are."""
        return f"{_('Not drawn:')} {clauses(entry.in_words for entry in self.not_drawn)}" if self.not_drawn else ""

    @property
    def not_drawn(self) -> list[MapEntry]:
        return [entry for entry in self.entries if entry.place is None]

    @cached_property
    def drawing(self) -> MapDrawing | None:
        """None where nothing of it has a place."""
        marks = [(entry, self.level(entry.number)) for entry in self.entries if entry.place]
        chosen = MapEntry(self.chosen, 0, "", "") if self.chosen else None
        return MapDrawing(marks, chosen if chosen and chosen.place else None) if marks else None


def _told(words, country, number):
    return words % {"name": country.local_name, "n": f"{number:,}"}
