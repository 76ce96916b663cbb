"""A term has one translation: the catalogues say what the table of the glossary says."""

import re
from dataclasses import dataclass

import pytest
from babel.messages.pofile import read_po

from tests.catalogues import CATALOGUES, ROOT, by_key, translations

pytestmark = pytest.mark.once

ROW = re.compile(
    r"^\| (?P<english>[^|]+?) \| (?P<where>[^|]*?) ?\| (?P<ur>[^|]+?) \| (?P<zh_Hans>[^|]+?) \|$", re.MULTILINE
)
# What is no word of a sentence: placeholders, and the tags around a link.
NO_WORD = re.compile(r"%\(\w+\)s|<[^>]*>")
LANGUAGES = ("ur", "zh_Hans")


@dataclass(frozen=True)
class Term:
    english: str
    where: str
    translations: dict  # language: [the term, its other forms]

    @property
    def is_everywhere(self):
        return not self.where

    @property
    def context(self):
        return self.where.strip("`") if self.where.startswith("`") else ""

    @property
    def pattern(self):
        """The term as a word of an English sentence, in either number."""
        ending = "(?:ies|y)" if self.english.endswith("y") else "(?:s|es)?"
        return re.compile(rf"(?<![\w-]){re.escape(self.english.removesuffix('y'))}{ending}(?![\w-])", re.IGNORECASE)


def forms(cell):
    """“term (other form, another)” as a list."""
    term, _, others = cell.partition(" (") if cell.count("(") < 2 else cell.rpartition(" (")
    return [term, *others.removesuffix(")").split(", ")] if others else [term]


def terms_of(glossary):
    table = glossary.partition("## Terms in three languages")[2].partition("\n## ")[0]
    rows = [row.groupdict() for row in ROW.finditer(table)]
    return [
        Term(row["english"], row["where"], {language: forms(row[language]) for language in LANGUAGES})
        for row in rows
        if row["english"] not in ("English", "---")
    ]


def wrong(terms, messages, language):
    """``[(English, translation, what it should have)]``.

    A string that is the term alone has the term alone. A sentence with the term has a form of it; longer terms
    are looked for first, and what they took is not looked at again.
    """
    own_case = {(term.context, term.english) for term in terms}
    by_length = sorted((term for term in terms if term.is_everywhere), key=lambda term: -len(term.english))
    for (context, english, plural), texts in messages.items():
        lowered = english[:1].lower() + english[1:]
        name = (context, english if (context, english) in own_case else lowered)
        alone = [term for term in terms if (term.context, term.english) == name]
        for term in alone:
            if texts[0] != term.translations[language][0]:
                yield english, texts[0], term.translations[language][0]
        rest = "" if alone or context else NO_WORD.sub(" ", plural or english)
        for term in by_length:
            rest, number = term.pattern.subn(" – ", rest)
            if number and not any(form in texts[-1] for form in term.translations[language]):
                yield english, texts[-1], term.english


TERMS = terms_of((ROOT / "docs" / "glossary.md").read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_term_has_one_translation(language):
    path = next(path for path in CATALOGUES if path.parts[-3] == language)
    with path.open("rb") as file:
        messages = {name: translations(message) for name, message in by_key(read_po(file)).items()}
    assert list(wrong(TERMS, messages, language)) == []


GLOSSARY = """
## Terms in three languages

| English | Where | Urdu | Chinese |
|---|---|---|---|
| mail server |  | میل سرور | 邮件服务器 |
| mail |  | ای میل (ای میلز) | 邮件 |
| signature | `event` | دستخط | 签署 |
| held | alone | منعقد | 已举行 |
| Held | alone | انعقاد | 举行日期 |

## What follows

| mail |  | x | x |
"""


@pytest.mark.parametrize(
    ("context", "english", "urdu", "missing"),
    {
        "the term": ("", "mail", "ای میل", []),
        "the term with a capital": ("", "Mail", "ای میل", []),
        "another word for it": ("", "mail", "ڈاک", ["ای میل"]),
        "another form, where the term stands alone": ("", "mail", "ای میلز", ["ای میل"]),
        "another form in a sentence": ("", "Hold all mail", "تمام ای میلز روک رکھیں", []),
        "another word in a sentence": ("", "Hold all mail", "تمام ڈاک روک رکھیں", ["mail"]),
        "a longer term": ("", "The mail server says no.", "میل سرور کا جواب: نہیں", []),
        "another word for a longer term": ("", "The mail server says no.", "ای میل کا جواب: نہیں", ["mail server"]),
        "a context": ("event", "signature", "دستخط", []),
        "another word in a context": ("event", "signature", "نشان", ["دستخط"]),
        "a context without a term": ("person", "signature", "نشان", []),
        "a word with other meanings in a sentence": ("", "Kept where it is held", "اپنی جگہ پر", []),
        "a capital that means something else": ("", "Held", "انعقاد", []),
        "part of another word, and a placeholder": ("", "email %(mail)s", "%(mail)s", []),
    }.values(),
)
def test_translation_where_a_term_is_named_has_that_term(context, english, urdu, missing):
    found = wrong(terms_of(GLOSSARY), {(context, english, ""): (urdu,)}, "ur")
    assert [expected for _english, _text, expected in found] == missing
