"""What all sample records share: countries and themes as they are shipped, and made-up people, bodies and sources."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.conf import settings
from django.utils.text import capfirst, slugify

from agreements.models import Country, Organisation, OrganisationCitation, OrganisationName, Person, Theme
from tracker.records.models import Publishable, Source

from . import days
from .plan import COUNTRIES, Dealer, Size, Zipf
from .store import Store
from .words import LANGUAGES, NATIVE_BODIES, Vocabulary

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
State = Publishable.State
# Of a hundred records so many are in each state; the rest is published.
HIDDEN = ((State.DRAFT.value, 0.04), (State.IN_REVIEW.value, 0.03), (State.WITHDRAWN.value, 0.03))
# What readers try first is to be among those that have most to do with others.
MUCH_ASKED_FOR = ("CHN", "EUE", "IND", "LKA", "PAK", "SAU")
SECTORS = (
    "of Digital Economy",
    "of Communications",
    "of Commerce",
    "Data Authority",
    "Telecom",
    "Software House",
    "Institute",
)


class World:
    """Draws what records consist of, and puts them into the store."""

    def __init__(self, chance: Random, store: Store, size: Size) -> None:
        self.chance, self.store = chance, store
        self.words = Vocabulary(chance)
        self._dealers: dict[Any, Dealer] = {}
        self._hidden: dict[type, list[str]] = {}
        self._sources = 0
        self.countries = self._make_countries()
        self.themes = self._make_themes()
        self._theme_places = Zipf(chance, len(self.themes))
        self.organisations: dict[int, list[Organisation]] = defaultdict(list)
        self.people: dict[int, list[Person]] = defaultdict(list)
        self._country_places = Zipf(chance, len(self.countries), slope=0.5)
        for number in range(1, size.people + 1):
            self._make_person(number)
        for number in range(1, size.organisations + 1):
            self._make_organisation(number)

    # Draws

    def happens(self, probability: float) -> bool:
        return self.chance.random() < probability

    def up_to(self, most: int) -> int:
        return int((most + 1) * self.chance.random())

    def deal(self, choices: Any, use: str = "") -> str:
        """A value of an enumeration; each comes in each of its uses, the first ones often."""
        if (choices, use) not in self._dealers:
            self._dealers[choices, use] = Dealer(self.chance, choices.values)
        return self._dealers[choices, use].deal()

    def state(self, kind: type) -> str:
        """Most records are published; yet of each kind some soon are not."""
        waiting = self._hidden.setdefault(kind, [state for state, _share in HIDDEN])
        if waiting and self.happens(0.5):
            return waiting.pop()
        roll = self.chance.random()
        for state, share in HIDDEN:
            if roll < share:
                return state
            roll -= share
        return State.PUBLISHED.value

    def on(self, day: date, known: float = 0.96) -> str:
        """The notation of a day; now and then none is known."""
        return days.notation(self.chance, day) if self.happens(known) else ""

    def some_themes(self, most: int = 3) -> list[int]:
        return [self.themes[self._theme_places.draw()].pk for _number in range(1 + self.up_to(most - 1))]

    def country(self) -> Country:
        return self.countries[self._country_places.draw()]

    def organisation_of(self, country: Country) -> Organisation | None:
        found = self.organisations[country.pk]
        return self.words.often(found) if found else None

    def person_of(self, country: Country) -> Person | None:
        found = self.people[country.pk]
        return self.words.even(found) if found else None

    def looked(self) -> date | None:
        """The day on which somebody last looked for news."""
        return days.between(self.chance, date(2025, 1, 1), days.LAST_REPORT) if self.happens(0.1) else None

    # Records that all share

    def _make_countries(self):
        made = [self.store.put(Country(**fields)) for fields in _fixture("01_countries.yaml")]
        known = [country for country in made if country.code in MUCH_ASKED_FOR]
        others = [country for country in made if country.code not in MUCH_ASKED_FOR]
        return known + self.chance.sample(others, COUNTRIES - len(known))

    def _make_themes(self):
        by_slug: dict[str, Theme] = {}
        above: dict[str, list[int]] = {}
        for fields in _fixture("02_themes.yaml"):
            (parent,) = fields.pop("parent", [None])
            theme = self.store.put(Theme(parent=by_slug.get(parent), **fields))
            by_slug[theme.slug], above[theme.slug] = theme, [theme.pk, *above.get(parent, [])]
            self.store.derive(theme, covered_by=above[theme.slug])
        return self.chance.sample(list(by_slug.values()), len(by_slug))

    def _make_person(self, number):
        country = self.country()
        given, family = self.words.person()
        person = Person(
            slug=f"{slugify(f'{given} {family}')}-{number}",
            name=f"{given} {family}",
            family_name=family,
            country=country,
            other_names=f"{given[0]}. {family}" if self.happens(0.1) else "",
            language=self.words.even(settings.LANGUAGES)[0],
            working_week=self.deal(Person.WorkingWeek),
            note=self.words.office() if self.happens(0.2) else "",
        )
        self.people[country.pk].append(self.store.put(person))

    def _make_organisation(self, number):
        kind, country = self.deal(Organisation.Kind), self.country()
        is_of_nobody = kind in ("international", "union_body")
        sector = self.words.often(SECTORS)
        name = f"Ministry {sector} of {country.name}" if sector.startswith("of") else f"{self.words.place()} {sector}"
        parent = self.organisation_of(country) if self.happens(0.1) else None
        organisation = Organisation(
            slug=f"{slugify(name)[:80]}-{number}",
            name=name,
            abbreviation="".join(word[0] for word in name.split() if word[0].isupper())[:10] + str(number),
            kind=kind,
            country=None if is_of_nobody else country,
            parent=parent,
            seat=self.words.place(),
            is_uncertain=self.happens(0.02),
            note=self.words.remarks(1),
            state=self.state(Organisation),
        )
        self.organisations[country.pk].append(self.store.put(organisation))
        self.name(organisation, OrganisationName)
        self.cite(organisation, OrganisationCitation, [self.source(self.day())])

    # Parts of many records

    def day(self) -> date:
        return days.between(self.chance, date(days.FIRST_YEAR, 1, 1), days.LAST_REPORT)

    def source(self, day: date) -> Source:
        self._sources += 1
        title = capfirst(f"{self.words.theme()}: {self.words.remark()}")
        address = f"https://www.example.org/{day.year}/{self._sources}"
        source = Source(
            slug=f"sample-{self._sources}",
            title=title if self.happens(0.95) else "",
            publisher=f"{self.words.place()} {self.words.even(('Times', 'Herald', 'Gazette', 'Monitor'))}",
            author=" ".join(self.words.person()) if self.happens(0.3) else "",
            url=address,
            archive_url=f"https://archive.example.org/{self._sources}" if self.happens(0.3) else "",
            evidence=self.deal(Source.Evidence),
            language=self.words.even(LANGUAGES) if self.happens(0.2) else "en",
            published_on=self.on(day),
        )
        return self.store.put(source)

    def cite(self, record: Any, citation: Any, sources: Sequence[Source]) -> None:
        """At least one of the sources, where the record is public; now and then a claim."""
        if record.state == State.DRAFT.value and self.happens(0.3):
            return
        first = self.words.even(sources)
        put = self.store.put
        put(citation(record=record, source=first, locator=f"paragraph {1 + self.up_to(30)}"), record)
        if self.happens(0.15):
            field, value = self.deal(citation.Field), self.words.theme()
            put(citation(record=record, source=self.words.even(sources), field=field, value=value), record)

    def name(self, body: Any, model: Any) -> None:
        """Other names of a body: its former one, its own in another language."""
        if self.happens(0.15):
            former = model(
                body=body, name=f"{self.words.place()} {body.name}"[:250], used_until=f"{2000 + self.up_to(20)}"
            )
            self.store.put(former, body)
        if self.happens(0.3):
            language = self.words.even(LANGUAGES)
            name = self.words.native(NATIVE_BODIES, language, body.pk)
            self.store.put(model(body=body, name=name, language=language), body)


def _fixture(name: str) -> list[dict[str, Any]]:
    text = (Path(settings.FIXTURE_DIRS[0]) / name).read_text(encoding="utf-8")
    return [row["fields"] for row in yaml.load(text, Loader=LOADER)]
