"""Text as search sees it: words without case, accents and variants of letters, the same for what is stored and for what
is asked. So one answer comes from both databases, whatever their own rules of comparison are."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_ONE_FORM = str.maketrans(
    {
        # What Arabic keyboards write for letters of Urdu and Persian, and signs that only shape a line.
        **dict.fromkeys("يىئ", "ی"),
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ةۃہھۀ", "ه"),
        "ك": "ک",
        "ؤ": "و",
        **dict.fromkeys("ـ\u200c\u200d", None),
        **{digit: str(number) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for number, digit in enumerate(digits)},
        # Latin letters that no accent tells from another letter.
        **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"},
    }
)
# Vowel signs of other scripts, as of Devanagari, make other words and stay.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
CHINESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+")
_QUOTATION_MARK = re.compile('["“”„«»「」『』]')
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_ORDINAL = re.compile(r"\b([0-9]+)(?:st|nd|rd|th)\b")


def normalised(text: str) -> str:
    """Return the words of a text, each after a space, with a space at the end; empty where there is none.

    What is written without spaces, as Chinese, is cut into pairs of characters and a last single one.
    """
    words = _words(text)
    return f" {' '.join(words)} " if words else ""


def words_of(text: str) -> list[str]:
    return normalised(text).split()


def _words(text):
    text = _ORDINAL.sub(r"\1", folded(text))
    if text.isascii():
        return _ASCII_WORD.findall(text)
    text = CHINESE.sub(_in_pairs, text)
    return "".join(map(_or_space, text)).split()


def folded(text: str) -> str:
    """Return the text with one form for all forms of a letter."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold().translate(_ONE_FORM)
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


def _in_pairs(match):
    run = match.group()
    return " ".join(["", *(run[place : place + 2] for place in range(len(run))), ""])


def _or_space(character):
    return character if unicodedata.category(character)[0] in "LNM" else " "


@dataclass(frozen=True)
class Term:
    """What must occur: a word or the beginning of one, or the words of a phrase as they stand, each between spaces."""

    text: str
    is_phrase: bool = False

    @property
    def words(self) -> list[str]:
        return self.text.split()

    def asked(self, is_exact: bool) -> str:
        """What the words of an entry contain where they meet the term, as a whole word or as the beginning of one."""
        return self.text if is_exact or self.is_phrase else self.text.rstrip(" ")


def terms_of(text: str) -> list[Term]:
    """What a search asks for: each of its words, and what stands in quotation marks as a phrase."""
    parts = _QUOTATION_MARK.split(text)
    # The last mark of an odd number opens what is not closed yet.
    is_quoted = [place % 2 == 1 and place < len(parts) - 1 for place in range(len(parts))]
    found = []
    for part, is_phrase in zip(parts, is_quoted, strict=True):
        words = list(_asked(part))
        found += [Term(f" {' '.join(words)} ", is_phrase)] if is_phrase else [Term(f" {word} ") for word in words]
    return list(dict.fromkeys(term for term in found if term.words))


def _asked(text):
    """The words of a text without the last character of Chinese: what goes on after it begins with it."""
    words = words_of(text)
    for before, word in pairwise(["", *words]):
        if not (len(word) == 1 and len(before) == 2 and before.endswith(word) and CHINESE.match(word)):
            yield word
