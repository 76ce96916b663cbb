"""What a scenario found, each figure against its target."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    scenario: str
    database: str
    name: str
    value: float | str
    target: str = ""
    is_met: bool = True

    @property
    def verdict(self) -> str:
        return ("ok" if self.is_met else "MISSED") if self.target else ""

    def __str__(self) -> str:
        value = f"{self.value:.3g}" if isinstance(self.value, float) else str(self.value)
        return f"{self.scenario:9}{self.database:12}{self.name:58}{value:>12}  {self.target:14}{self.verdict}".rstrip()


@dataclass
class Figures:
    """Collects the figures of one scenario on one database, and prints each as it comes."""

    scenario: str
    database: str
    found: list[Figure] = field(default_factory=list)

    def tell(self, name: str, value: float | str) -> None:
        """A figure without a target."""
        self._add(name, value, "", True)

    def exactly(self, name: str, value: float, target: float) -> None:
        self._add(name, value, f"= {target}", value == target)

    def at_most(self, name: str, value: float, target: float) -> None:
        self._add(name, value, f"≤ {target}", value <= target)

    def at_least(self, name: str, value: float, target: float) -> None:
        self._add(name, value, f"≥ {target}", value >= target)

    def failed(self, error: Exception) -> None:
        self._add(f"could not be finished: {error!r}"[:200], "", "finished", False)

    def _add(self, *figure):
        self.found.append(Figure(self.scenario, self.database, *figure))
        print(self.found[-1], flush=True)


def write(figures: list[Figure], file: Path) -> None:
    file.write_text(json.dumps([asdict(figure) for figure in figures]))


def read(file: Path) -> list[Figure]:
    return [Figure(**figure) for figure in json.loads(file.read_text())]
