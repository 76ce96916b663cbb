"""Words that are put together once: the same stand in many records, and the same dates stand next to each other."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

MOST_REMEMBERED = 200


class Remembered:
    """A function that answers the same to the same in one language, and need not be asked twice."""

    def __init__(self, function: Callable, most: int = MOST_REMEMBERED) -> None:
        self.function, self.most = function, most
        self._by_language: dict[str | None, Callable] = {}

    def in_force(self) -> Callable:
        """The function in the language in force."""
        language = get_language()
        if language not in self._by_language:
            self._by_language[language] = lru_cache(self.most)(self.function)
        return self._by_language[language]

    def __call__(self, *values: Hashable) -> Any:
        return self.in_force()(*values)
