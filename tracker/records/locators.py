"""Places in a source, told together: “paragraph 2” and “paragraphs 3 and 4” of one source are its paragraphs 2–4."""

import re
from collections.abc import Iterable

PARTS = ("article", "chapter", "item", "page", "paragraph", "point", "section")
NUMBERS = r"\d{1,4}(?:[–-]\d{1,4})?"
NUMBERED = re.compile(rf"({'|'.join(PARTS)})s? ({NUMBERS}(?:(?:, | and |, and ){NUMBERS})*)")
RANGE = re.compile(r"(\d+)(?:[–-](\d+))?")
# What is typed where a paragraph is meant, as it mostly is: its number, or several.
NUMBERS_ALONE = re.compile(rf"{NUMBERS}(?:(?:, ?| and |, and | & ){NUMBERS})*")
NEXT = re.compile(r", and |, ?| and | & ")
# A range of more is a slip of the pen.
MOST = 1000


def together(locators: Iterable[str]) -> list[str]:
    """The places in the order of the first of their kind: numbered ones as one, each number once and in order; others
    as they are written."""
    found: dict[str, set[int] | None] = {}
    for locator in locators:
        word, numbers = _numbered(locator)
        if numbers:
            found[word] = (found.get(word) or set()) | numbers
        else:
            found[locator] = None
    return [_told(word, numbers) if numbers else word for word, numbers in found.items()]


def _numbered(locator):
    match = NUMBERED.fullmatch(locator)
    if match is None:
        return locator, set()
    bounds = [(int(first), int(last or first)) for first, last in RANGE.findall(match[2])]
    if any(not first <= last < first + MOST for first, last in bounds):
        return locator, set()
    return match[1], {number for first, last in bounds for number in range(first, last + 1)}


def _told(word, numbers):
    *rest, last = _runs(sorted(numbers))
    told = f"{', '.join(rest)} and {last}" if rest else last
    return f"{word}{'s' if len(numbers) > 1 else ''} {told}"


def _runs(numbers):
    """“3”, or “3–5” of three and more that follow each other."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        yield from [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)


def written_out(text: str) -> str:
    """Return a place of which only the numbers were typed in full: “3, 9” is “paragraphs 3 and 9”. Others stay."""
    plain = " ".join(text.split())
    if not NUMBERS_ALONE.fullmatch(plain):
        return plain
    word, numbers = _numbered(f"paragraphs {NEXT.sub(', ', plain)}")
    return _told(word, numbers) if numbers else plain
