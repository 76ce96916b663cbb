"""The language in an address: ``/ur/meetings/`` is ``/meetings/`` in Urdu; English, the language of the data, has no
prefix."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

START = "/"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def language_of(path: str) -> str:
    """Return the language that a path of this site names."""
    first = path.split("/", 2)[1] if "/" in path else ""
    return first if first in LANGUAGES and first != settings.LANGUAGE_CODE else settings.LANGUAGE_CODE


def in_language(address: str, language: str) -> str:
    """Return the address of the same page in another language; ``address`` is a path, with a query string or not."""
    present = language_of(address.partition("?")[0])
    if present != settings.LANGUAGE_CODE:
        address = address.removeprefix(f"/{present}") or START
    return address if language == settings.LANGUAGE_CODE else f"/{language}{address}"


def language_wished(accepted: str) -> str:
    """Return the language of ours that a browser likes best by its ``Accept-Language``; English where it names none."""
    for code, _weight in parse_accept_lang_header(accepted):
        if code == "*":
            break
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
