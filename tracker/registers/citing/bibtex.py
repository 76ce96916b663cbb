"""A work as BibTeX: one ``@misc``, which every style and biblatex know. Braces are balanced whatever the text says, as
BibTeX counts those too that TeX would not."""

import re

from .dates import in_english, parts_of
from .work import Work

ESCAPED = str.maketrans(
    {each: f"\\{each}" for each in "%&$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# What TeX would draw together with the next sign as another one: two hyphens as a dash.
LIGATURE = re.compile(r"(['`,<>-])(?=\1)|[?!](?=`)")
# An address is taken as it stands, so that these three must not stand in it.
IN_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def as_bibtex(work: Work) -> str:
    fields = [
        # Within a second pair of braces its capitals stay as they are.
        ("title", f"{{{{{_text(work.title)}}}}}"),
        ("author", f"{{{{{_text(work.author)}}}}}" if work.author else ""),
        ("howpublished", _braced(_text(work.container))),
        ("publisher", _braced(_text(work.publisher))),
        *_dates(work),
        ("number", _braced(_text(work.number))),
        ("version", _braced(_text(work.version))),
        ("note", _braced(_text(_note(work)))),
        ("langid", _braced("english" if work.language == "en" else "")),
        ("url", _braced(work.address.translate(IN_ADDRESS))),
        ("urldate", _braced(work.accessed_on)),
    ]
    lines = [f"  {name} = {value},\n" for name, value in fields if value]
    return f"@misc{{{work.key},\n{''.join(lines)}}}\n"


def _dates(work):
    parts = parts_of(work.issued)
    if not parts:
        return [("year", _braced(_text(in_english(work.issued))))]
    year, *rest = parts[0]
    found = [("year", _braced(f"{year:04}"))]
    if rest:
        found.append(("month", MONTHS[rest[0] - 1]))
    if len(parts) > 1 or len(rest) > 1:
        found.append(("date", _braced(work.issued)))
    return found


def _note(work):
    """What styles print that know no version."""
    said = [f"Data version {work.version}" if work.version else "", work.number]
    said.append(f"Archived at {work.archived}" if work.archived else "")
    return ", ".join(filter(None, said))


def _text(text):
    return LIGATURE.sub(r"\g<0>{}", text.translate(ESCAPED))


def _braced(text):
    return f"{{{text}}}" if text else ""
