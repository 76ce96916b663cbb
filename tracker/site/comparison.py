"""Two pairs, countries or forums side by side: the same numbers of each, and each opens its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement, Country, Forum, pair_code
from agreements.registers import AGREEMENTS
from meetings.models import Implementation, Meeting, Schedule, YesNo
from meetings.registers import COMMITMENTS, MEETINGS
from tracker.records.public import public_name
from tracker.registers.beginning import Beginning

from .open_promises import OpenPromises
from .pairs import all_pairs, named_together
from .promises import FIRM, SOFT, Promises
from .subset import Subset

SIDES = 2
# By what two can be compared: how the page asks for the other one.
KINDS = {"pair": gettext_lazy("Pair"), "country": gettext_lazy("Country"), "forum": gettext_lazy("Forum")}
# To choose from.
MOST_OFFERED = 200

Cell = tuple[int, str]


@dataclass(frozen=True)
class ComparedRow:
    """``cells`` are ``[(number, address of the list)]``, one of each side."""

    title: str
    cells: Sequence[Cell]
    glyph: str = ""


class Compared:
    """One side: ``chosen`` is what filters each list by it."""

    def __init__(self, name: str, address: str, chosen: dict, today: date, version: int | None) -> None:
        self.name, self.address = name, address
        self.agreements, self.meetings, commitments = (
            Subset(register, chosen, today, version) for register in (AGREEMENTS, MEETINGS, COMMITMENTS)
        )
        self.promises = Promises(commitments)

    @property
    def open(self) -> OpenPromises:
        return OpenPromises(self.promises, Beginning([], ""))

    def of_commitments(self, **values: str) -> Cell:
        return self.promises.number(**values), self.promises.subset.address(**values)

    def of_agreements(self, **values: str) -> Cell:
        return _number(self._by_status["agreements"], values), self.agreements.address(**values)

    def of_meetings(self, **values: str) -> Cell:
        return _number(self._by_status["meetings"], values), self.meetings.address(**values)

    @cached_property
    def _by_status(self):
        return {subset.register.name: _statuses(subset) for subset in (self.agreements, self.meetings)}


def _statuses(subset):
    if subset.index:
        return subset.numbers("status")
    rows = subset.among(subset.register.records(subset.today)).order_by().values_list("status")
    return dict(rows.annotate(number=Count("pk")))


def _number(by_status, values):
    return by_status.get(values["status"], 0) if values else sum(by_status.values())


class Comparison:
    """What two values of one parameter (``KINDS``) have; ``errors`` is empty where they can be read. ``sides`` are as
    many as were given."""

    def __init__(self, params: QueryDict, today: date, version: int | None = None) -> None:
        self.params, self.today, self.version = params, today, version

    @cached_property
    def kind(self) -> str:
        given = [kind for kind in KINDS if any(self.params.getlist(kind))]
        # Without a value, as where the page leads to the choice of another kind.
        named = [kind for kind in KINDS if kind in self.params]
        return next(iter([*given, *named]), "pair")

    @cached_property
    def codes(self) -> list[str]:
        """As asked for, each once; of a pair in the order of its own address."""
        given = [code for code in self.params.getlist(self.kind) if code]
        if self.kind == "pair":
            given = ["-".join(sorted(code.upper().split("-"))) for code in given]
        return list(dict.fromkeys(given))

    @cached_property
    def errors(self) -> list[str]:
        if sum(any(self.params.getlist(kind)) for kind in KINDS) > 1:
            return [_("Compare pairs, countries or forums, and not one with another.")]
        if len(self.codes) > SIDES:
            return [_("Two can be compared, and no more.")]
        unknown = [code for code in self.codes if code not in self._found]
        return [_("“%(value)s” is not a known value here.") % {"value": code[:40]} for code in unknown]

    @cached_property
    def _found(self) -> dict[str, tuple[str, str, dict]]:
        """``{code: (name, address, what filters by it)}`` of those asked for that are public."""
        codes = self.codes[:SIDES]
        if self.kind == "forum":
            forums = Forum.objects.published().in_bulk(codes, field_name="slug")
            return {
                code: (public_name(each), each.get_absolute_url(), {"forum": [each]}) for code, each in forums.items()
            }
        parts = {part for code in codes for part in (code.split("-") if self.kind == "pair" else [code])}
        countries = Country.objects.named_in_public().in_bulk(parts, field_name="code")
        return {code: told for code in codes if (told := self._told(code, countries))}

    def _told(self, code, countries):
        parts = code.split("-") if self.kind == "pair" else [code]
        if any(part not in countries for part in parts) or (self.kind == "pair" and not _is_pair(parts)):
            return None
        found = [countries[part] for part in parts]
        address = reverse(f"{self.kind}-detail", args=parts)
        return named_together(found), address, {"country": found}

    @cached_property
    def sides(self) -> list[Compared]:
        return [Compared(*self._found[code], self.today, self.version) for code in self.codes if code in self._found]

    @property
    def is_whole(self) -> bool:
        return not self.errors and len(self.sides) == SIDES

    # What is told of both

    @property
    def of_commitments(self) -> list[ComparedRow]:
        told = partial(self._row, Compared.of_commitments)
        return [
            told(_("firm commitments"), **FIRM),
            *(
                told(each.label, f"implementation-{each.value}", **FIRM, implementation=each.value)
                for each in Implementation
            ),
            told(Schedule.OVERDUE.label, "overdue", **FIRM, schedule=Schedule.OVERDUE.value),
            told(_("completed late"), **FIRM, late=YesNo.YES.value),
            told(_("promised again later"), **FIRM, repeated=YesNo.YES.value),
            told(_("proposals and statements"), **SOFT),
        ]

    @property
    def of_agreements(self) -> list[ComparedRow]:
        told = partial(self._row, Compared.of_agreements)
        rows = [told(each.label, each.value, status=each.value) for each in Agreement.Status]
        return [told(_("agreement records")), *_with_any(rows)]

    @property
    def of_meetings(self) -> list[ComparedRow]:
        told = partial(self._row, Compared.of_meetings)
        rows = [told(each.label, each.value, status=each.value) for each in Meeting.Status]
        return [told(_("meetings")), *_with_any(rows)]

    @property
    def parts(self) -> list[tuple[str, str, list[ComparedRow]]]:
        """``[(id, title, rows)]``"""
        return [
            ("commitments", _("Commitments"), self.of_commitments),
            ("agreements", _("Agreements"), self.of_agreements),
            ("meetings", _("Meetings"), self.of_meetings),
        ]

    def _row(self, number, title, glyph="", **values):
        return ComparedRow(str(title), [number(side, **values) for side in self.sides], glyph)

    # What can be chosen

    @cached_property
    def offered(self) -> list[tuple[str, str]]:
        """``[(code, name)]`` of what there is most of, in order of the names."""
        pairs = all_pairs(self.today, self.version)
        if self.kind == "pair":
            first = pairs[:MOST_OFFERED]
            found: list[tuple[str, Any]] = [(pair.code, named_together([pair.one, pair.other])) for pair in first]
        elif self.kind == "country":
            found = [(country.code, public_name(country)) for country in pairs.heaviest[:MOST_OFFERED]]
        else:
            forums = Forum.objects.published().order_by("name")[:MOST_OFFERED]
            found = [(forum.slug, public_name(forum)) for forum in forums]
        missing = [(code, self._found[code][0]) for code in self.codes if code in self._found]
        return sorted(dict([*found, *missing]).items(), key=lambda pair: str(pair[1]))

    @property
    def places(self) -> list[dict[str, Any]]:
        """What the form asks for: one value of each side."""
        given = [*self.codes[:SIDES], *[""] * SIDES][:SIDES]
        labels = (_("First"), _("Second"))
        return [
            {"number": number, "label": label, "code": code}
            for number, (label, code) in enumerate(zip(labels, given, strict=True), 1)
        ]

    @property
    def kinds(self) -> list[tuple[str, Any, bool]]:
        """``[(kind, title, whether it is the present one)]``"""
        return [(kind, title, kind == self.kind) for kind, title in KINDS.items()]


def _is_pair(parts):
    return len(parts) == SIDES and parts[0] != parts[1] and "-".join(parts) == pair_code(*parts)


def _with_any(rows):
    return [row for row in rows if any(number for number, _address in row.cells)]
