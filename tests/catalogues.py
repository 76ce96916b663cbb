"""Whether the translations are whole: part of `make lint`, which prints each fault on a line of its own.

Strings are found with Babel, not with xgettext, so that a machine without gettext can check them too.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted((ROOT / "tracker" / "locale").glob("*/LC_MESSAGES/django.po"))
# A message is known by its context ("" for none), its singular and its plural ("" for none).
Key = tuple[str, str, str]
# Which arguments of a call are the message: (1, "c") is its context.
ARGUMENTS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]")


def key(context: str | None, words: str | Sequence[str]) -> Key:
    singular, plural = (words, "") if isinstance(words, str) else words
    return context or "", singular, plural


def messages_in(source: str) -> Iterator[Key]:
    """Yield the messages that a piece of Python has translated."""
    for _line, words, _comments, context in extract("python", io.BytesIO(source.encode()), ARGUMENTS):
        yield key(context, words)


def as_python(template: str) -> str:
    """Return a template as the calls of gettext that it makes; all else in it becomes words without a meaning."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def used() -> dict[Key, str]:
    """Return each message of code and templates, with the first file that has it."""
    found: dict[Key, str] = {}
    for folder in ("tracker", "agreements", "meetings", "templates"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.suffix in (".py", ".html", ".txt"):
                text = path.read_text()
                for message in messages_in(text if path.suffix == ".py" else as_python(text)):
                    found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def translations(message: Message) -> tuple[str, ...]:
    """Return the translation, or that of each plural form; empty strings where there is none."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def misses_a_placeholder(message: Message) -> bool:
    """Whether a translation names other values than the words it stands for. Where a language has one form only, that
    form stands for the plural."""
    forms = translations(message)
    words = (message.id,) if isinstance(message.id, str) else message.id[-len(forms) :]
    return any(
        sorted(PLACEHOLDER.findall(ours)) != sorted(PLACEHOLDER.findall(theirs))
        for ours, theirs in zip(words, forms, strict=True)
    )


def by_key(catalogue: Catalog) -> dict[Key, Message]:
    return {key(message.context, message.id): message for message in catalogue if message.id}


def faults(used: dict[Key, str], catalogue: Catalog, compiled: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue (.po), and with what was compiled from it (.mo).

    ``used`` are the messages of the product, each with the file that has it.
    """
    messages, ready = by_key(catalogue), by_key(compiled)
    for name in used.keys() - messages.keys():
        yield f"lacks {name[1]!r} of {used[name]}"
    for name, message in messages.items():
        if name not in used:
            yield f"has {name[1]!r}, which nothing uses"
        elif message.fuzzy:
            yield f"has a fuzzy translation of {name[1]!r}"
        elif not all(translations(message)):
            yield f"has no translation of {name[1]!r}"
        elif misses_a_placeholder(message):
            yield f"has other placeholders than {name[1]!r}"
        elif name not in ready or translations(ready[name]) != translations(message):
            yield f"was not compiled since {name[1]!r} was translated"
    for name in ready.keys() - messages.keys():
        yield f"was not compiled since {name[1]!r} was taken out"


def main() -> int:
    messages, found = used(), []
    for path in CATALOGUES:
        with path.open("rb") as file, path.with_suffix(".mo").open("rb") as compiled:
            wrong = faults(messages, read_po(file), read_mo(compiled))
        found += sorted(f"{path.relative_to(ROOT)} {fault}" for fault in wrong)
    print("\n".join(found) or f"{len(messages)} messages are translated in {len(CATALOGUES)} catalogues.")
    return 1 if found or not CATALOGUES else 0


if __name__ == "__main__":
    sys.exit(main())
