"""In which language a text is. What editors wrote is in English, or in the language that a field beside it names; on a
page in another language it says so (WCAG 2.2, 3.1.2), and a row of names is parted as the reader's language does.

Text that knows its language is a string all the same: plain text, attributes and exports take it as it is, and HTML
takes it through ``marked``.
"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.text import capfirst as of_plain
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

OF_EDITORS = "en"
# Without what follows them: Django knows Chinese as zh-hans and zh-hant.
KNOWN = {code.partition("-")[0] for code in LANG_INFO}
gettext_noop("Urdu")  # the one language of the site that has no name in itself in Django's catalogues
PLACE = re.compile(r"%\((\w+)\)s")


class Written(str):
    """Text as somebody wrote it, in ``language``; that is empty where nobody knows which."""

    language: str

    def __new__(cls, text: object, language: str = OF_EDITORS):
        self = super().__new__(cls, text)
        self.language = language
        return self


class Composed(str):
    """Text of several ``pieces``: those that are ``Written`` have their own language, all others that of the page."""

    pieces: list[str]

    def __new__(cls, pieces: Iterable[str]):
        pieces = list(pieces)
        self = super().__new__(cls, "".join(pieces))
        self.pieces = pieces
        return self


def written(text: object, language: str = OF_EDITORS) -> Written | Composed:
    """Return text that editors wrote as such; what knows its language already keeps it."""
    text = text if isinstance(text, str) else str(text)
    return text if isinstance(text, Written | Composed) else Written(text, language)


def compose(sentence: str, **parts: object) -> Composed:
    """Fill in the places of a translated sentence, such as ``%(name)s``; each part keeps its language."""
    pieces = PLACE.split(sentence)
    filled = (parts[name] for name in pieces[1::2])
    pieces[1::2] = [part if isinstance(part, str) else str(part) for part in filled]
    return Composed(pieces)


def in_a_row(parts: Iterable[str], separator: str) -> Composed:
    pieces = [piece for part in parts for piece in (separator, part if isinstance(part, str) else str(part))]
    return Composed(pieces[1:])


def capfirst(text: str) -> str:
    """Django's, for text whose pieces keep their language."""
    if isinstance(text, Composed):
        first = next((place for place, piece in enumerate(text.pieces) if piece), 0)
        return Composed(
            [*text.pieces[:first], *map(capfirst, text.pieces[first : first + 1]), *text.pieces[first + 1 :]]
        )
    return Written(of_plain(text), text.language) if isinstance(text, Written) else of_plain(text)


def in_force(text: object) -> Written:
    """Return words in the language in force as such, beside what editors wrote."""
    return Written(text, get_language() or OF_EDITORS)


def marked(text: str) -> str:
    """Return text for HTML, in which each piece that is not in the language of the page names its own."""
    if isinstance(text, Composed):
        return format_html_join("", "{}", ((marked(piece),) for piece in text.pieces))
    attributes = attributes_of(text.language) if isinstance(text, Written) and text else ""
    return format_html("<span{}>{}</span>", attributes, conditional_escape(text)) if attributes else text


def attributes_of(language: str) -> str:
    """Return the attributes of an element whose text is in this language; none where the page is in it."""
    if language == get_language():
        return ""
    return format_html(' lang="{}" dir="{}"', language, direction(language))


def direction(language: str) -> str:
    """Return how a language is read; where Django does not know it, the letters themselves must tell (``auto``)."""
    generic = language.lower().partition("-")[0]
    if generic in settings.LANGUAGES_BIDI:
        return "rtl"
    return "ltr" if generic in KNOWN else "auto"


def language_name(code: str) -> str:
    """Return the name of a language in the reader's, or in English; its code where Django does not know it."""
    name = LANG_INFO.get(code.lower(), {}).get("name", "")
    translated = _(name) if name else code
    return Written(name) if translated == name else translated
