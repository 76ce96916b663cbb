"""The list of pairs as one reader asked for it: all, or those of one country, in an order, a page at a time."""

from operator import attrgetter

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tracker.records.public import public_name
from tracker.registers.columns import number
from tracker.registers.formats import FORMATS
from tracker.registers.listing import unread
from tracker.registers.reading import read_from
from tracker.registers.register import Column, Datatype
from tracker.registers.tables import Chunk, Shape

from .pairs import all_pairs

PAGE_SIZE = 100
SORTS = {
    "pair": attrgetter("code"),
    "agreements": attrgetter("agreements"),
    "meetings": attrgetter("meetings"),
    "commitments": attrgetter("commitments"),
    "proposals": attrgetter("proposals"),
    "total": attrgetter("total"),
}
DEFAULT_SORT = "-total"
PARAMETERS = ("country", "sort")
SIDES = ("one", "other")


def _page(one, other):
    return settings.SITE_URL + reverse("pair-detail", args=[one.code, other.code])


COLUMNS = (
    Column(name="pair", reads=("code",)),
    Column(name="countries", reads=SIDES, value=lambda *sides: [country.code for country in sides], is_list=True),
    Column(
        name="names",
        reads=SIDES,
        value=lambda *sides: [country.local_name for country in sides],
        is_local=True,
        is_list=True,
    ),
    *map(number, ("agreements", "meetings", "commitments", "proposals", "total")),
    Column(name="address", reads=SIDES, value=_page, is_local=True, datatype=Datatype.ADDRESS),
)

SHAPE = Shape(noun="pair", columns=COLUMNS)


class PairList:
    """``params`` are ``country``, the code of one, and ``sort``; ``version`` is the data version read for this answer.

    ``errors`` is empty where they can be read; only then has the list pairs.
    """

    name = "pairs"

    def __init__(self, params, today, version=None):
        self.params, self.today = params, today
        self._all = all_pairs(today, version)
        self.sort = params.get("sort") or DEFAULT_SORT

    @cached_property
    def errors(self):
        """``{parameter: [message]}``"""
        found = {}
        if self.sort.removeprefix("-") not in SORTS:
            found["sort"] = [_("“%(value)s” is not a sort order of this list.") % {"value": self.sort[:40]}]
        if self._code and self.country is None:
            found["country"] = [_("“%(value)s” is not a known value here.") % {"value": self._code[:40]}]
        twice = [name for name in PARAMETERS if len(set(self.params.getlist(name))) > 1]
        return found | {name: [_("Give one value only.")] for name in twice}

    @property
    def unknown(self):
        """``{parameter: [message]}``"""
        return unread(self.params, PARAMETERS)

    @property
    def _code(self):
        return self.params.get("country", "")

    @cached_property
    def country(self):
        """The one whose pairs are asked for; None where that is all, or it is in none."""
        countries = {each.code: each for pair in self._all for each in (pair.one, pair.other)}
        return countries.get(self._code)

    @cached_property
    def pairs(self):
        """In order; those that are equal in it with most records first."""
        found = [pair for pair in self._all if self.country in (None, pair.one, pair.other)]
        return sorted(found, key=SORTS[self.sort.removeprefix("-")], reverse=self.sort.startswith("-"))

    @property
    def chips(self):
        """What ``components/chips.html`` shows."""
        if self.country is None:
            return []
        return [{"label": _("Country"), "value": public_name(self.country), "remove_url": self.address(country="")}]

    @property
    def heads(self):
        """What ``components/sort_head.html`` shows: numbers begin with the largest."""
        labels = {
            "pair": _("Pair"),
            "agreements": _("Agreements"),
            "meetings": _("Meetings"),
            "commitments": _("Commitments"),
            "proposals": _("Proposals and statements"),
        }
        for name, label in labels.items():
            present = {name: "ascending", f"-{name}": "descending"}.get(self.sort, "")
            first = name if name == "pair" else f"-{name}"
            turned = (f"-{name}" if present == "ascending" else name) if present else first
            yield {"label": label, "url": self.address(sort=turned), "direction": present, "numeric": name != "pair"}

    @property
    def formats(self):
        """What ``components/formats.html`` shows."""
        query = f"?{self.query}" if self.query else ""
        return [{"label": format.label, "url": reverse(f"pair-{format.extension}") + query} for format in FORMATS]

    @property
    def query(self):
        return urlencode(self._given)

    @property
    def _given(self):
        return {name: self.params[name] for name in PARAMETERS if self.params.get(name)}

    def address(self, **changes):
        """The query string of a neighbouring list."""
        return "?" + urlencode({name: value for name, value in {**self._given, **changes}.items() if value})

    def chunks(self):
        """Yield the values of the columns of an export, of all pairs at once."""
        yield Chunk(read_from(COLUMNS, self.pairs))
