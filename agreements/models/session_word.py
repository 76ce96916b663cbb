"""What a body calls its numbered meetings, and how one of them is named in words of the reader's language."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.records.languages import Composed, written


class SessionWord(models.TextChoices):
    SESSION = "session", pgettext_lazy("word for a session", "session")
    MEETING = "meeting", pgettext_lazy("word for a session", "meeting")
    ROUND = "round", pgettext_lazy("word for a session", "round")
    EDITION = "edition", pgettext_lazy("word for a session", "edition")
    CONFERENCE = "conference", pgettext_lazy("word for a session", "conference")
    SUMMIT = "summit", pgettext_lazy("word for a session", "summit")
    ASSEMBLY = "assembly", pgettext_lazy("word for a session", "general assembly")


# The number follows its word, so that no language has to make an ordinal of it.
NUMBERED = {
    SessionWord.SESSION: _("session %(number)s"),
    SessionWord.MEETING: _("meeting %(number)s"),
    SessionWord.ROUND: _("round %(number)s"),
    SessionWord.EDITION: _("edition %(number)s"),
    SessionWord.CONFERENCE: _("conference %(number)s"),
    SessionWord.SUMMIT: _("summit %(number)s"),
    SessionWord.ASSEMBLY: _("general assembly %(number)s"),
}


# The column of a body that has numbered meetings, but for its default.
SESSION_WORD_COLUMN: dict[str, Any] = {
    "verbose_name": _("word for a session"),
    "max_length": 30,
    "choices": SessionWord,
    "help_text": _("What its numbered meetings are called."),
}


def numbered(word, number, suffix=""):
    """Return “session 13 (Special)” in words of the active language, as it stands within a sentence."""
    words = NUMBERED[SessionWord(word)] % {"number": number}
    return Composed([words, written(f" ({suffix})")]) if suffix else words
