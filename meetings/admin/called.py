"""The words by which a session is looked for: “JEC round 3”, where the body calls its sessions rounds."""

from functools import cache

from django.db.models import Q

from agreements.models import SessionWord
from tracker.records.models.search_entry import in_every_language
from tracker.records.words import Term

# These stand for all others.
FOR_ANY = {SessionWord.SESSION, SessionWord.MEETING}


def are_called(term: Term, path: str = "") -> Q:
    """Those whose meeting, along ``path``, a word names, in any language; a word may be typed in part."""
    asked = term.asked(is_exact=False).strip()
    words = [word for word in SessionWord if any(each.startswith(asked) for each in _words()[word])]
    if not words:
        return Q(pk__in=[])
    if FOR_ANY & set(words):
        return Q(**{f"{path}pk__isnull": False})
    of_group = Q(**{f"{path}working_group__session_word__in": words})
    return of_group | Q(**{f"{path}working_group": None, f"{path}forum__session_word__in": words})


@cache
def _words() -> dict[SessionWord, list[str]]:
    return {word: in_every_language(word.label) for word in SessionWord}
