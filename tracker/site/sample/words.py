"""The words of sample data: a vocabulary of digital cooperation, and names of places and projects that do not exist.

A few words stand in every third text, most in a few, and tens of thousands in one: as search meets them.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import yaml

LISTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "vocabulary.yaml").read_text(encoding="utf-8"))
SETTINGS, NATIVE_TITLES, NATIVE_BODIES = LISTS["settings"], LISTS["native_titles"], LISTS["native_bodies"]
LANGUAGES = tuple(NATIVE_TITLES)
DIFFERENT_NAMES = 40_000
# Of the family names every other one is made up.
ENDINGS_OF_FAMILIES = ("ov", "i", "sen", "ez")


class Vocabulary:
    """Draws words: the first of each list often, the last seldom."""

    def __init__(self, chance: Random) -> None:
        self.random = chance.random

    def often(self, words: Sequence):
        """One of the words, the earlier the more often."""
        return words[int(len(words) * self.random() ** 2)]

    def even(self, words: Sequence):
        """One of the words, each as often."""
        return words[int(len(words) * self.random())]

    def place(self) -> str:
        return self._name(LISTS["endings_of_places"])

    def project(self) -> str:
        return self._name(LISTS["endings_of_projects"])

    def _name(self, endings):
        number = int(DIFFERENT_NAMES * self.random() ** 3)
        syllables = LISTS["syllables"]
        number, first = divmod(number, len(syllables))
        third, second = divmod(number, len(syllables))
        return f"{syllables[first]}{syllables[second]}{endings[(first + third) % len(endings)]}".capitalize()

    def person(self) -> tuple[str, str]:
        """The given and the family name."""
        is_made_up = self.random() < 0.5
        family = self._name(ENDINGS_OF_FAMILIES) if is_made_up else self.even(LISTS["family_names"])
        return self.even(LISTS["given_names"]), family

    def theme(self) -> str:
        """“digital payments”, as it stands within a sentence; every third one is digital."""
        adjectives = LISTS["adjectives"]
        adjective = adjectives[0] if self.random() < 0.2 else self.often(adjectives)
        return f"{adjective} {self.often(LISTS['subjects'])}"

    def office(self) -> str:
        return self.even(LISTS["offices"]).format(subject=self.often(LISTS["subjects"]), place=self.place())

    def remark(self) -> str:
        return self.even(LISTS["remarks"]).format(
            place=self.place(), project=self.project(), setting=self.often(SETTINGS)
        )

    def remarks(self, most: int) -> str:
        """None to so many sentences."""
        return " ".join(self.remark() for _number in range(int((most + 1) * self.random())))

    def native(self, patterns: dict[str, str], language: str, number: int) -> str:
        return patterns[language].format(subject=self.even(LISTS["native_subjects"][language]), number=number)
