"""What is cited: a page of this site in one state of its data, or a document that a record rests on."""

from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any

# Controls, and what ends a line: a title has one line in every format.
ENDS = dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " ")


class WorkKind(Enum):
    """A kind of work as CSL and RIS call it. A page of the site is part of a data set that has versions: of the types
    that Zotero and styles know, ``dataset`` alone keeps a version and prints it."""

    DATA = "dataset", "DATA"
    PAGE = "webpage", "ELEC"
    NEWS = "article-newspaper", "NEWS"
    DOCUMENT = "document", "GEN"

    def __init__(self, csl: str, ris: str) -> None:
        self.csl, self.ris = csl, ris


@dataclass(frozen=True, kw_only=True)
class Work:
    """``key`` names it in a list of references and ``address`` on the web, both alike in every language; ``issued`` is
    a notation (EDTF), empty where no date is known. What is not known is empty: above all, there is no author that
    nobody names. ``place`` is where its files stand in the language of the page, before their endings, and ``query``
    what narrows them."""

    kind: WorkKind
    key: str
    title: str
    address: str
    accessed: date
    number: str = ""
    container: str = ""
    author: str = ""
    publisher: str = ""
    version: str = ""
    issued: str = ""
    archived: str = ""
    language: str = "en"
    place: str = field(default="", compare=False)
    query: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for each in fields(self):
            value: Any = getattr(self, each.name)
            if isinstance(value, str):
                object.__setattr__(self, each.name, in_one_line(value))

    @property
    def accessed_on(self) -> str:
        return self.accessed.isoformat()

    def file(self, extension: str) -> str:
        """The address of it in a format."""
        return f"{self.place}.{extension}" + (f"?{self.query}" if self.query else "")


def in_one_line(text: str) -> str:
    return " ".join(str(text).translate(ENDS).split())
